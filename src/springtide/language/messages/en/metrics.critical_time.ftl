critical_time = LPPLS critical time
    .definition = If the price follows an LPPLS bubble, when it is most likely to end: the median, or an end of the central 80% interval, of the critical time given the window's closes, in sessions after the as-of date. At that time growth stops speeding up; it need not end in a crash. It says nothing of whether there is a bubble. The likelihood is in the spirit of Filimonov, Demos and Sornette (2017, doi:10.1080/14697688.2016.1276298), with errors that follow an AR(1) process.

bound = { $bound ->
    [median] median
    [earliest] earliest of the 80% interval
   *[latest] latest of the 80% interval
  }
critical_time-said = an LPPLS critical time { $value } ahead ({ bound }, last { $window } sessions, given a bubble)
    .verb = has
interval = an LPPLS critical time { $value } ahead (median, last { $window } sessions, given a bubble), with an 80% interval from { $value_2 } ahead to { $value_3 } ahead
    .verb = has
