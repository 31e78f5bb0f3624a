target_price = 目標價
    .definition = 截至當日最新公布的目標價或指數目標點位；指明機構時取該機構者，不早於365日前。

implied_move = 目標價的潛在升跌幅
    .definition = 目標價（以文中所述為準，或取各機構平均，否則取最新公布者）與收市價相比的空間。

target_price-said = { $said ->
    [yes] 獲{ $house }給予的
   *[no] 的
  }{ $which ->
    [previous] 前次目標價
   *[latest] 目標價
  }為{ $value }
implied_move-said = 距{ $of ->
    [consensus] 平均目標價
   *[target] 目標價
  }的{ $way ->
    [up] 上升空間
   *[down] 下跌空間
  }為{ $value }
