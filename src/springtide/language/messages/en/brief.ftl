# A brief: its sentences, headings and notes.
title = How long can it last? { $name } on { $day }
heading = { $section ->
    [calls] Calls on file
    [front] At a glance
    [behind] What lies behind the chances
    [outlook] How long can it last?
    [level] Where it stands
    [advance] How far it has come
    [momentum] Momentum
    [risk] Setbacks and turnover
    [valuation] Valuation
    [flows] Flows
    [targets] Targets and ratings
    [theme] Theme and breadth
    [levels] Levels and range
   *[exuberance] Is it a bubble?
  }
valuation-restated = These multiples are as their source publishes them today: results that came later may be in them.
hindsight = Its members were chosen with hindsight, on { $day }.
levels-caution = A level says where prices turned, not that they will turn there again: of { $tests } first visits to such levels of indices { $held } turned back, of visits to prices beside them { $beside }; { $shown ->
    [yes] the difference of { $difference } percentage points (95% interval { $low } to { $high } percentage points) is small
   *[no] the difference of { $difference } percentage points (95% interval { $low } to { $high } percentage points) is not proved
  }.
sentence = { $subject } { $predicate }.
sentence-dated = On { $day } { $subject } { $predicate }.
sentence-on-file = { $subject } { $predicate }, where the data on file begin.
sentence-disagreeing = { $subject } { $predicate }; the two datings disagree.
the-index = The { $name }
the-index-inside = the { $name }
it = { $turn ->
    [one] It
   *[other] { $kind ->
        [index] The index
       *[other] It
      }
  }
this = { $kind ->
   *[other] It
  }
# Begins a predicate that has to say whose rally it is of; and the word that joins one to its subject.
whose = this rally
of = of
# What stands for the instrument in a list: its name, or a pronoun.
listed = pronoun
name-with-id = { $name } ({ $id })
# Between two predicates of one subject.
and = { " and " }
then = { ", " }
and-apart = { ", and " }
because = { $what }: { $why }
no-outlook = No outlook could be made: { $why }

# What neither test for a bubble says, wherever their results are printed.
bubble-limits = What the tests cannot say: that a price is too high, that it will fall, or when; a false-alarm rate is how often the same appears without a bubble, not the probability that there is none.
explosive-fall = A price that falls ever faster is explosive too: that is no bubble.
undated = The fits date nothing: { $qualified } windows have the shape of a bubble, and the critical time is { $gain } nats away from what is assumed beforehand, where at least { $least } windows and more than { $bound } nats (95% of simulated markets without a bubble have less) are asked for.
fits-date-nothing = The fits do not date anything: too few windows have the shape of a bubble, or what they say of its end is hardly more than what is assumed beforehand.
dated = On that time the fits give { $gain } nats of information; 95% of simulated markets without a bubble give less than { $bound } nats.
run-dated = The run is counted from the first session on which that could have been known: no later price is used.
run-too-short = It is still too short to be told from a flare-up.
no-rate = How often a market without a bubble reaches that could not be measured.

# Around its text.
summary = Every figure rests on data as of { $day } and carries its evidence.
evidence-file = The evidence of every figure is in { $file }.
as-of = Measured as of { $day }
comma = { ", " }
gap-joint = { "; " }
not-measured-lead = Not measured:
hint = Underlined figures open their evidence.
evidence = evidence
printed = Printed
measured = Measured
made-by = Made by { $software }
tables = Lake tables read: { $tables }
switch = Language

# Both tests for a bubble, as a table for the terminal.
tests-title = Is it a bubble? { $name }, { $day }
test = test
result = result
false-alarm-rate = false-alarm rate
not-enough = not enough information: { $why }
psy-label = { $title } (PSY)
psy-result = { $explosive ->
    [up] yes, upwards
    [down] yes, downwards: a fall is no bubble
   *[no] no
  }{ $since }; statistic { $statistic }, critical value { $critical }
psy-rate = { $null ->
    [wild] { $rate } of its wild bootstrap draws
   *[random_walk] { $rate } of random walks
  }
since-confirmed = { " " }since { $began } (confirmed { $known })
since-not-confirmed = { " " }since { $began } (not confirmed yet)
shape-label = { $title }, { $scale } scale, { $direction ->
    [up] upward
   *[down] downward
  }
shape-result = { $size } ({ $qualified } of { $fitted } windows)
shape-rate = { $rate } of simulated markets
time-label = { $title }, if it is a bubble
time-result = { $median } ahead; 80% interval { $earliest } to { $latest }
ahead-on = { $sessions } ({ $day })

# The first screen.
front-rise = in { $age }, since the low of { $day }
front-fall = in { $age }, since the high of { $day }
front-chances = chance that the top is in; { $three } within three months, { $six } within six
front-top = middle case for the top, if still ahead; eight cases in ten: { $first } to { $last }
front-said-chances = The chance that its top is in is { $now }; that it comes within three months, { $three }; within six, { $six }.
front-said-top = Middle case for the top, if it is still ahead: { $day }; eight cases in ten: { $first } to { $last }.
for = What speaks for it
against = What speaks against it
front-figure = { $figure }
front-day = { $day }
front-beyond = beyond { $day }

# Sentences of several figures.
averages = closed { $value } { $way } the { $window }-day moving average ({ $value_2 }){ $two ->
    [yes] , and { $value_3 } { $way_2 } the { $window_2 }-day moving average ({ $value_4 })
   *[no] { "" }
  }
way = { $side ->
    [above] above
   *[below] below
  }
ranks = { $by ->
    [age] outlasted
    [gain] outgained
   *[pace] outpaced
  } { $value } of its own { $sample } earlier bull markets and { $value_2 } of the { $sample_2 } of its peers
    .verb = has
within = a lowest close of { $value } and a highest of { $value_2 } { $period }{ $where ->
    [yes] , and stands at { $value_3 } of that range
   *[no] { "" }
  }
    .verb = has
open-call = { $who } said on { $day }: { $call } (open until { $due }; { $known ->
    [yes] likely by { $rate } then
   *[no] no base rate
  }).
record-of = { $who } so far: { $true } of { $decided } decided came true; { $expected } were to be expected of anybody{ $enough ->
    [yes] { "" }
   *[no] , and so few show nothing
  }.
