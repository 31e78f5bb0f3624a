contribution = Contribution of a member
    .definition = What a member added to a basket or an index over a period: its weight at the start times its return, in percentage points, or in points of the index. Of a basket what was held is followed, so that contributions add up to its move; of an index they must do so within the rounding of its weights.
implied_weight = Implied weight
    .definition = The weight that a member of an index would have if it added so many points on the day, given its change: arithmetic on what is said, to see whether it can be.
one-member = one of its members
contribution-said = { $way ->
    [up] gained
   *[down] lost
  } { $value } { $period } through { $member }
    .verb = has
implied_weight-said = would hold { $member } at a weight of { $value } if that added { $points } on the day
