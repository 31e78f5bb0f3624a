range_ceiling = Top of the range
    .definition = The highest close of the period; with basis=intraday the highest price.

range_floor = Bottom of the range
    .definition = The lowest close of the period; with basis=intraday the lowest price.

range_centre = Centre of the range
    .definition = The middle between the top and the bottom of the range.

range_width = Width of the range
    .definition = How far the top of the range lies above its bottom.

range_position = Place in the range
    .definition = Where the close stands between the bottom (0%) and the top (100%) of the range.

range_ceiling-said = { $basis ->
    [close] a closing-range
   *[intraday] an intraday-range
  } { $part ->
    [ceiling] ceiling
    [floor] floor
   *[centre] centre
  } of { $value } { $period }
    .verb = has
range_width-said = { $basis ->
    [close] a closing-range
   *[intraday] an intraday-range
  } width of { $value } { $period }
    .verb = has
range_position-said = at { $value } of its { $basis ->
    [close] closing
   *[intraday] intraday
  } range { $period }
    .verb = stands
