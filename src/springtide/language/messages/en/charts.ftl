# Charts: titles, notes, what they show in words, and how their axes are written.
fonts = Inter, Segoe UI, Helvetica Neue, Arial, Liberation Sans, sans-serif
colours = green-up
axis-year = { $year }
axis-month = { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
  }
axis-both = { axis-month } { $year }
axis-day = { $day } { axis-month }
price = { $name }: daily close
price-note = { $scale ->
    [log] Log scale ·{ " " }
   *[linear] { "" }
  }{ $unknown ->
    [yes] Not shaded: began before the data ·{ " " }
   *[no] { "" }
  }▲ rising phases · ▼ falling phases · dashed line: { $day }
price-alt = Line chart of the daily close of { $name } from { $first } to { $last }, with rising phases and falling phases shaded in different colours. { $shape }{ $unknown ->
    [yes] { " " }The phase that began before the data is not shaded.
   *[no] { "" }
  }
drawdown = { $name }: drawdown
drawdown-note = Close below its highest so far · dashed line: { $day }
drawdown-alt = Area chart of how far { $name } stood below its highest close so far, from { $first } to { $last }. { $shape }
levels = { $name }: levels and visits to them
levels-note = Dashed: where it turned before · ● held · ■ broken · ◆ open
levels-alt = Line chart of the daily close of { $name } from { $first } to { $last }, with dashed lines at the nearest prices above and below at which it turned, and a mark for each visit to them that says whether it held. { $shape }
rsi = { $name }: RSI
rsi-note = Relative strength index and its usual bounds · { $day }
rsi-alt = Line chart of the relative strength index of { $name } from { $first } to { $last }, with dashed lines at the usual upper and lower bounds. { $shape }
distance = { $name }: distance from averages
distance-note = Close against its moving averages · dashed line: { $day }
distance-alt = Line chart of the distance of { $name } from its moving averages, from { $first } to { $last }, with a line at no distance. { $shape }
# After the number of sessions of an average.
days = -day average
psy = { $name }: PSY test for explosive behaviour
psy-note = Dashed: 95% of random walks stay below · shaded: confirmed episodes
psy-alt = Line chart of the PSY statistic of { $name } from { $first } to { $last }, with the critical values as a dashed line and explosive episodes shaded. { $shape }
confidence = { $name }: LPPLS confidence
confidence-note = { $hill ->
    [yes] Upward bubbles above zero, downward below · hill: when one would end
   *[no] Share of windows shaped like a bubble: up above zero, down below
  }
confidence-alt = Line chart of the daily close of { $name } from { $first } to { $last }, and below it the LPPLS confidence by scale, upward bubbles above a line at zero and downward ones below it. { $shape }{ $hill ->
    [yes] { " " }A hill after the last session says when a bubble would end.
   *[no] { "" }
  }
valuation = { $name }: trailing P/E
valuation-note = Shaded: half of the sessions shown · dashed line across: their median
valuation-alt = Line chart of the trailing P/E of { $name } from { $first } to { $last }, with the median of these sessions as a dashed line and a band that holds half of them. { $shape }
flows = { $name }: net buying
flows-note = Above: running sum · below: by day · dashed: { $day }
flows-alt = Line chart of the sum of net buying of { $name } from { $first } to { $last }, and below it bars of each day, buying above zero and selling below it. { $shape }
scale = { $scale ->
    [short] short scale
    [medium] medium scale
   *[long] long scale
  }
shape = { $third ->
    [top] The line ends in the upper third of what is shown.
    [middle] The line ends in the middle third of what is shown.
   *[bottom] The line ends in the lower third of what is shown.
  }
lifetimes = { $name }: how many rallies outlast this one
lifetimes-note = By sessions from the low, with the month of that age · { $rallies } rallies that are over, { $running } still running · band: 95%
lifetimes-alt = Falling step curve of the share of earlier rallies that lasted longer than so many sessions, with its uncertainty as a band. A dashed line marks the age of the rally of { $name } on { $last }: { $share ->
    [most] most
    [half] about half
   *[few] few
  } of them lasted longer.
age = { $sessions } sessions so far
close = close
below = below the high
outlast = last longer
ratio = ratio
flow-sum = sum
flow-day = net buying
multiple = P/E
unit = { $unit ->
    [points] points
   *[other] { $unit }
  }
front = { $name }: the rally, and what may come
front-note = ▲ rising phases · ▼ falling phases{ $levels ->
    [yes] { " " }· dashed across: where it turned before
   *[no] { "" }
  }{ $fan ->
    [yes] { " " }· after { $day }: { $shares } of simulated paths
   *[no] { "" }
  }{ $top ->
    [yes] { " " }· ◆ the top in the middle case, if still ahead, with 80% intervals
   *[no] { "" }
  }
front-alt = Chart of the daily close of { $name } from { $first } to { $last }, with rising and falling phases shaded{ $levels ->
    [yes] { " " }and dashed lines at the nearest prices at which it turned
   *[no] { "" }
  }. { $fan ->
    [yes] To the right of a dashed line at { $last } lies the range of simulated paths; the middle path ends { $end ->
    [above] above the last close
   *[below] below the last close
  }.
   *[no] { "" }
  }
front-evidence = { $source }; paths: { $method }
of-paths = { $share } of paths
middle-path = middle path
level = { $side ->
    [resistance] resistance { $level }
   *[support] support { $level }
  }
sessions = sessions
all = all
