target_price = 目標價
    .definition = 截至當日最新公布的目標價或指數目標。

implied_move = 目標價的潛在升跌幅
    .definition = 目標價（以文中所述為準，否則取最新公布者）與收市價相比的空間。

target_price-said = 的目標價為{ $value }
implied_move-said = 距目標價的{ $way ->
    [up] 上升空間
   *[down] 下跌空間
  }為{ $value }
