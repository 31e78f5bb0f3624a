outperforms_within = Outperforms within a horizon
    .definition = Whether the return from the close of a date to that of the due day, so many sessions later or on a day, is above that of a benchmark between the same two days (side=behind: below it). Without a benchmark, that of the basket or the index of the market. Decided on the due day alone; a benchmark in another currency is converted with daily rates on file.

outperforms_within-said = did { $side ->
    [behind] worse
   *[ahead] better
  } than { $benchmark } { $ends ->
    [sessions] over { $sessions } from { $since }
   *[day] { $span }
  }
