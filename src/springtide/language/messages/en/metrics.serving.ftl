serving_margin = Margin of serving a model
    .definition = What is left of revenue after stated costs of serving at a stated load: arithmetic on stated inputs.

break_even_utilisation = Load at which serving breaks even
    .definition = Stated costs of serving over revenue at full load; above 100% no load is enough.

serving_margin-said = a serving margin of { $value }
    .verb = has
break_even_utilisation-said = { $reached ->
    [yes] breaks even at { $value } utilisation
   *[no] breaks even at { $value } utilisation, which is at no load
  }
