pct_change = Change on the day
    .definition = A price of the session against the close of the session before.

period_return = Return over a period
    .definition = The price at the end of a period against the price it started from: the last close before the period, or the low or high that it counts from.

rose = { $way ->
    [up] rose
   *[down] fell
  }
risen = { $way ->
    [up] risen
   *[down] fallen
  }
up = { $way ->
    [up] up
   *[down] down
  }
higher = { $way ->
    [up] higher
   *[down] lower
  }
pct_change-said = { $price ->
    [close] { rose } { $value } on the day
    [open] opened { $value } { higher }
   *[extreme] was { up } as much as { $value } during the session
  }
period_return-said = { risen } { $value } { $period }
    .verb = has
