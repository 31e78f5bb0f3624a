range_efficiency = Efficiency ratio
    .definition = How straight the way was: the net move over the sum of the daily moves, in logarithms. One is a straight line; a random walk of n sessions comes to about one over the root of n, and less than that is a range.

centre_shift = Shift of the range
    .definition = The centre of the range against that of as many sessions before it.

within_range = Kept within a range
    .definition = Whether every close of the period lies between two prices, or on one side of one. A period that is not over may have been left, and is not kept until its end.

range_efficiency-said = an efficiency ratio of { $value } { $period }, { $side ->
    [above] more than a random walk: a trend rather than a range
   *[below] less than a random walk: a range rather than a trend
  }
    .verb = has
centre_shift-said = moved its range centre { $way ->
    [up] up
   *[down] down
  } by { $value } { $period } against the { $back } sessions before
    .verb = has
within_range-said = closed { $side ->
    [both] no lower than { $low } and no higher than { $high }
    [low] no lower than { $low }
   *[high] no higher than { $high }
  } { $period }
    .verb = has
