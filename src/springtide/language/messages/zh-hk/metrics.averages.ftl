moving_average = 移動平均線
    .definition = 最近若干個交易日（包括當日）收市價的算術平均。

ma_distance = 與移動平均線的距離
    .definition = 收市價高於或低於移動平均線的幅度。

moving_average-said = 的{ $window }天線為{ $value }
ma_distance-said = 收市價{ $side ->
    [above] 高於
   *[below] 低於
  }{ $window }天線{ $value }
