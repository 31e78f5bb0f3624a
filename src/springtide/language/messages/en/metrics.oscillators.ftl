rsi = Relative strength index
    .definition = Wilder's index of average gains against average losses, 0 to 100, run over up to 20 windows of closes so that its start is not felt (J. Welles Wilder, New Concepts in Technical Trading Systems, 1978).

overbought = RSI zone
    .definition = Whether the RSI stands above 70 (overbought) or below 30 (oversold).

rsi-said = a { $window }-day RSI of { $value }
    .verb = has
overbought-said = { $side ->
    [overbought] overbought: its { $window }-day RSI is above { $line }
   *[oversold] oversold: its { $window }-day RSI is below { $line }
  }
    .verb = is
