target_price = 目标价
    .definition = 截至当日最新公布的目标价或指数目标点位；指明机构时取该机构者，不早于365天前。

implied_move = 目标价隐含涨跌幅
    .definition = 目标价（以文中所述为准，或取各机构平均，否则取最新公布者）相对收盘价的空间。

target_price-said = { $said ->
    [yes] 获{ $house }给予的
   *[no] 的
  }{ $which ->
    [previous] 前次目标价
   *[latest] 目标价
  }为{ $value }
implied_move-said = 距{ $of ->
    [consensus] 平均目标价
   *[target] 目标价
  }的{ $way ->
    [up] 上涨空间
   *[down] 下行空间
  }为{ $value }
