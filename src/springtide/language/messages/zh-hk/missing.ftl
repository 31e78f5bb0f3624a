# 欠缺甚麼數據：句子的一部分。
none-on = 沒有{ $subject }在{ $day }的{ $field }
none-before = { $subject }在{ $day }之前沒有{ $field }
no-price = 須有{ $subject }截至{ $day }高於零的收市價
no-bars = 沒有{ $subject }的行情
after = { $day }遲於{ $today }
above-zero-not-as = 須有{ $subject }高於零的收市價，{ $day }並非如此
above-zero = 須有{ $subject }由{ $first }至{ $last }均高於零的收市價
all-equal = { $subject }的收市價由{ $first }至{ $last }沒有變動
none-varies-before = { $subject }的收市價在{ $day }之前沒有變動
too-few = 須有{ $subject }截至{ $day }共{ $needed }個交易日的{ $field }，現有{ $held }個
no-session = { $first }至{ $last }之間{ $subject }沒有交易日
gaps = 須有{ $subject }由{ $first }至{ $last }{ $counted ->
    [yes] 全部{ $count }個
   *[no] 每個
  }交易日的{ $field }，現有{ $held }個
parameter = 參數{ $name }={ $given }無法計算（可用：{ $allowed }）
no-turn = { $subject }自{ $first }起的月度收市價之中，未有（須數月之後方能得知的）轉折點
no-move = { $subject }的收市價自{ $first }起，未曾由低位或高位變動{ $line }
cut = { $why ->
    [gap] （此前欠缺若干交易日）
    [split] （當日股份拆細或合併）
    [zero] （前收市價不高於零）
    [scale] （此前股價的尺度不同）
   *[first] { "" }
  }
began-before = 須有{ $subject }在{ $first }之前的收市價{ $cut }：今輪牛市或熊市始於數據之前
other-phase = 按{ $line }的慣例，{ $subject }自{ $day }的{ $kind ->
    [bull] 低位
   *[bear] 高位
  }起處於{ $kind ->
    [bull] 牛市
   *[bear] 熊市
  }
no-turnover = { $subject }在{ $day }沒有公布以{ $currency }計的成交額
no-target = 截至{ $day }沒有公布以{ $unit }計的{ $subject }目標價
no-garch = 須有{ $subject }在{ $day }之前可用GARCH(1,1)擬合的收市價
no-moment = 日線數據不包括即市某一刻的價位
no-inception = { $subject }的首個交易日不詳
not-back-to = { $subject }的數據未能追溯至{ $day }
few-rallies = 須有{ $whose ->
    [own] { $subject }
   *[peers] { $subject }的同類證券
  }按{ $line }慣例界定的之前{ $wanted }輪牛市，已知{ $there }輪
no-episode-over = 截至{ $day }，{ $subject }未有已完結而有名稱的升浪
no-episode-dates = 須有{ $names }期間{ $subject }由低位至高位的日期：請寫入{ $file }
episode-not-over = 截至{ $day }，{ $subject }的收市價未能確認{ $name }已在{ $peak }見頂：其後沒有較其低{ $over }的收市價
no-episode = 沒有名為{ $name }的升浪：請寫入{ $file }
no-rally-then = 按{ $line }的慣例，{ $subject }在{ $day }沒有正在進行的升浪
rally-began-before = 須有{ $subject }在{ $first }之前的收市價{ $cut }：{ $day }正在進行的升浪始於數據之前
closes-cut = 須有{ $subject }在{ $day }之後與之銜接的收市價：{ $why ->
    [gap] 此後欠缺若干交易日
    [split] 其後股份拆細或合併
    [zero] 下一個收市價不高於零
   *[scale] 此後股價的尺度不同
  }
awaited = 須有{ $subject }在{ $day }之後的收市價：{ $why }
top-not-decided = { $day }正在進行的升浪尚未由{ $high }的高位回落{ $line }，亦未在{ $day }之後{ $sessions }個交易日以後再收於該高位或以上
high-not-decided = 自{ $day }以來未有收市價高於{ $high }的高位，尚須等待{ $left }個交易日
move-not-decided = 未有收市價較{ $day }高出或低出{ $move }
not-registered = { $subject }不在證券名冊之內
data-of = 須有{ $subject }在{ $day }的數據
# 公布的數據。
no-figures = { $since ->
    [yes] 沒有{ $subject }由{ $first }至{ $last }的{ $field }
   *[no] 沒有{ $subject }截至{ $last }的{ $field }
  }
only-quoted = { $subject }的{ $field }只有被引述的數字：{ $figures }
quoted = { $value }{ $unit }（{ $source }，{ $day }）
days = 缺少{ $subject }在{ $days }{ $some ->
    [yes] 及另外{ $more }日
   *[no] { "" }
  }的{ $field }
begins = { $subject }的{ $field }始於{ $begins }，而所需期間始於{ $first }
stale = { $subject }最近的{ $field }屬於{ $last }，至{ $day }已超過{ $count }{ $unit ->
    [sessions] 個交易日
   *[other] 日
  }
