range_efficiency = 效率比
    .definition = 走勢有多直：淨變動與每日變動之和的比，按對數計算。直線為1；n個交易日的隨機漫步約為n的平方根分之一，低於此即為上落市。

centre_shift = 區間中軸移動
    .definition = 區間中軸相對此前同樣長度區間的中軸的變動。

within_range = 保持在區間內
    .definition = 期內每個收市價是否都在兩個價格之間，或都在一個價格的一側。期間未完結時可能已經越出，但不能說已經守住。

range_efficiency-said = { $period }的效率比為{ $value }，{ $side ->
    [above] 高於隨機漫步：是趨勢而非上落市
   *[below] 低於隨機漫步：是上落市而非趨勢
  }
centre_shift-said = { $period }的區間中軸較{ $back }個交易日前{ $way ->
    [up] 上移
   *[down] 下移
  }{ $value }
within_range-said = { $period }收市價{ $side ->
    [both] 不低於{ $low }、不高於{ $high }
    [low] 不低於{ $low }
   *[high] 不高於{ $high }
  }
