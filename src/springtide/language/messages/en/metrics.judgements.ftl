close_above_within = Close above a level within a horizon
    .definition = Whether some close after a date, within so many sessions or up to a day, is above a level. A day without a session counts as the last one before it.

close_below_within = Close below a level within a horizon
    .definition = Whether some close after a date, within so many sessions or up to a day, is below a level.

ceiling_holds = Ceiling that holds
    .definition = Whether no close after a date, within so many sessions or up to a day, is above a level.

floor_holds = Floor that holds
    .definition = Whether no close after a date, within so many sessions or up to a day, is below a level.

level_holds = Level that holds
    .definition = Whether the first test of a level that begins within so many sessions after a date ends on the side that it came from (see the tests of a level). Without a test nothing is decided.

centre_higher = Range that moves up
    .definition = Whether the middle between the highest and lowest of the closes of so many sessions after a date is above that of as many sessions up to it.

target_met = Target met
    .definition = Whether a close after a date, within so many sessions or up to a day, is at or beyond a target, seen from the close of the date; by=end asks the last close alone.

falls_within = Fall within a horizon
    .definition = Whether some close after a date, within so many sessions or up to a day, is so many per cent below that of the date.

close_above_within-said = had a close above { $value } { $ends ->
    [sessions] within { $sessions } of { $since }
   *[day] { $span }
  }
close_below_within-said = had a close below { $value } { $ends ->
    [sessions] within { $sessions } of { $since }
   *[day] { $span }
  }
ceiling_holds-said = had no close above { $value } { $ends ->
    [sessions] within { $sessions } of { $since }
   *[day] { $span }
  }
floor_holds-said = had no close below { $value } { $ends ->
    [sessions] within { $sessions } of { $since }
   *[day] { $span }
  }
level_holds-said = turned back at { $value } when it first came there within { $sessions } of { $since }
centre_higher-said = moved the centre of its range of closes up within { $sessions } of { $since }
target_met-said = { $by ->
    [end] ended
   *[any] got
  } as far as { $value } { $ends ->
    [sessions] within { $sessions } of { $since }
   *[day] { $span }
  }
falls_within-said = had a close { $value } or more under that of the date { $ends ->
    [sessions] within { $sessions } of { $since }
   *[day] { $span }
  }
