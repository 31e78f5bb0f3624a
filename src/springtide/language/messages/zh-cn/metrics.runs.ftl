daily_limit = 涨跌停
    .definition = A股收盘价是否封于涨跌停板（10%，创业板与科创板20%，北交所30%），或盘中是否触及；因价格可能复权，容许相差0.25个百分点。

daily_limit-said = { $price ->
    [close] 收盘
   *[high] 盘中触及
  }{ $side ->
    [down] 跌停
   *[up] 涨停
  }

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
