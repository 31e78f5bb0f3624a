outperforms_within = 期限内跑赢
    .definition = 自某日收盘价至到期日（若干交易日之后或某日）收盘价的收益，是否高于基准在同一起止日之间的收益（side=behind为低于）。未指明基准时，取篮子自定的基准或所在市场的指数。只在到期日定夺；基准以另一货币计价时按已有的每日汇率换算。

outperforms_within-said = { $ends ->
    [sessions] 在{ $since }之后{ $sessions }内
   *[day] { $span }
  }的表现{ $side ->
    [behind] 逊于
   *[ahead] 优于
  }{ $benchmark }
