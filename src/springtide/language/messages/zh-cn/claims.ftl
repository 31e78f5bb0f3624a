# 所述与实测，以及结论。
label = { $label ->
    [supported] 属实
    [refuted] 不实
   *[not_enough_information] 信息不足
  }
yes = 是
no = 否
# 未能测算或未写明的数值。
nothing = —
number = { $value } { $unit }
bare = { $value }
members = { $value }只成分股
rallies = { $value }轮牛市
range = { $low } – { $high }
stated = { $comparator ->
    [about] 约{ $value }
    [above] 超过{ $value }
    [below] 不到{ $value }
    [up_to] 至多{ $value }
   *[equal] { $value }
  }
# A fall, by its size: what is more than a fall of 4% lies below -4%.
fall = { $comparator ->
    [about] 跌约{ $value }
    [above] 跌逾{ $value }
    [below] 跌不到{ $value }
    [up_to] 最多跌{ $value }
   *[equal] 跌{ $value }
  }
fall-range = 跌{ $low } – { $high }
reading = { $changes }：{ $measured }
# 评级的类别.
score = { $value }（1强烈买入至5卖出）
