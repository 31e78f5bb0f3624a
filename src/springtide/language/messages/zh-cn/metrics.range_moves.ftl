range_efficiency = 效率比
    .definition = 走势有多直：净变动与每日变动之和的比，按对数计算。直线为1；n个交易日的随机游走约为n的平方根分之一，低于此即为区间震荡。

centre_shift = 区间中枢移动
    .definition = 区间中枢相对此前同样长度区间的中枢的变动。

within_range = 保持在区间内
    .definition = 期内每个收盘价是否都在两个价格之间，或都在一个价格的一侧。期间未结束时可能已经越出，但不能说已经守住。

range_efficiency-said = { $period }的效率比为{ $value }，{ $side ->
    [above] 高于随机游走：是趋势而非区间
   *[below] 低于随机游走：是区间而非趋势
  }
centre_shift-said = { $period }的区间中枢较{ $back }个交易日前{ $way ->
    [up] 上移
   *[down] 下移
  }{ $value }
within_range-said = { $period }收盘价{ $side ->
    [both] 不低于{ $low }、不高于{ $high }
    [low] 不低于{ $low }
   *[high] 不高于{ $high }
  }
