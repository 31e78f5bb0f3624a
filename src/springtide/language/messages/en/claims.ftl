# What is claimed and measured, and the verdict.
label = { $label ->
    [supported] supported
    [refuted] refuted
   *[not_enough_information] not enough information
  }
yes = yes
no = no
# A value that could not be measured, or that is not stated.
nothing = —
number = { $value } { $unit }
bare = { $value }
members = { $value ->
    [one] { $value } member
   *[other] { $value } members
  }
rallies = { $value ->
    [one] { $value } rally
   *[other] { $value } rallies
  }
range = { $low } – { $high }
stated = { $comparator ->
    [about] about { $value }
    [above] more than { $value }
    [below] less than { $value }
    [up_to] up to { $value }
   *[equal] { $value }
  }
# A fall, by its size: what is more than a fall of 4% lies below -4%.
fall = { $comparator ->
    [about] fell about { $value }
    [above] fell more than { $value }
    [below] fell less than { $value }
    [up_to] fell up to { $value }
   *[equal] fell { $value }
  }
fall-range = fell { $low } – { $high }
reading = { $changes }: { $measured }
# A rating on the scale of classes.
score = { $value } (of 1 strong buy to 5 sell)
