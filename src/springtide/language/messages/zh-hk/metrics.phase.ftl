phase = 牛熊市
    .definition = 由今輪牛市或熊市的起點（低位或高位）計起的升跌幅。由低位上升達指定幅度即為牛市，直至由高位下跌達指定幅度為止（Lunde與Timmermann，2004），按全部可以銜接的收市價劃分；其中首個階段起點不詳，不予說明。method=turning_points時，由月度收市價的轉折點計起（Pagan與Sossounov，2003），轉折點須數月之後方能得知。

phase_age = 牛熊市已歷時
    .definition = 由今輪牛市起點（低位）計起的交易日數；turn=peak時，由今輪熊市起點（高位）計起。劃分方法與「牛熊市」相同。

phase_pace = 牛熊市的平均速度
    .definition = 由今輪牛市或熊市的起點（低位或高位）計起，每個交易日的幾何平均升跌幅，熊市為負數。

phase-said = 按{ $line }的慣例處於{ $kind ->
    [bull] 牛市
   *[bear] 熊市
  }，自{ $start }{ $kind ->
    [bull] 低位
   *[bear] 高位
  }以來累{ rose }{ $value }
phase-turned = 按月度收市價的轉折點（短暫階段以{ $line }為界）處於{ $kind ->
    [bull] 牛市
   *[bear] 熊市
  }，自{ $start }{ $kind ->
    [bull] 低位
   *[bear] 高位
  }以來累{ rose }{ $value }（自{ $known }起如此劃分）
phase_age-said = 按{ $line }的慣例距上一{ $turn ->
    [trough] 低位
   *[peak] 高位
  }已有{ $value }
phase_pace-said = 按{ $line }的慣例自今輪開始以來每個交易日平均{ rose }{ $value }
