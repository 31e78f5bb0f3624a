exuberance = Explosive behaviour
    .definition = Whether log closes up to the as-of date grow away from their past faster than a random walk would: the backward SADF statistic of that session stands above its critical value (Phillips, Shi and Yu 2015, doi:10.1111/iere.12132). A random walk does so on 5% of sessions at the 95% level. With null=wild the critical value comes from the wild bootstrap of the series itself, which keeps its changing volatility (Harvey, Leybourne, Sollis and Taylor 2016, doi:10.1016/j.jempfin.2015.09.002). A steep fall can set it off too; it says nothing of what a price should be.

exuberance_duration = Length of the explosive run
    .definition = On how many sessions in a row, up to the as-of date, the backward SADF statistic has stood above its critical value; 0 where it does not today. Each session is judged by closes up to that session, so the run begins on the first session that could have been known then (Phillips, Shi and Yu 2015, doi:10.1111/iere.12132). A run shorter than the logarithm of the window's sessions cannot be told from a short flare-up.

exuberance_statistic = PSY statistic
    .definition = The backward SADF statistic of log closes on the as-of date: how strongly the price grows away from its past over the window that shows it most. It uses nothing later (Phillips, Shi and Yu 2015, doi:10.1111/iere.12132).

exuberance_p_value = PSY p-value
    .definition = The false-alarm rate of the PSY statistic: the share of simulated random walks (with null=wild, of wild bootstrap draws) whose statistic at the same place is as large. It is not the probability that there is no bubble.

sample = over { $window } sessions with lag { $lag }{ $null ->
    [wild] { " " }by the wild bootstrap
   *[random_walk] { "" }
  }
explosive = explosive behaviour by the PSY test { sample } at the { $level } level
heading = { $way ->
    [up] { "" }, on the way up
    [down] { "" }, on the way down
   *[none] { "" }
  }
exuberance-said = { explosive }{ heading }
    .verb = shows
exuberance_duration-said = a run of { $value } above the PSY critical value ({ sample } at the { $level } level)
    .verb = has
exuberance_statistic-said = a PSY statistic of { $value } { sample }
    .verb = has
exuberance_p_value-said = a PSY p-value of { $value } { sample }
    .verb = has
run = { explosive }, in a run of { $value_2 } so far{ heading }
    .verb = shows
figures = a PSY statistic of { $value } { sample } and a p-value of { $value_2 }, the share of { $null ->
    [wild] its bootstrap draws
   *[random_walk] random walks
  } that reach it
    .verb = has
