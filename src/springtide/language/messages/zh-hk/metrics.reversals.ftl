reversal = 即市轉向
    .definition = 即市曾高於上日收市價，收市卻低於上日收市價（相反則為先跌後升）。

reversal-said = { $turn ->
    [down] 先升後跌，收市倒跌
   *[up] 先跌後升，收市倒升
  }
