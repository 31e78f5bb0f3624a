# Multiples, and what they are called.
multiple-name = { $field ->
    [trailing_pe] trailing P/E
    [static_pe] static P/E
    [forward_pe] forward P/E
    [price_to_book] price-to-book ratio
    [price_to_sales] price-to-sales ratio
    [ev_ebitda] EV/EBITDA
    [dividend_yield] dividend yield
   *[earnings_yield] earnings yield
  }

valuation_multiple = Valuation multiple
    .definition = The last published multiple by the as-of date: by default price over the earnings of the last twelve months.

valuation_average = Average multiple
    .definition = The average of the multiple over the sessions of a period, sessions of losses left out and counted.

valuation_percentile = Valuation percentile
    .definition = Where the multiple stands among those of a period: by rank, the share of sessions with a lower one; by range, its place between the lowest and the highest.

valuation_gap = Valuation gap
    .definition = The multiple against its mean or its highest of a period, or against that of a benchmark.

relative_valuation = Relative valuation
    .definition = The multiple over that of a benchmark on the same day.

rerating_share = Re-rating share
    .definition = Which part of a move of the price (in logarithms) came from the multiple, and which from the earnings that it implies.

cape = CAPE
    .definition = The cyclically adjusted price-earnings ratio: the real price over the mean real earnings of 120 months.

excess_yield = Excess CAPE yield
    .definition = The earnings yield of CAPE above the ten-year bond yield made real with the inflation of the last ten years.

valuation_multiple-said = a { $field } of { $value }
    .verb = has
valuation_average-said = { $statistic ->
    [mean] a mean
    [median] a median
   *[harmonic] a harmonic mean
  } { $field } of { $value } { $period }
    .verb = has
valuation_percentile-said = a { $field } { $by ->
    [rank] above that of { $value } of sessions { $period }
   *[range] at { $value } of its range { $period }
  }
    .verb = has
valuation_gap-said = a { $field } { $value } { $side ->
    [above] above
   *[below] below
  } { $against ->
    [average] its mean { $period }
    [peak] its peak { $period }
   *[benchmark] that of the { $benchmark }
  }
    .verb = has
relative_valuation-said = a { $field } { $value } that of the { $benchmark }
    .verb = has
rerating_share-said = { $value } of its move { $period } to { $part ->
    [multiple] re-rating by its { $field }
   *[earnings] the earnings in its { $field }
  }
    .verb = owes
cape-said = a CAPE of { $value }
    .verb = has
excess_yield-said = an excess CAPE yield of { $value }
    .verb = has
