# Which data would be needed and are not there: part of a sentence.
none-on = no { $field } of { $subject } on { $day }
none-before = no { $field } of { $subject } before { $day }
no-price = closes above zero of { $subject } by { $day }
no-bars = no bars of { $subject }
after = { $day } is after { $today }
above-zero-not-as = closes above zero of { $subject }, not as on { $day }
above-zero = closes above zero of { $subject } from { $first } to { $last }
all-equal = closes of { $subject } that vary between { $first } and { $last }
none-varies-before = closes of { $subject } that vary before { $day }
too-few = { $needed } sessions of { $field } of { $subject } up to { $day } are needed, { $held } are there
no-session = no session of { $subject } between { $first } and { $last }
gaps = { $counted ->
    [yes] all { $count } sessions
   *[no] every session
  } of { $field } of { $subject } from { $first } to { $last } are needed, { $held } are there
parameter = { $name } { $given } cannot be measured (allowed: { $allowed })
no-turn = monthly closes of { $subject } with a turning point, known months after it, since { $first }
no-move = closes of { $subject } have not moved { $line } from a low or a high since { $first }
# Why closes are not joined with those before a day: what follows that day.
cut = { $why ->
    [gap] , as sessions before it are missing
    [split] , as the share was split then
    [zero] , as the close before it is not above zero
    [scale] , as prices before it are of another scale
   *[first] { "" }
  }
began-before = closes of { $subject } before { $first }{ $cut }: the running phase began before the data do
other-phase = { $subject } is in a { $kind ->
    [bull] bull
   *[bear] bear
  } market by the { $line } convention, since its { $kind ->
    [bull] trough
   *[bear] peak
  } of { $day }
no-turnover = no turnover of { $subject } in { $currency } published for { $day }
no-target = no target price of { $subject } in { $unit } published by { $day }
no-garch = closes of { $subject } before { $day } that a GARCH(1,1) process fits
no-moment = daily bars do not hold the price at a moment within the session
no-inception = the first session of { $subject } is not known
not-back-to = the data of { $subject } do not reach back to { $day }
few-rallies = { $wanted } earlier bull markets of { $whose ->
    [own] { $subject }
   *[peers] peers of { $subject }
  } by the { $line } convention are needed, { $there } are known
no-episode-over = no named episode of { $subject } that was over by { $day } is known
no-episode-dates = the dates of { $names } in { $subject }, from trough to peak: put them in { $file }
episode-not-over = closes of { $subject } by { $day } do not show the peak of { $peak } ({ $name }): none after it lies { $over } below it
no-episode = no episode { $name } is known: put it in { $file }
no-rally-then = a rally of { $subject } that ran on { $day }: by the { $line } convention none did
rally-began-before = closes of { $subject } before { $first }{ $cut }: the rally that ran on { $day } began before the data do
closes-cut = closes of { $subject } after { $day } that go on from it: { $why ->
    [gap] sessions after it are missing
    [split] the share was split then
    [zero] the next is not above zero
   *[scale] prices after it are of another scale
  }
awaited = closes of { $subject } after { $day }: { $why }
top-not-decided = the rally that ran on { $day } has not fallen { $line } from its high of { $high }, nor closed as high later than { $sessions } sessions after { $day }
high-not-decided = { $left ->
    [one] { $left } more session is
   *[other] { $left } more sessions are
  } awaited, as no close since { $day } was above the high of { $high }
move-not-decided = none has been { $move } above or below that of { $day } yet
not-registered = { $subject } is not in the registry of instruments
data-of = data of { $subject } on { $day }
# Published figures.
no-figures = no { $field } of { $subject } is on file { $since ->
    [yes] from { $first } to { $last }
   *[no] by { $last }
  }
only-quoted = { $field } of { $subject } is on file only as quoted: { $figures }
quoted = { $value } { $unit } ({ $source }, { $day })
days = { $field } of { $subject } is missing for { $days }{ $some ->
    [yes] { " " }and { $more } more days
   *[no] { "" }
  }
begins = { $field } of { $subject } begins on { $begins }, the period on { $first }
stale = the last { $field } of { $subject } is of { $last }, older than { $count } { $unit } on { $day }
sessions-unknown = the last { $count } sessions of { $subject } up to { $day } are not known
no-level = { $held ->
    [0] no price
    [one] only { $held } price
   *[other] only { $held } prices
  } { $side ->
    [support] below
   *[resistance] above
  } the close at which it turned before
