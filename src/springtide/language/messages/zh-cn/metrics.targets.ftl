target_price = 目标价
    .definition = 截至当日最新公布的目标价或指数目标点位。

implied_move = 目标价隐含涨跌幅
    .definition = 目标价（以文中所述为准，否则取最新公布者）相对收盘价的空间。

target_price-said = 的目标价为{ $value }
implied_move-said = 距目标价的{ $way ->
    [up] 上涨空间
   *[down] 下行空间
  }为{ $value }
