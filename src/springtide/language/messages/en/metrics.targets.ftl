target_price = Target price
    .definition = The latest target price or index target published by the as-of date.

implied_move = Move implied by the target
    .definition = The target (as stated, else the latest published one) against the close.

target_price-said = a target price of { $value }
    .verb = has
implied_move-said = { $way ->
    [up] an upside
   *[down] a downside
  } of { $value } to its target price
    .verb = has
