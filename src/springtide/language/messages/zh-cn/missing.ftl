# 缺少哪些数据：句子的一部分。
none-on = 没有{ $subject }在{ $day }的{ $field }
none-before = { $subject }在{ $day }之前没有{ $field }
no-price = 需要{ $subject }截至{ $day }大于零的收盘价
no-bars = 没有{ $subject }的行情
after = { $day }晚于{ $today }
above-zero-not-as = 需要{ $subject }大于零的收盘价，{ $day }并非如此
above-zero = 需要{ $subject }自{ $first }至{ $last }均大于零的收盘价
all-equal = { $subject }的收盘价自{ $first }至{ $last }没有变化
none-varies-before = { $subject }的收盘价在{ $day }之前没有变化
too-few = 需要{ $subject }截至{ $day }的{ $needed }个交易日{ $field }，现有{ $held }个
no-session = { $first }至{ $last }之间没有{ $subject }的交易日
gaps = 需要{ $subject }自{ $first }至{ $last }{ $counted ->
    [yes] 全部{ $count }个
   *[no] 每个
  }交易日的{ $field }，现有{ $held }个
parameter = 参数{ $name }={ $given }无法计算（允许：{ $allowed }）
no-turn = { $subject }自{ $first }起的月度收盘价中尚无（须数月之后方能得知的）转折点
no-move = { $subject }收盘价自{ $first }起尚未自低点或高点变动{ $line }
cut = { $why ->
    [gap] （此前缺失若干交易日）
    [split] （当日股份拆分或合并）
    [zero] （前一收盘价不大于零）
    [scale] （此前价格的尺度不同）
   *[first] { "" }
  }
began-before = 需要{ $subject }在{ $first }之前的收盘价{ $cut }：本阶段始于数据之前
other-phase = 按{ $line }的惯例，{ $subject }自{ $day }的{ $kind ->
    [bull] 低点
   *[bear] 高点
  }起处于{ $kind ->
    [bull] 牛市
   *[bear] 熊市
  }
no-turnover = 没有{ $subject }在{ $day }以{ $currency }计的成交额公布
no-target = 截至{ $day }没有以{ $unit }计的{ $subject }目标价公布
no-garch = 需要{ $subject }在{ $day }之前可用GARCH(1,1)拟合的收盘价
no-moment = 日线数据不含盘中某一时刻的价格
no-inception = { $subject }的首个交易日未知
not-back-to = { $subject }的数据未及{ $day }
few-rallies = 需要{ $whose ->
    [own] { $subject }
   *[peers] { $subject }的同类标的
  }按{ $line }惯例划分的{ $wanted }轮此前牛市，已知{ $there }轮
no-episode-over = 尚无{ $subject }截至{ $day }已结束的命名行情
no-episode-dates = 需要{ $names }中{ $subject }由低点至高点的日期：请写入{ $file }
episode-not-over = 截至{ $day }，{ $subject }的收盘价尚不能确认{ $name }在{ $peak }见顶：此后没有较其低{ $over }的收盘价
no-episode = 没有名为{ $name }的行情：请写入{ $file }
no-rally-then = 按{ $line }的惯例，{ $subject }在{ $day }没有运行中的上涨行情
rally-began-before = 需要{ $subject }在{ $first }之前的收盘价{ $cut }：{ $day }运行中的上涨行情始于数据之前
closes-cut = 需要{ $subject }在{ $day }之后与之连续的收盘价：{ $why ->
    [gap] 此后缺失若干交易日
    [split] 其后股份拆分或合并
    [zero] 下一收盘价不大于零
   *[scale] 此后价格的尺度不同
  }
awaited = 需要{ $subject }在{ $day }之后的收盘价：{ $why }
top-not-decided = { $day }运行的上涨行情尚未自{ $high }的高点回落{ $line }，也未在{ $day }之后{ $sessions }个交易日以后再收于该高点或更高
high-not-decided = 自{ $day }以来尚无收盘价高于{ $high }的高点，还须等待{ $left }个交易日
move-not-decided = 尚无收盘价较{ $day }高出或低出{ $move }
not-registered = { $subject }不在证券名录中
data-of = 需要{ $subject }在{ $day }的数据
# 公布的数据。
no-figures = { $since ->
    [yes] 没有{ $subject }自{ $first }至{ $last }的{ $field }
   *[no] 没有{ $subject }截至{ $last }的{ $field }
  }
only-quoted = { $subject }的{ $field }只有被引述的数字：{ $figures }
quoted = { $value }{ $unit }（{ $source }，{ $day }）
days = 缺少{ $subject }在{ $days }{ $some ->
    [yes] 及另外{ $more }日
   *[no] { "" }
  }的{ $field }
begins = { $subject }的{ $field }始于{ $begins }，而所需期间始于{ $first }
stale = { $subject }最近的{ $field }属于{ $last }，至{ $day }已超过{ $count }{ $unit ->
    [sessions] 个交易日
   *[other] 日
  }
