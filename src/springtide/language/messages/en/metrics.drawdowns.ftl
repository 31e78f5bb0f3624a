drawdown = Drawdown
    .definition = The close against the highest close of the period, the session itself included: zero at a new high, negative below it. With basis=intraday the highest price within a session; with of=deepest the deepest such fall in the period. A high of all time needs data from the instrument's first session.

drawdown-said = { $value } below its highest { $basis ->
    [close] close
   *[intraday] price
  } { $period }
    .verb = stands
drawdown-deepest = a maximum drawdown of { $value } { $period }
    .verb = saw
