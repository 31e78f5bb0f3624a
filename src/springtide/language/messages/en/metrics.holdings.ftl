holding_change = Change of a holding
    .definition = How many shares, or how much at the close of the end, investors of the other market added over a period.

etf_creations = Creations of fund units
    .definition = The money for which units of a fund were created over a period, less what was redeemed.

holding_change-said = saw its { $holder ->
    [northbound] northbound
   *[southbound] southbound
  } holdings{ $whole ->
    [no] { " " }of { $sector } shares
   *[yes] { "" }
  } { $way ->
    [down] fall
   *[up] rise
  } by { $value } { $period }
etf_creations-said = saw units { $way ->
    [down] redeemed
   *[up] created
  } for { $value } net { $period }
