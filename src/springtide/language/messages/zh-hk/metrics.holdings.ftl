holding_change = 持股變動
    .definition = 一段期間內另一市場投資者增持的股數，或按期末收市價計的金額。

etf_creations = 基金份額淨申購額
    .definition = 一段期間內基金份額申購所付金額減去贖回金額。

holding_change-said = { $period }經{ $holder ->
    [northbound] 陸股通
   *[southbound] 港股通
  }的{ $whole ->
    [no] { $sector }板塊
   *[yes] { "" }
  }持股{ $way ->
    [down] 減少
   *[up] 增加
  }{ $value }
etf_creations-said = { $period }份額{ $way ->
    [down] 淨贖回
   *[up] 淨申購
  }{ $value }
