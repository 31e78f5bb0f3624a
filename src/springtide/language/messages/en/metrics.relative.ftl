relative_return = Relative return
    .definition = The return over a period less that of a benchmark between the same two days, in percentage points (by=difference), or the growth of one divided by that of the other (ratio). Without a benchmark, that of the basket or the index of the market. A benchmark in another currency is converted with daily rates on file.
lead_lag = Lead or lag
    .definition = By how many sessions an instrument's daily changes go before those of another one (a negative number: after them). It is 0, none, unless the largest correlation exceeds that of the same day and what chance would give once in twenty tries over all lags looked at.
other-instrument = { $kind ->
    [index] the { $name }
   *[other] { $name }
  }
no-instrument = another instrument
relative-way = { $way ->
    [up] outperformed
   *[down] underperformed
  }
relative_return-said = { relative-way } { $benchmark } by { $value }{ $by ->
    [ratio] { " " }in relative terms
   *[difference] { "" }
  } { $period }
    .verb = has
lead_lag-said = { $way ->
    [ahead] led { $other } by { $value } over { $window }
    [behind] followed { $other } by { $value } over { $window }
   *[none] neither led nor followed { $other } over { $window }
  }
    .verb = has
