support_level = Support level
    .definition = The nearest price below the close at which prices turned: a swing high or low, confirmed by a reversal of 5% (8% for shares), of the last 250 sessions; swings within 1% of each other are one level at the price of the last, and a swing high below the close counts as support. With level, whether that price is a support: yes where a swing or an extreme of the last two sessions is within 0.25% of it, no where it is above the last two closes. A level says where prices turned, not that they will turn there again.

resistance_level = Resistance level
    .definition = The nearest price above the close at which prices turned: as for the support level, on the other side.

support_level-said = its { $rank ->
    [1] nearest
    [2] second
    [3] third
    [4] fourth
   *[other] fifth
  } { $side } at { $value } ({ $line } swings{ $whole ->
    [yes] { "" }
   *[no] { " " }over the last { $lookback }
  })
    .verb = has
support_level-named = a { $side } at { $value }
    .verb = has
