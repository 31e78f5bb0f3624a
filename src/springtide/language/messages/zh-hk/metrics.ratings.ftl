rating = 評級
    .definition = 機構對股份的最近評級，分五類：1強烈買入、2買入、3持有、4減持、5沽售；不早於365日前。

rating_balance = 買入評級佔比
    .definition = 過去365日內有評級的機構中，最近評級為買入或以上者所佔比例。

rating-said = { $said ->
    [yes] 獲{ $house }給予
   *[no] 獲給予
  }{ $known ->
    [yes] 「{ $word }」
   *[no] { $kind ->
        [c1] 「強烈買入」
        [c2] 「買入」
        [c3] 「持有」
        [c4] 「減持」
       *[c5] 「沽售」
      }
  }評級
rating_balance-said = 獲{ $value }的機構給予買入或以上評級
