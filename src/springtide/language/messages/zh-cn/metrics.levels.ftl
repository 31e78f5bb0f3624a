close_level = 收盘点位
    .definition = 当日公布的收盘价。

intraday_level = 盘中点位
    .definition = 当日盘中最高价、最低价或开盘价。

close_level-said = 收报{ $value }
close_level-above = 收盘高于{ $day }的水平
intraday_level-said = { $field ->
    [high] 盘中最高
    [low] 盘中最低
    [open] 开盘报
   *[last] 盘中报
  }{ $value }
intraday_level-above = 盘中一度超越{ $day }的水平
