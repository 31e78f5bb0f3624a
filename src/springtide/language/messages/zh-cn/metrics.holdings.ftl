holding_change = 持股变动
    .definition = 一段期间内另一市场投资者增持的股数，或按期末收盘价计的金额。

etf_creations = 基金份额净申购额
    .definition = 一段期间内基金份额申购所付金额减去赎回金额。

holding_change-said = { $period }经{ $holder ->
    [northbound] 陆股通
   *[southbound] 港股通
  }的{ $whole ->
    [no] { $sector }板块
   *[yes] { "" }
  }持股{ $way ->
    [down] 减少
   *[up] 增加
  }{ $value }
etf_creations-said = { $period }份额{ $way ->
    [down] 净赎回
   *[up] 净申购
  }{ $value }