no-level-near = { $level } is at none of its turns nor at an extreme of the last two sessions: the nearest is { $nearest } of { $day }, { $away } off, and levels can be drawn by other rules
level-passed = the close passed { $level } on the day itself, and the text may have been written before
not-given = { $name } is needed
never-away = closes of { $subject } at least { $away } off { $level }: none is, so that no visit begins
few-tests = { $needed } decided tests of { $subject } at { $level } are needed, { $held } are there
no-such-turn = prices of { $subject } came to { $level }, and by swings of { $line } there is no such turn: other rules may differ
stop-side = entry { $entry } is not between target { $target } and stop { $stop }: the stop stands on the wrong side
not-over = closes up to { $last }: the { $side ->
    [high] highest
   *[low] lowest
  } so far is { $value } of { $day }
no-extremes = highs and lows of { $subject } from { $first } to { $last }
no-net-buying = net buying of { $subject } from { $first } to { $last }: it was selling
ended = { $field } of { $subject } has not been published since { $day }
streak-began = a session of { $subject } of another direction: its run goes back to { $day }, where the data begin
no-limit = a limit of the day that is known for { $subject }
no-part = net buying of { $part } among the parts of { $subject }
no-sector = shares of the sector { $part } among those whose holders are on file by { $day } ({ $subject })
parts = parts that make up net buying of { $subject } within { $limit }, from one source: they add up to { $share } of it
# Opinions of houses, and prices of language models.
no-opinion = no { $field } of { $subject }{ $known ->
    [yes] { " " }from { $house }
   *[no] { "" }
  } published by { $day }
no-opinion-before = no { $field } of { $subject } from { $house } before that of { $day }
opinion-old = the last { $field } of { $subject } from { $house } is of { $last }, more than { $count } days before { $day }
not-on-scale = the word “{ $word }” of { $house } on { $subject } is not on the scale of ratings
few-houses = { $field } of { $subject } from { $needed } houses in the { $count } days up to { $day } is needed, { $held } are there
split-between = { $subject } was split between { $first } and { $last }, and nothing on file says into how many
estimate-not-above-zero = the earlier estimate for { $subject }, of { $day }, is not above zero, or in another unit
no-token-price = no { $field } of { $subject }{ $told ->
    [yes] { " " }in { $unit }
   *[no] { "" }
  } that had begun by { $day }
not-confirmed = the last { $field } of { $subject } was confirmed on { $last }, more than { $count } days before { $day }
no-price-change = no change of price of { $subject } known by { $day }
free-before = { $subject } was free on { $day }: there is no ratio to nothing
no-other-model = the other model that { $subject } is compared with (parameter other), not known: { $other }
not-comparable = prices of { $subject } and { $other } in one currency, neither of them free
inputs-not-given = inputs for { $subject } that have no default: { $names }
one-snapshot = a second snapshot of the holding of { $subject } by { $first }: the only one is of { $day }
# Multiples.
losses = { $field } of { $subject } above zero: that of { $day } is { $value }, which means losses and is no multiple
mostly-losses = { $field } of { $subject } above zero on 95% of the sessions from { $first } to { $last }: { $losses } of { $count } are losses
no-range = multiples of { $subject } that vary before { $day }
benchmark = a benchmark that is known, not { $name }
no-day-in-common = a recent day by { $day } on which { $field } of both { $subject } and { $other } is on file
move-too-small = a move of { $subject } of at least { $least } from { $first } to { $last }: { $move } is too small to divide
monthly-ended = { $field } of { $subject } ended on { $last }, over { $count } months before { $day }
months = { $count } months of { $field } of { $subject } are missing, { $month } the first
no-real-earnings = mean real earnings of { $subject } above zero by { $day }
horizon-open = the horizon ends on { $until }
test-open = the test that began on { $day } has not ended
never-tested = a test of the level by { $subject } up to { $last }
range-before = { $needed } closes of { $subject } up to { $day }: only { $held } are there
restated = closes of { $subject } as they were: that of { $day } was { $was } when the call was filed and is { $now } now
