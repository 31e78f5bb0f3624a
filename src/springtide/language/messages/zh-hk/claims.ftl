# 所述與實數，以及結論。
label = { $label ->
    [supported] 屬實
    [refuted] 不實
   *[not_enough_information] 資料不足
  }
yes = 是
no = 否
# 未能計算或沒有寫明的數值。
nothing = —
number = { $value } { $unit }
bare = { $value }
members = { $value }隻成份股
rallies = { $value }輪牛市
range = { $low } – { $high }
stated = { $comparator ->
    [about] 約{ $value }
    [above] 逾{ $value }
    [below] 不足{ $value }
    [up_to] 最多{ $value }
   *[equal] { $value }
  }
# A fall, by its size: what is more than a fall of 4% lies below -4%.
fall = { $comparator ->
    [about] 跌約{ $value }
    [above] 跌逾{ $value }
    [below] 跌不足{ $value }
    [up_to] 最多跌{ $value }
   *[equal] 跌{ $value }
  }
fall-range = 跌{ $low } – { $high }
reading = { $changes }：{ $measured }
# 評級的類別.
score = { $value }（1強烈買入至5沽售）
