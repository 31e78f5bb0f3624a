# Numbers: how each was read, and why.

# What a number can be.
measure = { $measure ->
    [price_change] price change
    [price_level] price level
    [record] record high or low
    [streak] streak
    [valuation] valuation
    [flow] flow of money
    [turnover] turnover
    [market_cap] market value
    [target_price] target price
    [rating] rating
    [implied_move] move to a target
    [technical] technical indicator
    [level] support, resistance or other bound
    [breadth] number of risers or fallers
    [bond_yield] bond yield
    [fx] exchange rate
    [fundamental] figure of a company
    [fundamental_growth] growth of a company's figure
    [macro] figure of an economy
    [macro_growth] growth of an economy's figure
    [holding] holding
    [probability] probability
   *[other] other quantity
  }
why = { $why ->
    [date] a date
    [time] a time of day
    [ticker] a code
    [name] part of a name
    [version] a version or model
    [id] an identifying number
    [count-of-text] a count of parts of the text
    [page] part of the page, not of the text
   *[other] something else that claims nothing
  }
whys = { $why ->
    [date] dates
    [time] times of day
    [ticker] codes
    [name] parts of names
    [version] versions
    [id] identifiers
    [count-of-text] counts of the text
    [page] parts of the page
   *[other] others
  }

# When and how it is said.
direction = { $direction ->
    [up] up
   *[down] down
  }
modality = { $modality ->
    [stated] as a fact
    [forecast] as a forecast
    [conditional] on a condition
    [generic] as a rule
   *[hypothetical] as a supposition
  }
period = { $period ->
    [day] one day
    [session] one session
    [week] week
    [month] month
    [quarter] quarter
    [year] year
    [ytd] year to date
    [last] a number of days, weeks, ... back
    [since] since a day
    [span] from one day to another
    [yoy] against a year earlier
    [qoq] against the quarter before
    [mom] against the month before
   *[none] none
  }
basis = { $basis ->
    [close] close
    [open] open
    [high] high
    [low] low
    [live] running session
    [premarket] before the session
    [afterhours] after the session
   *[na] does not apply
  }
stretch = { $kind } ({ $first } to { $last })
stretch-from = { $kind } (from { $first })
stretch-to = { $kind } (to { $last })
day = { $day }

# The report: how many, and which are no claims.
count = Numbers: { $all } read, { $claims } claims ({ $measured } checked), { $none } no claims
counted = { $count } ({ $groups })
group = { $why } { $count }
comma = { ", " }
measure-of = { $measure } of { $subject }
texts = { $words }: { $texts }
claiming-nothing = Numbers that claim nothing
not-measured = Claims that nothing here measures

# Why a number was read so.
slot = { $slot ->
    [kind] what it is
    [direction] direction
    [subject] whose
    [modality] how it is said
    [period] over what
    [day] of which day
   *[basis] of what price
  }
slot-head = Slot
candidate = Candidate
words = In the text
score = Score
marked = Read so
by-rule = by rule
at = { $text } at { $start }
is-none = No claim: it is { $why }.
is-unmeasured = A claim that nothing here measures: { $what }.
is-measured = A claim, checked as { $metric } of { $subject } on { $day }: { $label }. { $reason }.
others = Other admissible readings: { $ways }.
no-others = No other reading is admissible.
