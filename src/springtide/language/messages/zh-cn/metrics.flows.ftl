flow_net = 净买入额
    .definition = 一段期间各交易日买入额与卖出额之差的合计。

flow_average = 日均净买入额
    .definition = 一段期间的净买入额除以交易日数。

flow_ratio = 净买入额之比
    .definition = 一段期间的净买入额（日均或合计）相当于另一期间的倍数。

flow_net-said = { $of ->
    [session] 当日
   *[period] { $period }
  }{ $basis ->
    [quota] 净使用额度{ $value }
   *[trades] { $side ->
    [selling] 净卖出
   *[buying] 净买入
  }{ $value }
  }
flow_average-said = { $period }{ $per ->
    [exchange] 按港股交易日计
    [mainland] 按内地交易日计
   *[own] { "" }
  }平均每个交易日{ $side ->
    [selling] 净卖出
   *[buying] 净买入
  }{ $value }
flow_ratio-said = { $period }{ $measure ->
    [sum] { "" }
   *[average] 平均每个交易日
  }净买入额{ $measure ->
    [sum] 合计
   *[average] { "" }
  }为{ $against ->
    [previous-year] 上一年
    [same-period-last-year] 上年同期
   *[span] 前一期间
  }的{ $value }倍
