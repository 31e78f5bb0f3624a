episode_gain = Gain of past episodes
    .definition = The rise over one named rally of the past, or the average over several, from the close of its trough to the close of its peak. Without names: all that have dates for the instrument. An episode counts once a later close lies 20% below its peak: before, nobody could know of it. Names and dates, each with its source, come from the table of episodes, which episodes.toml in the settings folder extends; where nobody has published dates (the 4G, 5G and cloud rallies of Chinese shares) there are none.

episode_days = Length of past episodes
    .definition = The sessions over one named rally of the past, or the average over several, from the close of its trough to the close of its peak. Without names: all that have dates for the instrument. An episode counts once a later close lies 20% below its peak: before, nobody could know of it. Names and dates, each with its source, come from the table of episodes, which episodes.toml in the settings folder extends; where nobody has published dates (the 4G, 5G and cloud rallies of Chinese shares) there are none.

where = { $count ->
    [0] over its past episodes
    [1] in { $names }
   *[other] over { $count } episodes ({ $names })
  }
on-average = { $count ->
    [1] { "" }
   *[other] an average of {""}
  }
episode_gain-said = { $way ->
    [up] rose
   *[down] fell
  } { on-average }{ $value } from trough to peak { where }
episode_days-said = took { on-average }{ $value } from trough to peak { where }
