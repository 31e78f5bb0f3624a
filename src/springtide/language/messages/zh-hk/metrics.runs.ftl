price_streak = 連升或連跌的交易日數
    .definition = 截至當日連續多少個交易日（或周）收市價高於前收市價（或低於前收市價、高於本身開市價、收於升跌停板）。

price_streak-said = { $until ->
    [before] 截至前一交易日
   *[now] {""}
  }連續{ $value }{ $by ->
    [candle] { $side ->
        [down] 收陰燭
       *[up] 收陽燭
      }
   *[close] { $side ->
        [down] 下跌
        [limit-up] 收於升停板
        [limit-down] 收於跌停板
       *[up] 上升
      }
  }
