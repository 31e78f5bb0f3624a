daily_limit = 升跌停板
    .definition = 內地股份收市價是否位於升跌停板（10%，創業板及科創板20%，北交所30%），或即市曾否觸及；因價格可能經調整，容許相差0.25個百分點。

daily_limit-said = { $price ->
    [close] 收市價位於
   *[high] 即市觸及
  }{ $side ->
    [down] 跌停板
   *[up] 升停板
  }

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
