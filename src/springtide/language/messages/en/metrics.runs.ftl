price_streak = Sessions of one direction in a row
    .definition = How many sessions or weeks in a row up to the as-of date closed above the close before (or below it, above their own opening price, or at the limit of the day).

price_streak-said = { $by ->
    [candle] closed { $side ->
        [down] below
       *[up] above
      } the opening price
   *[close] { $side ->
        [down] closed lower
        [limit-up] closed at its upper limit
        [limit-down] closed at its lower limit
       *[up] closed higher
      }
  } for { $value } in a row{ $until ->
    [before] { " " }until the session before
   *[now] {""}
  }
