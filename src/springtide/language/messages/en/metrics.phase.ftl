phase = Bull or bear phase
    .definition = The move since the extreme that began the running phase. A bull phase begins at a trough from which the close has risen by the threshold, and lasts until the close has fallen by the threshold from its peak (Lunde and Timmermann 2004, doi:10.1198/073500104000000136), over all closes that may be joined. Where the phase that opens them began is not known, and not told. With method=turning_points it begins at a turn of the monthly closes (Pagan and Sossounov 2003, doi:10.1002/jae.664), which is known months later only.

phase_age = Age of the bull or bear phase
    .definition = Sessions since the trough that began the running bull market, or with turn=peak since the peak that began the running bear market, dated as for the phase.

phase_pace = Pace of the bull or bear phase
    .definition = The mean change a session since the extreme that began the running phase: what, compounded over its sessions, gives its gain so far. Negative in a bear market.

market = { $kind ->
    [bull] bull
   *[bear] bear
  }
phase-said = in a { market } market by the { $line } convention, { $way ->
    [up] up
   *[down] down
  } { $value } from its { $kind ->
    [bull] trough
   *[bear] peak
  } of { $start }
    .verb = is
phase-turned = in a { market } market by the turning points of monthly closes ({ $line } for brief phases), { $way ->
    [up] up
   *[down] down
  } { $value } from its { $kind ->
    [bull] trough
   *[bear] peak
  } of { $start }, dated so since { $known }
    .verb = is
phase_age-said = { $value } past its last { $turn ->
    [trough] trough
   *[peak] peak
  } by the { $line } convention
    .verb = is
phase_pace-said = { $way ->
    [up] gained
   *[down] lost
  } an average of { $value } a session since its phase began by the { $line } convention
    .verb = has
