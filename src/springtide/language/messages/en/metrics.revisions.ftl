target_consensus = Target of the houses together
    .definition = The mean (median, highest or lowest) of the latest target of each house, not older than 180 days, at least three houses; else as a vendor published it.

target_revision = Revision of the target
    .definition = The new target of a house against its earlier one, splits undone.

estimate_revision = Revision of the earnings estimate
    .definition = The new estimate of earnings per share of a house for a year against its earlier one, splits undone.

target_consensus-said = { $statistic ->
    [median] a median target price
    [high] a highest target price
    [low] a lowest target price
   *[mean] an average target price
  } of { $value }
    .verb = has
target_revision-said = { $said ->
    [yes] { $house } { $way ->
        [up] raise its target price
       *[down] cut its target price
      }
   *[no] { $way ->
        [up] its target price raised
       *[down] its target price cut
      }
  } by { $value }
    .verb = has seen
estimate_revision-said = { $said ->
    [yes] { $house } { $way ->
        [up] raise its earnings estimate
       *[down] cut its earnings estimate
      }
   *[no] { $way ->
        [up] its earnings estimate raised
       *[down] its earnings estimate cut
      }
  } by { $value }
    .verb = has seen