sessions-unknown = { $subject }截至{ $day }的最近{ $count }个交易日未知
no-level = 收盘价{ $side ->
    [support] 下方
   *[resistance] 上方
  }{ $held ->
    [0] 没有
   *[other] 只有{ $held }个
  }近期转折价位
no-level-near = { $level }附近没有其转折价位或最近两个交易日的高低点：最近的是{ $day }的{ $nearest }，相距{ $away }，其他画法或有不同
level-passed = 当日收盘价越过了{ $level }，文章可能写于收盘之前
not-given = 需要参数{ $name }
never-away = { $subject }没有距{ $level }达{ $away }的收盘价，测试无从开始
few-tests = 需要{ $subject }在{ $level }的{ $needed }次已有结果的测试，现有{ $held }次
no-such-turn = { $subject }到过{ $level }，但按{ $line }的波段没有这样的转折，其他画法或有不同
stop-side = 入场价{ $entry }不在目标价{ $target }与止损价{ $stop }之间：止损在错误的一侧
not-over = 需要截至{ $last }的收盘价：目前{ $side ->
    [high] 最高
   *[low] 最低
  }为{ $day }的{ $value }
no-extremes = 没有{ $subject }自{ $first }至{ $last }的最高价和最低价
no-net-buying = { $subject }自{ $first }至{ $last }并非净买入
ended = { $subject }的{ $field }自{ $day }起不再公布
streak-began = { $subject }的连续走势始于数据开始的{ $day }，此前没有反方向的交易日
no-limit = 未有{ $subject }的涨跌幅限制
no-part = 没有{ $subject }中{ $part }的净买入额
no-sector = 截至{ $day }没有归入{ $part }板块且有持股数据的股票（{ $subject }）
parts = 需要同一来源、合计与{ $subject }净买入额相差不超过{ $limit }的各部分：现合计为其{ $share }
# 机构的观点与模型的价格。
no-opinion = 截至{ $day }没有{ $known ->
    [yes] { $house }
   *[no] { "" }
  }公布的{ $subject }的{ $field }
no-opinion-before = 没有{ $house }在{ $day }之前给予{ $subject }的{ $field }
opinion-old = { $house }最近给予{ $subject }的{ $field }属于{ $last }，距{ $day }已超过{ $count }天
not-on-scale = { $house }对{ $subject }所用的“{ $word }”不在评级的尺度上
few-houses = 截至{ $day }的{ $count }天内需要{ $needed }家机构给予{ $subject }的{ $field }，现有{ $held }家
split-between = { $subject }在{ $first }至{ $last }之间曾拆股，而没有资料说明拆分比例
estimate-not-above-zero = { $subject }较早（{ $day }）的预测不大于零，或单位不同
no-token-price = 没有{ $told ->
    [yes] 以{ $unit }计、
   *[no] { "" }
  }在{ $day }已生效的{ $subject }的{ $field }
not-confirmed = { $subject }的{ $field }最后确认于{ $last }，距{ $day }已超过{ $count }天
no-price-change = 截至{ $day }没有{ $subject }的价格变动
free-before = { $subject }在{ $day }为免费，无从计算比率
no-other-model = 与{ $subject }比较的另一模型（参数other）未知：{ $other }
not-comparable = { $subject }与{ $other }须有同一货币的价格，且均非免费
inputs-not-given = { $subject }缺少没有默认值的输入：{ $names }
one-snapshot = 需要{ $subject }截至{ $first }的另一次持股快照：只有{ $day }的一次
# 估值倍数。
losses = 需要{ $subject }为正的{ $field }：{ $day }为{ $value }，即亏损，不成倍数
mostly-losses = 需要{ $subject }在{ $first }至{ $last }95%的交易日为正的{ $field }：{ $count }日中有{ $losses }日为亏损
no-range = 需要{ $subject }在{ $day }之前有高低之分的估值
benchmark = 需要已知的基准，而不是{ $name }
no-day-in-common = 需要{ $subject }与{ $other }在{ $day }之前最近的同一天都有{ $field }
move-too-small = 需要{ $subject }自{ $first }至{ $last }的涨跌幅不小于{ $least }：{ $move }太小，无法分解
monthly-ended = { $subject }的{ $field }止于{ $last }，距{ $day }已超过{ $count }个月
months = 缺少{ $subject }自{ $month }起{ $count }个月的{ $field }
no-real-earnings = 需要{ $subject }截至{ $day }为正的实际盈利均值
horizon-open = 期限至{ $until }为止
test-open = { $day }开始的测试尚未结束
never-tested = { $subject }截至{ $last }对该价位的测试
range-before = { $subject }截至{ $day }的{ $needed }个收盘价（现有{ $held }个）
restated = { $subject }当时的收盘价：{ $day }的收盘价在存档时为{ $was }，现为{ $now }
