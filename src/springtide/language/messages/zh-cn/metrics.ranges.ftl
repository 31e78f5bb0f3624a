range_ceiling = 区间上限
    .definition = 期内最高收盘价；basis=intraday时为最高价。

range_floor = 区间下限
    .definition = 期内最低收盘价；basis=intraday时为最低价。

range_centre = 区间中枢
    .definition = 区间上限与下限的中点。

range_width = 区间宽度
    .definition = 区间上限高出下限的幅度。

range_position = 区间位置
    .definition = 收盘价在区间下限（0%）与上限（100%）之间的位置。

range_ceiling-said = { $period }的{ $basis ->
    [close] 收盘
   *[intraday] 盘中
  }区间{ $part ->
    [ceiling] 上限
    [floor] 下限
   *[centre] 中枢
  }为{ $value }
range_width-said = { $period }的{ $basis ->
    [close] 收盘
   *[intraday] 盘中
  }区间宽度为{ $value }
range_position-said = 收盘价位于{ $period }的{ $basis ->
    [close] 收盘
   *[intraday] 盘中
  }区间的{ $value }处
