breadth_above = 高于均线的成分占比
    .definition = 篮子或指数的成分中，收盘价高于自身最近若干收盘价均值的占百分之几。指数的成分取已有的、不早于45天的权重表（pit=true），或已知的最近一份（false）；收盘价不足的成分不计入，但数出个数。
breadth_highs = 创新高或新低的成分
    .definition = 篮子或指数的成分中，收盘价为自身最近若干收盘价最高（或最低）的个数，或其百分比。
advance_decline = 涨跌家数
    .definition = 篮子或指数的成分中，当日上涨、下跌或持平的个数，或上涨家数与下跌家数之比。两个交易日的收盘价不全的成分不计入，但数出个数。
breadth_above-said = 有{ $value }的成分股高于各自的{ $window }日均线
breadth_highs-said = 有{ $value }只成分股创{ $window }个交易日收盘新{ $side ->
    [high] 高
   *[low] 低
  }
advance_decline-said = { $count ->
    [advances] 当日有{ $value }只成分股上涨
    [declines] 当日有{ $value }只成分股下跌
    [unchanged] 当日有{ $value }只成分股持平
   *[ratio] 的成分股中上涨家数是下跌家数的{ $value }倍
  }
