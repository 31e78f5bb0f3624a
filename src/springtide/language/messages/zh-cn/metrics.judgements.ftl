close_above_within = 期限内收于某价位之上
    .definition = 某日之后的若干交易日内（或至某日为止），是否有收盘价高于某一价位。截止日休市时，以之前最后一个交易日为准。

close_below_within = 期限内收于某价位之下
    .definition = 某日之后的若干交易日内（或至某日为止），是否有收盘价低于某一价位。

ceiling_holds = 上限守住
    .definition = 某日之后的若干交易日内（或至某日为止），是否没有任何收盘价高于某一价位。

floor_holds = 下限守住
    .definition = 某日之后的若干交易日内（或至某日为止），是否没有任何收盘价低于某一价位。

level_holds = 价位守住
    .definition = 某日之后的若干交易日内开始的第一次测试，是否以回到来时一侧告终（参见“价位测试次数”）。没有测试则没有结果。

centre_higher = 区间中枢上移
    .definition = 某日之后若干交易日收盘价高低点的中点，是否高于截至该日同样多交易日的中点。

target_met = 目标达到
    .definition = 某日之后的若干交易日内（或至某日为止），是否有收盘价达到或越过目标（以该日收盘价为起点）；by=end时只看最后一个收盘价。

falls_within = 期限内下跌
    .definition = 某日之后的若干交易日内（或至某日为止），是否有收盘价较该日收盘价低若干百分点以上。

close_above_within-said = { $ends ->
    [sessions] 在{ $since }之后{ $sessions }内
   *[day] { $span }
  }曾有收盘价高于{ $value }
close_below_within-said = { $ends ->
    [sessions] 在{ $since }之后{ $sessions }内
   *[day] { $span }
  }曾有收盘价低于{ $value }
ceiling_holds-said = { $ends ->
    [sessions] 在{ $since }之后{ $sessions }内
   *[day] { $span }
  }没有任何收盘价高于{ $value }
floor_holds-said = { $ends ->
    [sessions] 在{ $since }之后{ $sessions }内
   *[day] { $span }
  }没有任何收盘价低于{ $value }
level_holds-said = 在{ $since }之后{ $sessions }内首次测试{ $value }时守住
centre_higher-said = 在{ $since }之后{ $sessions }内收盘价区间中枢上移
target_met-said = { $ends ->
    [sessions] 在{ $since }之后{ $sessions }内
   *[day] { $span }
  }{ $by ->
    [end] 最终
   *[any] 曾
  }达到{ $value }的目标
falls_within-said = { $ends ->
    [sessions] 在{ $since }之后{ $sessions }内
   *[day] { $span }
  }曾有收盘价较该日收盘价低{ $value }或以上
