relative_return = 相對回報
    .definition = 同一起止日之間，區間回報減去基準的回報，以百分點計（by=difference），或兩者的增長之比（ratio）。沒有指明基準時，取籃子自定的基準或所在市場的指數；基準以另一貨幣計價時按已有的每日匯率換算。
lead_lag = 領先或落後
    .definition = 一項資產的每日升跌領先另一項多少個交易日（負數為落後）。除非最大的相關系數既高於同日的相關系數，又高於按所試各滯後期調整後偶然二十次才有一次的水平，否則為0，即沒有領先或落後。
other-instrument = { $name }
no-instrument = 另一項資產
relative_return-said = { $period }{ $by ->
    [ratio] 按比值
   *[difference] { "" }
  }{ $way ->
    [up] 跑贏
   *[down] 跑輸
  }{ $benchmark }{ $value }
lead_lag-said = { $window }內{ $way ->
    [ahead] 領先{ $other }{ $value }
    [behind] 落後{ $other }{ $value }
   *[none] 既不領先也不落後於{ $other }
  }
