breadth_above = Share of members above their average
    .definition = How many in a hundred of the members of a basket or an index closed above the mean of their own last closes. Members of an index are those of a list of its weights on file, not older than 45 days (pit=true), or the last one known (false); a member without enough closes is left out and counted.
breadth_highs = Members at a high or low
    .definition = How many members of a basket or an index closed at the highest (or lowest) of their own last closes, or their share in per cent.
advance_decline = Advances and declines
    .definition = How many members of a basket or an index rose, fell or stood still on the day, or how many rose for each that fell. A member without a close on both sessions is left out and counted.
breadth_above-said = { $value } of its members above their { $window }-day moving average
    .verb = has
breadth_highs-said = { $value } of its members at a { $window }-session closing { $side ->
    [high] high
   *[low] low
  }
    .verb = has
advance_decline-said = { $count ->
    [advances] saw { $value } of its members rise
    [declines] saw { $value } of its members fall
    [unchanged] saw { $value } of its members stand still
   *[ratio] saw { $value } times as many of its members rise as fall
  }
