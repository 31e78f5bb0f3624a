target_price = Target price
    .definition = The latest target price or index target published by the as-of date, of one house where it is named, not older than 365 days.

implied_move = Move implied by the target
    .definition = The target (as stated, that of the houses together, else the latest published one) against the close.

target_price-said = { $which ->
    [previous] an earlier target price of { $value }
   *[latest] a target price of { $value }
  }{ $said ->
    [yes] { " " }from { $house }
   *[no] { "" }
  }
    .verb = has
implied_move-said = { $way ->
    [up] an upside
   *[down] a downside
  } of { $value } to its { $of ->
    [consensus] average target price
   *[target] target price
  }
    .verb = has
