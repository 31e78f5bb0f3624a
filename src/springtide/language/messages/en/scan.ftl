# Why a forecast has no value: part of a sentence.
no-rally = { $kind ->
    [bear] a bear market is running, and forecasts are of rallies
   *[other] closes have not moved 20% from a low or a high, so no rally is known to run
  }
not-told = nothing says what { $symbol } is: springtide import instruments
