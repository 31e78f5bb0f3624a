# Calls: each with what came of it, and how their sources have done.
claim = { $metric }: { $value }
claim-behind = { $metric }, behind: { $value }
none-on-file = No calls are on file that were made by { $day }. File some with: springtide outlook SUBJECT --as-of DATE --file
made = made
subject = subject
call = call
due = due
source = source
chance = chance
came = came
decided = decided
brier = Brier score
happened = yes
not-happened = no
open = open
beside = same calls: own
base = base rates
on = of
days = dates
subjects = instruments
limits = Brier score: the mean squared distance of the chance from what came, 0 the best. Calls of one date, or whose horizons overlap, are not independent cases. A top is known only by the fall after it, a higher close at once: while many are open, the decided ones are not like all.
due-and-open = Past due and still open for want of:
late = { $late } of { $all } calls were put on file more than a day after the date that they are made as of, when some of what came was known.
left-nobody = no person or house is named who says it
left-no-horizon = it does not say until when
left-previous = it is the target of before
left-of-several = it is of several houses together
left-currency = it is in { $unit }, the instrument in { $own }
left-far = it is too far from the close of { $price } to be of this instrument
left-passed = it lies on the wrong side of the close of { $price }
left-condition = its condition is no level of an instrument
base-rate = base rate
id = id
kind = kept as
scored = call
mentioned = mentioned
lapsed = lapsed
unmeasurable = no longer measurable
corrected = corrected
if = if { $condition }: { $then }
few-windows = Of { $poor } of these { $all } calls no base rate is printed: the instrument's own history holds fewer than ten independent windows of that horizon.
basis-none = No base rate: nothing says how likely it was.
basis-study = Base rate { $rate }: the share of prices drawn beside levels of eight indices that held when they were first tested (see the page on levels). It is of the method, not of this day.
basis-own = Of the instrument's own history, what was known on the day: { $rate } of { $starts } first tests of a level as far off up to { $last }, which are { $windows } independent windows.
basis-beside = { $study } { $own }
basis-history = Base rate { $rate }: so often the same came true after a close of the instrument's own, its level moved along with it. { $starts } closes up to { $last }, which are { $windows } independent windows.
basis-poor = No base rate is printed: the instrument's own history to { $last } has { $starts } starts, which are { $windows } independent windows, fewer than ten.
awaits = Awaited: { $what }.
not-so = Not so: { $sentence }
sentence = { $name }: { $said }.
rank = rank
events = events
true = true
expected = expected
surprise = surprise
interval = 95%
together = all
too-few = too few
rules = Expected: the sum of base rates, what anybody would have got right who said the same. Surprise: the mean of what happened (1 or 0) less its base rate. Ranked are sources with { $least } decided events on { $days } dates at least; calls of one event count as one.
needed = An edge of ten points is seen where the 95% interval (two-sided) of the mean surprise leaves out zero. That takes about { $half } independent calls at a base rate of one half{ $rates ->
    [some] , and about { $needed } at the base rates of these
   *[none] { "" }
  }, for an edge that is there to be seen in half of the cases; for four of five cases it takes { $mostly }.
chance-of = Of { $rated } decided calls with a base rate { $true } came true, { $expected } were to be expected (mean surprise { $surprise }). So many or { $side ->
    [fewer] fewer
   *[more] more
  } come by chance in { $percent }% of cases.
poor = { $poor } { $poor ->
    [one] base rate in the sums rests on fewer than ten independent windows and is not printed by itself.
   *[other] base rates in the sums rest on fewer than ten independent windows and are not printed by themselves.
  }
head = Call { $id } by { $who }, made on { $day }
words = "{ $quote }" ({ $article })
says = { $subject }, { $call }. Due { $due }.
outcome = Outcome: { $came }, { $day }
row-day = day
row-field = field
row-value = value
left = Not filed: "{ $quote }" ({ $who }): { $why }
page-title = Who was right more often than chance
page-lead = Calls of named people and houses as of { $day }: what they said of prices, how likely it was on the day, and what came.
page-by = By { $software }; data versions { $versions }.
language = English
person = { $name } ({ $house })
