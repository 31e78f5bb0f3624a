close_above_within = 期限內收於某價位之上
    .definition = 某日之後若干個交易日內（或至某日為止），是否有收市價高於某一價位。截止日休市時，以之前最後一個交易日為準。

close_below_within = 期限內收於某價位之下
    .definition = 某日之後若干個交易日內（或至某日為止），是否有收市價低於某一價位。

ceiling_holds = 上限守住
    .definition = 某日之後若干個交易日內（或至某日為止），是否沒有任何收市價高於某一價位。

floor_holds = 下限守住
    .definition = 某日之後若干個交易日內（或至某日為止），是否沒有任何收市價低於某一價位。

level_holds = 價位守住
    .definition = 某日之後若干個交易日內開始的第一次測試，是否以回到來時一側告終（參見「價位測試次數」）。沒有測試則沒有結果。

centre_higher = 區間中軸上移
    .definition = 某日之後若干個交易日收市價高低位的中點，是否高於截至該日同樣多個交易日的中點。

target_met = 目標達到
    .definition = 某日之後若干個交易日內（或至某日為止），是否有收市價達到或越過目標（以該日收市價為起點）；by=end時只看最後一個收市價。

falls_within = 期限內下跌
    .definition = 某日之後若干個交易日內（或至某日為止），是否有收市價較該日收市價低若干百分點以上。

close_above_within-said = { $ends ->
    [sessions] 在{ $since }之後{ $sessions }內
   *[day] { $span }
  }曾有收市價高於{ $value }
close_below_within-said = { $ends ->
    [sessions] 在{ $since }之後{ $sessions }內
   *[day] { $span }
  }曾有收市價低於{ $value }
ceiling_holds-said = { $ends ->
    [sessions] 在{ $since }之後{ $sessions }內
   *[day] { $span }
  }沒有任何收市價高於{ $value }
floor_holds-said = { $ends ->
    [sessions] 在{ $since }之後{ $sessions }內
   *[day] { $span }
  }沒有任何收市價低於{ $value }
level_holds-said = 在{ $since }之後{ $sessions }內首次測試{ $value }時守住
centre_higher-said = 在{ $since }之後{ $sessions }內收市價區間中樞上移
target_met-said = { $ends ->
    [sessions] 在{ $since }之後{ $sessions }內
   *[day] { $span }
  }{ $by ->
    [end] 最終
   *[any] 曾
  }達到{ $value }的目標
falls_within-said = { $ends ->
    [sessions] 在{ $since }之後{ $sessions }內
   *[day] { $span }
  }曾有收市價較該日收市價低{ $value }或以上
