# A measured value with its evidence, for the terminal.
heading = { $metric } of { $subject } as of { $day }
value = { $number } { $unit }
millions = { $number } { $unit } million
not-enough = not enough information: { $why }
formula = formula: { $formula }
subject = subject
field = field
date = date
figure = value
source = source
first = first
last = last
rows = rows
missing = missing
digest = digest
hindsight = chosen with hindsight: the members of { $subject } were chosen on { $day }
