flow_net = Net buying
    .definition = Bought less sold, added up over the sessions of a period.

flow_average = Average daily net buying
    .definition = Net buying over a period for each of its sessions.

flow_ratio = Net buying against another period
    .definition = Net buying of a period, a day on average or in sum, as a multiple of another period's.

flow_net-said = { $basis ->
    [quota] used { $of ->
        [session] { "" }
       *[period] { $period }{ " " }
      }{ $value } of quota net
   *[trades] recorded { $of ->
        [session] { "" }
       *[period] { $period }{ " " }
      }net { $side } of { $value }
  }{ $of ->
    [session] { " " }on the day
   *[period] { "" }
  }
flow_average-said = averaged net { $side } of { $value } { $per ->
    [exchange] a Hong Kong session
    [mainland] a mainland session
   *[own] a session
  } { $period }
flow_ratio-said = { $measure ->
    [sum] bought net { $period } { $value } times the sum
   *[average] averaged { $period } { $value } times the daily net buying
  } of { $against ->
    [previous-year] the year before
    [same-period-last-year] the same period a year before
   *[span] the period before
  }
