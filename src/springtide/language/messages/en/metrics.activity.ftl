volatility = Realised volatility
    .definition = The standard deviation of the daily log changes of the close, times the square root of 252.

turnover = Turnover
    .definition = The value of the session's trades as published, or the number of shares traded. A value is never worked out from prices and volume.

volatility-said = annualised volatility of { $value } over { $window } sessions
    .verb = shows
    .joint = { ", with " }
turnover-said = { $of ->
    [volume] a volume of { $value }
   *[value] turnover of { $value }
  }
    .verb = had
    .joint = { ", on " }
