high_low_record = Record high or low
    .definition = Whether the price of the session is above (below) every price of the lookback before it. A span of weeks, months or years may be 5% short; a new high without a span means 52 weeks; “near” means within 2%, of the session or the one before. An all-time record needs data from the instrument's first session.

high_low_record-said = { $near ->
    [yes] came near
   *[no] set
  } its { $side ->
    [high] highest
   *[low] lowest
  } { $basis ->
    [close] close
   *[intraday] price within a session
  } { $lookback ->
    [all] on record
    [last] in { $value }
   *[since] { $period }
  }
