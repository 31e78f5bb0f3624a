# A check: why a verdict, what is nearest to be true, and the words of its report.

# Why.
live = stated of a moment within the session or outside it, which daily bars do not hold
no-target = a move to come, and the text gives no target that it would lead to
whose = the text does not say whose it is; of the last house on file: { $reason }
how-near = not within 2%, and not far either: how near is near is a matter of words; { $reason }
since-when = the text does not say since when; over 52 weeks { $reason }
context = { $reason }; for context, and not as a check: { $figures }
context-now = trailing P/E { $value } ({ $day })
context-mean = trailing { $value } / { $mean } (mean { $period }) = { $change }
context-ratio = the text's own { $value } / { $mean } = { $change }
only-quoted = on file only as quoted: { $figures }
other-unit = stated in { $stated }, the data are in { $measured }
so = { $yes ->
    [yes] so it is on { $day }
   *[no] not so on { $day }
  }{ $known ->
    [yes] : { $figures }
   *[no] { "" }
  }
converted = that is { $known ->
    [yes] { $low } at { $rate } { $quote } a { $base } ({ $source }, { $day })
   *[no] { $low } to { $high } at { $rate } to { $top } { $quote } a { $base } ({ $source })
  }
per-own = per session of its own
per-exchange = per Hong Kong session
per-mainland = per mainland session
figure = { $field } { $value } ({ $day })
# Between two figures, and between two reasons.
semicolon = { "; " }
measured = { $metric } { $value } on { $day }
cut = { $reason }: the digits are cut off, not rounded
rounding = { $reason }: the difference is less than one unit of the last digit
vendor = { $reason }: vendors differ by as much
adjusted = { $reason }; these prices are, or may be, adjusted for dividends, so that levels of the past are not what was quoted
dividends = { $reason }; these prices are adjusted for dividends, which may explain the difference
contract = { $reason }; contracts and vendors differ, so that this refutes nothing
reached = { $reason }; the session went further than was stated, before or after the text was written
direction = { $reason }; the size agrees and the direction may have been read wrongly
doubt = { $known ->
    [yes] can be read as: { $ways }
   *[no] what the sentence speaks of is not certain
  }; read as first thought: { $reason }
own-numbers = The text's own numbers give { $formula } = { $value }

# In what one reading differs from another.
of = of { $subject }
as-of = as of { $day }
one-session = over one session
by-close = by the close
by-high = by the session's high
by-low = by the session's low
by-open = by the open
by-last = at a moment within the session
by-intraday = by prices within the session
from-intraday = from the price within the session
lately = in one of the last { $count } sessions
start = start { $price }
other-way = in the other direction
single = a single turn instead of two
since-year-low = since the low of the year
since-year-high = since the high of the year
since-year-start = since the start of the year
since-low = since the low of 250 sessions
period = { $period }

# The report.
heading = Checked: { $name }
data-as-of = Data as of { $day }
made-by = Checked by { $software }
article = Article
claims = Claims
filter = Show claims by verdict
none = No checkable claim was found in this text.
quote = Quote
metric = Metric
stated = Stated
result = Measured
verdict = Verdict
subject = About
stretch = Period
said-by = Said by
why = Why
nearest = Nearest true reading
evidence = Evidence
instead = Say instead
copy = Copy
copied = Copied
numbers = numbers without a verdict
told = { $name }: { $words }
locate = Show in the text
explanation = { $reason }. Measured: { $measured }.
hindsight = { $reason }; the members of { $subject } were chosen with hindsight, on { $day }
implied-weight = { $reason }; by the points stated { $member } would have a weight of { $weight } in { $subject }, which is arithmetic and no proof