sessions-unknown = { $subject }截至{ $day }的最近{ $count }個交易日未知
no-level = 收市價{ $side ->
    [support] 下方
   *[resistance] 上方
  }{ $held ->
    [0] 沒有
   *[other] 只有{ $held }個
  }近期轉折價位
no-level-near = { $level }附近沒有其轉折價位或最近兩個交易日的高低位：最近的是{ $day }的{ $nearest }，相距{ $away }，其他畫法或有不同
level-passed = 當日收市價越過了{ $level }，文章可能寫於收市之前
not-given = 需要參數{ $name }
never-away = { $subject }沒有距{ $level }達{ $away }的收市價，測試無從開始
few-tests = 需要{ $subject }在{ $level }的{ $needed }次已有結果的測試，現有{ $held }次
no-such-turn = { $subject }到過{ $level }，但按{ $line }的波段沒有這樣的轉折，其他畫法或有不同
stop-side = 入市價{ $entry }不在目標價{ $target }與止蝕價{ $stop }之間：止蝕位在錯誤的一側
not-over = 需要截至{ $last }的收市價：目前{ $side ->
    [high] 最高
   *[low] 最低
  }為{ $day }的{ $value }
no-extremes = 沒有{ $subject }由{ $first }至{ $last }的最高價和最低價
no-net-buying = { $subject }由{ $first }至{ $last }並非淨買入
ended = { $subject }的{ $field }自{ $day }起不再公布
streak-began = { $subject }的連續走勢始於數據開始的{ $day }，此前沒有反方向的交易日
no-limit = 未有{ $subject }的升跌幅限制
no-part = 沒有{ $subject }中{ $part }的淨買入額
no-sector = 截至{ $day }沒有歸入{ $part }板塊且有持股數據的股份（{ $subject }）
parts = 需要同一來源、合計與{ $subject }淨買入額相差不超過{ $limit }的各部分：現合計為其{ $share }
# 機構的看法與模型的價格。
no-opinion = 截至{ $day }沒有{ $known ->
    [yes] { $house }
   *[no] { "" }
  }公布的{ $subject }的{ $field }
no-opinion-before = 沒有{ $house }在{ $day }之前給予{ $subject }的{ $field }
opinion-old = { $house }最近給予{ $subject }的{ $field }屬於{ $last }，距{ $day }已超過{ $count }日
not-on-scale = { $house }對{ $subject }所用的「{ $word }」不在評級的尺度上
few-houses = 截至{ $day }的{ $count }日內需要{ $needed }間機構給予{ $subject }的{ $field }，現有{ $held }間
split-between = { $subject }在{ $first }至{ $last }之間曾拆股，而沒有資料說明拆分比例
estimate-not-above-zero = { $subject }較早（{ $day }）的預測不大於零，或單位不同
no-token-price = 沒有{ $told ->
    [yes] 以{ $unit }計、
   *[no] { "" }
  }在{ $day }已生效的{ $subject }的{ $field }
not-confirmed = { $subject }的{ $field }最後確認於{ $last }，距{ $day }已超過{ $count }日
no-price-change = 截至{ $day }沒有{ $subject }的價格變動
free-before = { $subject }在{ $day }為免費，無從計算比率
no-other-model = 與{ $subject }比較的另一模型（參數other）未知：{ $other }
not-comparable = { $subject }與{ $other }須有同一貨幣的價格，且均非免費
inputs-not-given = { $subject }缺少沒有預設值的輸入：{ $names }
one-snapshot = 需要{ $subject }截至{ $first }的另一次持股快照：只有{ $day }的一次
# 估值倍數。
losses = 須有{ $subject }為正數的{ $field }：{ $day }為{ $value }，即虧損，不成倍數
mostly-losses = 須有{ $subject }在{ $first }至{ $last }95%的交易日為正數的{ $field }：{ $count }日中有{ $losses }日為虧損
no-range = 須有{ $subject }在{ $day }之前有高低之分的估值
benchmark = 須有已知的基準，而不是{ $name }
no-day-in-common = 須有{ $subject }與{ $other }在{ $day }之前最近的同一天都有{ $field }
move-too-small = 須有{ $subject }由{ $first }至{ $last }不小於{ $least }的升跌幅：{ $move }太小，無法分解
monthly-ended = { $subject }的{ $field }止於{ $last }，距{ $day }已超過{ $count }個月
months = 缺少{ $subject }由{ $month }起{ $count }個月的{ $field }
no-real-earnings = 須有{ $subject }截至{ $day }為正數的實質盈利平均值
horizon-open = 期限至{ $until }為止
test-open = { $day }開始的測試尚未結束
never-tested = { $subject }截至{ $last }對該價位的測試
range-before = { $subject }截至{ $day }的{ $needed }個收市價（現有{ $held }個）
restated = { $subject }當時的收市價：{ $day }的收市價在存檔時為{ $was }，現為{ $now }
