# How long a rally may last: words for probabilities, the paragraph, and its table in a terminal.

# The fixed scale of words, which stands beside every probability.
likelihood = { $step ->
    [almost-none] almost no chance
    [very-unlikely] very unlikely
    [unlikely] unlikely
    [rather-not] less likely than not
    [even] about even
    [rather] more likely than not
    [likely] likely
    [very-likely] very likely
   *[almost-certain] almost certain
  }
percent = { $edge ->
    [under] under { $percent }
    [over] over { $percent }
   *[within] { $percent }
  }
probability = { $percent } ({ $words })

method = { $method ->
    [climatology] base rates
    [survival] survival model
    [analogues] analogues
    [random_walk] random walk
    [garch] GARCH simulation
    [volatility] forecast-volatility simulation
   *[combination] pool
  }
months = { $sessions ->
    [20] one month
    [60] three months
    [120] six months
   *[250] a year
  }
horizon = { $months } ({ $duration })
number = { $beyond ->
    [yes] more than { $number }
   *[no] { $number }
  }
span = { $low } to { $high }
rallies = { $count ->
    [one] { $count } earlier rally
   *[other] { $count } earlier rallies
  }
instruments = { $count ->
    [one] { $count } instrument
   *[other] { $count } instruments
  }

# Why a method could not answer: part of a sentence.
not-daily = daily closes are needed
few-closes = { $count ->
    [one] there is only one close by then, and three are needed to tell
   *[other] there are only { $count } closes by then, and three are needed to tell
  }
no-price = a close above zero is needed
began-before = the rally began before the data do, at { $first }{ $cut }: its trough is not known
nothing-learned = too few earlier rallies had been seen by then
too-short = { $closes } closes in a row are needed
no-year = a year of closes before this calendar year is needed
no-garch = no GARCH(1,1) process fits its returns
no-variance = too few variances of earlier years were known by then to forecast its own
few-alike = the lake holds fewer than { $least } earlier rallies to compare it with

# The paragraph.
cannot-tell = How long it can last cannot be told: { $why }.
no-turn = Whether a rally is running cannot be told from the closes that are there: it would begin at a low that is { $fall } below a later close, and they show no such turn, up or down.
bear = { $told ->
    [yes] { "" }
   *[no] The last high was that of { $since }, { $down } above.{ " " }
  }No rally is running that could last: this is a bear market (a fall of { $fall } or more from a high), until a close { $fall } above its low ends it.
bear-began-before = It may have begun before the data do: its high is not known.{ " " }No rally is running that could last: this is a bear market (a fall of { $fall } or more from a high), until a close { $fall } above its low ends it.
real-moves = Closes that at least doubled or halved ({ $days }) are taken for real moves: neither a split on file nor the volume shows that the share was split.
began = { $told ->
    [yes] This rally began at that low
   *[no] This rally began at the low of { $day }
  }, { $age } ago. By convention it is over once the close stands { $fall } below its highest; only then is its top known.
still-running = { $count ->
    [one] one that still ran counts as far as it had come
   *[other] { $count } that still ran count as far as they had come
  }
lasted-longer = Of { $rallies } on record for { $instruments }, all of them over, { $edge ->
    [over] nearly all (by estimate { $share }) lasted longer
    [under] hardly any (by estimate { $share }) lasted longer
    [none] none is known to have lasted longer
   *[within] an estimated { $share } lasted longer
  }{ $censored ->
    [yes] { " " }(Kaplan–Meier estimate: { $running })
   *[no] { "" }
  }.
chances = The chance that its top is already in{ $place ->
    [above] , { $above } above the latest close,
   *[here] { "" }
  } is { $now }; that it is in or comes within { $three }, { $by_three }; within { $six }, { $by_six }.
further = Given that the top is still ahead (a chance of { $chance }), in the middle case (the median) it comes { $when } ({ $middle } sessions on), { $usual } above the latest close; in eight cases of ten (the 80% interval) { $days } ({ $ahead } sessions on), { $above } above it. Times and heights are both those of one method ({ $method }).
when-beyond = later than can be told
when = in { $off }, in { $part ->
    [early] early
    [middle] mid-
   *[late] late
  }{ $part ->
    [middle] { "" }
   *[other] { " " }
  }{ $month }
off-days = a few days
off-weeks = about { $count ->
    [one] one week
   *[other] { $count } weeks
  }
off-months = about { $count }{ $half ->
    [yes] ½
   *[no] { "" }
  } months
off-years = about { $count }{ $half ->
    [yes] ½
   *[no] { "" }
  } years
days-from = from { $low } on
days-between = between { $low } and { $high }
one-method = These chances come from one method alone ({ $method }, { $cases } cases).
partly = That is the record of all { $all } methods pooled; here { $here } of them could answer.
known-rallies = { $rallies } of { $instruments }, as known on { $day }
methods = { $count ->
    [one] { $count } method
   *[other] { $count } methods
  }
pooled-equally = These chances pool { methods } with equal weights, as none had proved better than another on earlier rallies by then.
pooled = These chances pool { methods } by how well each has done before{ $known ->
    [yes] ; the base rates among them are those of { $base }
   *[no] { "" }
  }.
base-rates = These are base rates: how { $base }, went on, whatever their state.
no-record = They have no track record by then, so nothing shows that they are better than base rates.
record = On { $forecasts } past forecasts their squared error was smaller than that of base rates, which give every rally the same chances, by { $skills }; { $gain ->
    [yes] for how far it goes, their error is smaller by { $far }
    [open] for how far it goes, their error is smaller by { $far }, which proves nothing
   *[no] for how far it goes there is no record
  }. Against GARCH simulations of this price alone it was smaller by { $simulation }: { $proved ->
    [yes] they do better than those too.
   *[no] that they do better than those too is not proved.
  }
skill-size = { $size } (95% interval { $low } to { $high })
skill = { $size } at { $months } (95% interval { $low } to { $high })
skills = { $first } and { $last }
no-skill-known = No method had a track record by then that proves more skill.
better-silent = Methods that had done better by then could not answer here.
no-skill = No method had proved more skill by then: on { $forecasts } past forecasts the squared error of all methods pooled was smaller by { $skills }.
too-few-of-kind = No chances are given: too few rallies of its kind were over by then to know how they usually go on, and simulations of this price alone can be absurdly sure.
nothing-fitted = No chances can be given: nothing had been fitted to rallies that were over by then.
no-answer = No chances can be given: no method could answer with what was known then.

# The tables of a terminal.
title = How long can it last? { $name }, { $day }
chance = chance that
top-is-in = the top is in
within = it is in or comes within { $sessions }
new-high = a new high within { $sessions }
up-first = up { $move } before down { $move }
sessions = sessions to a top ahead: median
gain = gain to a top ahead: median
interval = 80% interval
cases = rallies or simulated paths
weight = weight in the pool
said = * as said above
track-record = How well the pool had done by then: the top comes in time
by-horizon = within
forecasts = forecasts
undecided = still open
brier = Brier score
over-base = skill over base rates
over-simulation = skill over simulation
score = { $score } ({ $low } to { $high })
is-in = (is in)
of-gain = gain, by CRPS
left-out = Left out
limits = Intervals of skill: 95%. What it cannot know: news, and what has no like in the past. Rallies of markets and companies that are no longer there are not among its cases.
