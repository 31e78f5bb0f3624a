# Which data would be needed and are not there: part of a sentence.
# Of baskets, of members, and against a benchmark.
no-base = closes of the members of { $subject } on { $day }, its base
rates = { $subject } is in { $currency }: daily rates of { $currency } in { $wanted } are needed
member-close = no close of { $subject }, a member of { $basket }, within { $sessions } sessions up to { $day }
member-cut = closes of { $subject }, a member of { $basket }, that go on from those before { $day }{ $cut }
cap = a figure { $field } of { $subject } of the { $days } days up to { $day }
parameter-needed = the parameter { $name }: with what or whom { $subject } is to be compared
itself = another instrument than { $subject } as { $name }
too-few-common = { $needed } sessions on which both { $subject } and { $other } have a close up to { $day } are needed, { $held } are there
no-members = members of { $subject } on { $day }
no-list = a list of the members of { $subject } with their weights { $age ->
    [young] of the { $days } days up to { $day }
   *[any] of { $day } or before
  }
few-members = { $needed } members of { $subject } are needed, { $held } are there
no-member-close = closes of members of { $subject } on { $day }
no-member-close-before = closes of members of { $subject } on the session before { $day }
members-counted = enough closes up to { $day } of { $needed } of the { $total } members of { $subject } are needed, { $held } have them
none-fell = a member of { $subject } that fell on { $day }
no-member = { $subject } is no member of { $of }
no-change = closes of { $subject } that differ on { $day } and the session before
contributions = weights of { $subject } that hold from { $first } to { $last }: its members' contributions add up to { $sum }, and it moved { $whole }
