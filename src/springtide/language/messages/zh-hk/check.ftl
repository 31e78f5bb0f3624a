# 查核：裁定的理由、最接近的正確說法，以及報告用語。

# 理由。
live = 所述為即市或開市前、收市後的某一刻，日線數據不包括該刻的價位
no-target = 所述為未來升跌幅，文中沒有給出相應的目標價
whose = 文中沒有說明出自哪間機構；按資料中最近的機構：{ $reason }
how-near = 相差超過2%而不遠，是否算「逼近」見仁見智；{ $reason }
since-when = 文中沒有寫明自何時以來；以52周計，{ $reason }
context = { $reason }；只供參考，不作為查核依據：{ $figures }
context-now = 往績市盈率{ $value }（{ $day }）
context-mean = 往績市盈率{ $value } / { $mean }（{ $period }平均值）= { $change }
context-ratio = 文中{ $value } / { $mean } = { $change }
only-quoted = 只有被引述的數字：{ $figures }
other-unit = 文中單位為{ $stated }，數據單位為{ $measured }
so = { $day }{ $yes ->
    [yes] 屬實
   *[no] 並不屬實
  }{ $known ->
    [yes] ：{ $figures }
   *[no] { "" }
  }
converted = 折合{ $known ->
    [yes] { $low }（1{ $base }兌{ $rate }{ $quote }，{ $source }，{ $day }）
   *[no] { $low }至{ $high }（1{ $base }兌{ $rate }至{ $top }{ $quote }，{ $source }）
  }
per-own = 按其自身交易日計
per-exchange = 按港股交易日計
per-mainland = 按內地交易日計
figure = { $field } { $value }（{ $day }）
# 兩個數字或兩個理由之間。
semicolon = ；
measured = { $day }{ $metric }為{ $value }
cut = { $reason }：文中數字是捨去尾數，而非四捨五入
rounding = { $reason }：相差不足末位一個單位
vendor = { $reason }：相差在數據商的口徑之內
adjusted = { $reason }；該價格系列是或可能是除息調整價，過往價位與當時報價不同
dividends = { $reason }；該價格系列是除息調整價，相差可能源自股息
contract = { $reason }；合約及數據商口徑不一，不能據此否定
reached = { $reason }；當日極值超過文中所述，文章可能寫於其前，或只說曾到該水平
direction = { $reason }；幅度相符，方向可能讀錯
doubt = { $known ->
    [yes] 亦可理解為：{ $ways }
   *[no] 句意未能確定
  }；按首選的理解，{ $reason }
own-numbers = 按文中數字計算，{ $formula } = { $value }

# 一種理解與另一種有何分別。
of = 指{ $subject }
as-of = 以{ $day }計
one-session = 以單日計
by-close = 按收市價
by-high = 按即市最高價
by-low = 按即市最低價
by-open = 按開市價
by-last = 按即市某一刻
by-intraday = 按即市價
from-intraday = 自即市價起計
lately = 最近{ $count }個交易日中至少有一日
start = 起點{ $price }
other-way = 方向相反
single = 單頂（單底）而非雙頂（雙底）
since-year-low = 由年內低位起計
since-year-high = 由年內高位起計
since-year-start = 由年初起計
since-low = 由250個交易日低位起計
period = { $period }

# 報告。
heading = 查核：{ $name }
data-as-of = 數據截至{ $day }
made-by = 由 { $software } 查核
article = 原文
claims = 說法
filter = 按裁定顯示
none = 文中沒有找到可以查核的說法。
quote = 原文
metric = 指標
stated = 文中
result = 實數
verdict = 裁定
subject = 對象
stretch = 時段
said-by = 出自
why = 理由
nearest = 最接近的正確說法
evidence = 佐證
instead = 可以這樣寫
copy = 複製
copied = 已複製
numbers = 未核查的數字
told = { $name }：{ $words }
locate = 在原文查看
explanation = { $reason }。實數：{ $measured }。
hindsight = { $reason }；{ $subject }的成份於{ $day }事後選取
implied-weight = { $reason }；按所述點數推算，{ $member }在{ $subject }中的權重為{ $weight }，這只是驗算，不是證明
