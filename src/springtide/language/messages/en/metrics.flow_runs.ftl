flow_streak = Sessions of net buying in a row
    .definition = How many sessions in a row up to the as-of date ended in net buying, or net selling.

flow_record = Largest net buying in so long
    .definition = Whether no session of the lookback had net buying, or selling, as large as that of the as-of date.

flow_share = Part of net buying
    .definition = Net buying of a part, such as a sector, as a share of the whole.

flow_streak-said = recorded { $value } of net { $side } in a row
flow_record-said = recorded the largest net { $side } of a session { $lookback ->
    [last] in { $value }
    [all] on record
   *[since] { $period }
  }
flow_share-said = put { $value } of its net buying into { $part } { $period }
