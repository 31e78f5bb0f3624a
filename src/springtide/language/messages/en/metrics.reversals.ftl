reversal = Reversal within the session
    .definition = Whether the session traded above the previous close and still closed below it (or, turned the other way, below it and closed above).

reversal-said = { $turn ->
    [down] rose during the session but closed lower
   *[up] fell during the session but closed higher
  }
