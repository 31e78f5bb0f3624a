moving_average = 移动平均线
    .definition = 含当日在内最近若干个交易日收盘价的算术平均。

ma_distance = 均线乖离率
    .definition = 收盘价相对移动平均线的偏离。

moving_average-said = 的{ $window }日均线为{ $value }
ma_distance-said = 收盘价{ $side ->
    [above] 高于
   *[below] 低于
  }{ $window }日均线{ $value }
