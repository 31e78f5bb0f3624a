level_tests = Tests of a level
    .definition = How often a price came to a level. A visit begins where a price comes within 0.5% of it (1% for shares) after a close at least 2% (4%) off, and ends with the next close so far off: it held on the side that it came from, was broken on the other, and is open until then. With least, whether there were so many.

level_record = Share of tests that held
    .definition = Of the tests of a level that were decided, the share in which prices left it on the side that they came from. A random walk alone gives some 60%.

level_broken = Break of a level
    .definition = Whether a close (or, with by=intraday, a high or low) has been beyond a level since a day, within the last five sessions unless a day is given.

level_tests-said = made { $value } { $value ->
    [one] visit
   *[other] visits
  } to { $level }{ $side ->
    [below] { " " }from below
    [above] { " " }from above
   *[any] { "" }
  } { $period }
    .verb = has
level_record-said = turned at { $level } in { $value } of its tests { $period }
    .verb = has
level_broken-said = broken { $way ->
    [up] above
    [down] below
   *[any] through
  } { $level }{ $by ->
    [close] { "" }
   *[intraday] { " " }within a session
  } { $period }
    .verb = has
