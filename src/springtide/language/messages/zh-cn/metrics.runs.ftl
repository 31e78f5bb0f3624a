price_streak = 连涨或连跌的交易日数
    .definition = 截至当日连续多少个交易日（或周）收盘高于前一收盘价（或低于前一收盘价、高于自身开盘价、封于涨跌停板）。

price_streak-said = { $until ->
    [before] 截至前一交易日
   *[now] {""}
  }连续{ $value }{ $by ->
    [candle] { $side ->
        [down] 收阴
       *[up] 收阳
      }
   *[close] { $side ->
        [down] 下跌
        [limit-up] 涨停
        [limit-down] 跌停
       *[up] 上涨
      }
  }
