# How values stand in a row.
list-comma = { ", " }
list-last = { $first } and { $last }
