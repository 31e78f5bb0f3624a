relative_return = 相对收益
    .definition = 同一起止日之间，区间收益减去基准的收益，以百分点计（by=difference），或两者的增长之比（ratio）。未指明基准时，取篮子自定的基准或所在市场的指数；基准以另一货币计价时按已有的每日汇率换算。
lead_lag = 领先或落后
    .definition = 一个标的的每日涨跌领先另一标的多少个交易日（负数为落后）。除非最大的相关系数既高于同日的相关系数，又高于按所试各滞后期调整后偶然二十次才有一次的水平，否则为0，即没有领先或落后。
other-instrument = { $name }
no-instrument = 另一标的
relative_return-said = { $period }{ $by ->
    [ratio] 按比值
   *[difference] { "" }
  }{ $way ->
    [up] 跑赢
   *[down] 跑输
  }{ $benchmark }{ $value }
lead_lag-said = { $window }内{ $way ->
    [ahead] 领先{ $other }{ $value }
    [behind] 落后{ $other }{ $value }
   *[none] 既不领先也不落后于{ $other }
  }
