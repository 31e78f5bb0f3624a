bubble_confidence = LPPLS confidence
    .definition = In how many of the windows that end today the price follows the shape of a bubble: growth that itself speeds up, with ever faster swings, towards a point in time (the log-periodic power law singularity model). The share of a scale's windows whose best fit meets the filter conditions of Demirer et al. (2019, doi:10.1080/14697688.2018.1524154). It is not a probability: how often it is reached without a bubble is another metric, bubble_false_alarm_rate.

bubble_false_alarm_rate = False-alarm rate of the LPPLS confidence
    .definition = How often a market without a bubble reaches the LPPLS confidence measured: the share of markets simulated from the instrument's own returns before the window (up to 1,250 sessions), by a GARCH(1,1) process and by a block bootstrap; the larger of the two. A confidence of 0% is reached by every market. It is not the probability that there is no bubble.

way = { $direction ->
    [up] an upward
   *[down] a downward
  }
kind = for { way } bubble at the { $scale } scale
bubble_confidence-said = an LPPLS confidence of { $value } { kind }
    .verb = has
bubble_false_alarm_rate-said = an LPPLS confidence { kind } that { $value } of { $count } simulated markets without a bubble reach too
    .verb = has
with-rate = an LPPLS confidence of { $value } { kind }, which { $value_2 } of { $count } simulated markets without a bubble reach too
    .verb = has
at-scales = { $all }
    .verb = has
at-another-scale = { $value } at the { $scale } scale
