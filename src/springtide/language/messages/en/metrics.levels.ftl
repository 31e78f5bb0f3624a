close_level = Closing level
    .definition = The last price of the session as published.

intraday_level = Level within the session
    .definition = The highest, lowest or first price of the session.

close_level-said = at { $value }
    .verb = closed
close_level-above = above its close of { $day }
    .verb = closed
intraday_level-said = { $field ->
    [high] as high as
    [low] as low as
   *[other] at
  } { $value }
    .verb = { $field ->
    [open] opened
   *[other] traded
  }
intraday_level-above = above its close of { $day }
    .verb = traded
