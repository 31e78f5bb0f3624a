no-rally = { $kind ->
    [bear] 正处于熊市，预测只针对涨势
   *[other] 收盘价尚未自低点或高点变动20%，未知有涨势进行
  }
not-told = 未说明{ $symbol }是什么：springtide import instruments
