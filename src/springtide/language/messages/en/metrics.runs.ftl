daily_limit = At the limit of the day
    .definition = Whether a share of the mainland closed at the limit that a price may move in a day (10%, 20% on ChiNext and STAR, 30% in Beijing), or touched it within the session; within 0.25 percentage points, since prices may be adjusted.

daily_limit-said = { $price ->
    [close] closed at
   *[high] touched
  } its { $side ->
    [down] lower
   *[up] upper
  } daily limit

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
