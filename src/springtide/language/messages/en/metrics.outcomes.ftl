top_within = Top within a horizon
    .definition = Whether the top of the rally that ran on a date (its last highest close before the fall by the threshold that ended it, see the phase) came within so many sessions after that date, or before it. Yes once that fall is known; no as soon as a close later than that is as high as any before it in the rally; undecided until then.

new_high_within = New high within a horizon
    .definition = Whether a close within so many sessions after a date was above the highest close so far of the rally that ran on it, whatever became of that rally meanwhile.

rise_before_fall = Rise before an equal fall
    .definition = Whether, of the closes after a date, one above that day's close by the move came before one below it by the move. Undecided until either comes.

top_within-said = { $sessions ->
    [0] had set the top of its rally by { $since }, and then fell { $fall }
   *[other] set the top of its rally within { $value } of { $since } or before, and then fell { $fall }
  }
new_high_within-said = set a new high of its rally by the { $rally } convention within { $value } of { $since }
rise_before_fall-said = rose { $value } from its close of { $since } before a fall of as much
