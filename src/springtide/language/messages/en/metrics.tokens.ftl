token_price = Token price
    .definition = The price of a million tokens of a language model, input, output or cached input, in force on the day (UTC).

token_price_blend = Blended token price
    .definition = The price of a million tokens of a stated workload: three of input for one of output, nothing from the cache, unless said otherwise.

token_price_change = Change of the token price
    .definition = The blended price at the end of a period against that at its start; at the last change where no period is given.

token_price_cuts = Token price cuts
    .definition = How many changes of the blended price were cuts of more than 1%; rises are counted apart.

token_price_ratio = Token price against another model
    .definition = The blended price of one model over that of another, same currency and day.

token_price-said = { $which ->
    [previous] previously cost
   *[latest] costs
  } { $value } per million { $side ->
    [input] input
    [cached] cached input
   *[output] output
  } tokens
token_price_blend-said = a blended token price of { $value } per million (input to output { $input }:{ $output })
    .verb = has
token_price_change-said = { $way ->
    [up] raised
   *[down] cut
  } its API prices by { $value }
    .verb = has
token_price_cuts-said = seen { $value } token price { $one ->
    [yes] cut
   *[no] cuts
  }
    .verb = has
token_price_ratio-said = priced at { $value } times the price of { $other }
    .verb = is
