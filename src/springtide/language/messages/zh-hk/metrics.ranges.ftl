range_ceiling = 區間上限
    .definition = 期內最高收市價；basis=intraday時為最高價。

range_floor = 區間下限
    .definition = 期內最低收市價；basis=intraday時為最低價。

range_centre = 區間中軸
    .definition = 區間上限與下限的中點。

range_width = 區間闊度
    .definition = 區間上限高出下限的幅度。

range_position = 區間位置
    .definition = 收市價在區間下限（0%）與上限（100%）之間的位置。

range_ceiling-said = { $period }的{ $basis ->
    [close] 收市
   *[intraday] 即市
  }區間{ $part ->
    [ceiling] 上限
    [floor] 下限
   *[centre] 中軸
  }為{ $value }
range_width-said = { $period }的{ $basis ->
    [close] 收市
   *[intraday] 即市
  }區間闊度為{ $value }
range_position-said = 收市價位於{ $period }的{ $basis ->
    [close] 收市
   *[intraday] 即市
  }區間的{ $value }處
