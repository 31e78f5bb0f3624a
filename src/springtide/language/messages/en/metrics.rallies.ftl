rally_rank = Rank among earlier rallies
    .definition = How many of the earlier bull markets the running one exceeds so far: in sessions since its trough (by=age), in gain (gain) or in its mean change a session (pace). It is counted to today's close, the earlier ones from trough to peak. Earlier are all that were known to be over by the as-of date, in the whole history without a gap, but for the first phase of the data, whose beginning is not known; sample takes the latest so many. Peers are the other instruments of the registry of the same kind (indices with indices) that have bars. Their markets move together, so their rallies are no independent cases.

rally_rank-said = { $by ->
    [age] outlasted
    [gain] outgained
   *[pace] outpaced
  } { $value } of { $among ->
    [own] its own { $sample } earlier bull markets
   *[peers] the { $sample } earlier bull markets of its peers
  }{ $convention ->
    [usual] { "" }
   *[other] {" "}by the { $line } convention
  }
    .verb = has
