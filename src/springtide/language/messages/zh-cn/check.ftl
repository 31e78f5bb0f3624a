# 核查：结论的理由、最接近的正确说法，以及报告用语。

# 理由。
live = 所述为盘中或盘前盘后某一时刻，日线数据不含该时刻的价格
no-target = 所述为未来涨跌幅，文中未给出对应的目标价
whose = 文中没有说明出自哪家机构；按资料中最近的机构：{ $reason }
how-near = 相差超过2%而不远，是否算“逼近”见仁见智；{ $reason }
since-when = 文中未写明自何时以来；以52周计，{ $reason }
context = { $reason }；仅供参考，不作为核查依据：{ $figures }
context-now = 滚动市盈率{ $value }（{ $day }）
context-mean = 滚动市盈率{ $value } / { $mean }（{ $period }均值）= { $change }
context-ratio = 文中{ $value } / { $mean } = { $change }
only-quoted = 只有被引述的数字：{ $figures }
other-unit = 文中单位为{ $stated }，数据单位为{ $measured }
so = { $day }{ $yes ->
    [yes] 属实
   *[no] 不属实
  }{ $known ->
    [yes] ：{ $figures }
   *[no] { "" }
  }
converted = 折合{ $known ->
    [yes] { $low }（1{ $base }兑{ $rate }{ $quote }，{ $source }，{ $day }）
   *[no] { $low }至{ $high }（1{ $base }兑{ $rate }至{ $top }{ $quote }，{ $source }）
  }
per-own = 按其自身交易日计
per-exchange = 按港股交易日计
per-mainland = 按内地交易日计
figure = { $field } { $value }（{ $day }）
# 两个数字或两个理由之间。
semicolon = ；
measured = { $day }{ $metric }为{ $value }
cut = { $reason }：文中数字为截断而非四舍五入
rounding = { $reason }：差异小于末位一个单位
vendor = { $reason }：差异在数据商口径之内
adjusted = { $reason }；该价格序列为或可能为复权价，过往点位与当时报价不同
dividends = { $reason }；该价格序列为复权价，差异可能来自股息
contract = { $reason }；合约及数据商口径不一，不能据此否定
reached = { $reason }；当日的极值超过文中所述，文章可能写于其前，或只说到过该水平
direction = { $reason }；幅度相符，方向可能读错
doubt = { $known ->
    [yes] 也可读作：{ $ways }
   *[no] 句意不能确定
  }；按首选读法，{ $reason }
own-numbers = 按文中数字计算，{ $formula } = { $value }

# 一种读法与另一种有何不同。
of = 指{ $subject }
as-of = 以{ $day }计
one-session = 以单日计
by-close = 按收盘价
by-high = 按盘中最高价
by-low = 按盘中最低价
by-open = 按开盘价
by-last = 按盘中某一时刻
by-intraday = 按盘中价
from-intraday = 自盘中价起算
lately = 最近{ $count }个交易日中至少有一日
start = 起点{ $price }
other-way = 方向相反
single = 单顶（单底）而非双顶（双底）
since-year-low = 自年内低点起算
since-year-high = 自年内高点起算
since-year-start = 自年初起算
since-low = 自250个交易日低点起算
period = { $period }

# 报告。
heading = 核查：{ $name }
data-as-of = 数据截至{ $day }
made-by = 由 { $software } 核查
article = 原文
claims = 论断
filter = 按核查结果显示
none = 文中没有找到可以核查的论断。
quote = 原文
metric = 指标
stated = 文中
result = 实测
verdict = 结果
subject = 对象
stretch = 时段
said-by = 出自
why = 理由
nearest = 最接近的正确说法
evidence = 证据
instead = 可以这样写
copy = 复制
copied = 已复制
numbers = 未核查的数字
told = { $name }：{ $words }
locate = 在原文中查看
explanation = { $reason }。实测：{ $measured }。
hindsight = { $reason }；{ $subject }的成分于{ $day }事后选取
implied-weight = { $reason }；按所述点数推算，{ $member }在{ $subject }中的权重为{ $weight }，这只是验算，不是证明
