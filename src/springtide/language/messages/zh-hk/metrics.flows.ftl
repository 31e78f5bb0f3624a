flow_net = 淨買入額
    .definition = 一段期間各交易日買入額與賣出額之差的合計。

flow_average = 每日平均淨買入額
    .definition = 一段期間的淨買入額除以交易日數。

flow_ratio = 淨買入額之比
    .definition = 一段期間的淨買入額（每日平均或合計）相當於另一期間的倍數。

flow_net-said = { $of ->
    [session] 當日
   *[period] { $period }
  }{ $basis ->
    [quota] 淨使用額度{ $value }
   *[trades] { $side ->
    [selling] 淨賣出
   *[buying] 淨買入
  }{ $value }
  }
flow_average-said = { $period }{ $per ->
    [exchange] 按港股交易日計
    [mainland] 按內地交易日計
   *[own] { "" }
  }平均每個交易日{ $side ->
    [selling] 淨賣出
   *[buying] 淨買入
  }{ $value }
flow_ratio-said = { $period }{ $measure ->
    [sum] { "" }
   *[average] 平均每個交易日
  }淨買入額{ $measure ->
    [sum] 合計
   *[average] { "" }
  }為{ $against ->
    [previous-year] 上一年
    [same-period-last-year] 上年同期
   *[span] 前一期間
  }的{ $value }倍
