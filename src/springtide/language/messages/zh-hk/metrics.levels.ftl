close_level = 收市價
    .definition = 當日公布的收市價。

intraday_level = 即市價位
    .definition = 當日即市最高、最低或開市價。

close_level-said = 收報{ $value }
close_level-above = 收市高於{ $day }的水平
intraday_level-said = { $field ->
    [high] 高見
    [low] 低見
    [open] 開市報
   *[last] 即市報
  }{ $value }
intraday_level-above = 即市一度升穿{ $day }的水平
