rating = Rating
    .definition = The last word of a house on a share, in five classes: 1 strong buy, 2 buy, 3 hold, 4 reduce, 5 sell; not older than 365 days.

rating_balance = Share of buy ratings
    .definition = Of the houses with a rating in the last 365 days, the share whose last word is buy or better.

rating-said = { $known ->
    [yes] { $which ->
        [previous] an earlier “{ $word }” rating
       *[latest] a “{ $word }” rating
      }
   *[no] { $kind ->
        [c1] a “strong buy” rating
        [c2] a “buy” rating
        [c3] a “hold” rating
        [c4] an “underweight” rating
       *[c5] a “sell” rating
      }
  }{ $said ->
    [yes] { " " }from { $house }
   *[no] { "" }
  }
    .verb = has
rating_balance-said = rated a buy or better by { $value } of the houses
    .verb = is
