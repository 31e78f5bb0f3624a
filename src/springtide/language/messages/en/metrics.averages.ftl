moving_average = Moving average
    .definition = The mean of the closes of the last sessions, the as-of session included.

ma_distance = Distance from the moving average
    .definition = The close against its moving average.

moving_average-said = its { $window }-day moving average at { $value }
    .verb = has
ma_distance-said = { $value } { $side ->
    [above] above
   *[below] below
  } its { $window }-day moving average
    .verb = stands
