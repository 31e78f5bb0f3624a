phase = 牛熊阶段
    .definition = 自本阶段起点（低点或高点）以来的涨跌幅。自低点上涨达到阈值即为牛市，直至自高点下跌达到阈值为止（Lunde与Timmermann，2004），以全部可以连接的收盘价划分；其中第一个阶段起点未知，不予说明。method=turning_points时，自月度收盘价的转折点起算（Pagan与Sossounov，2003），转折点须数月之后方能得知。

phase_age = 牛熊阶段已持续时间
    .definition = 自本轮牛市起点（低点）以来的交易日数；turn=peak时为自本轮熊市起点（高点）以来的交易日数。划分方法同“牛熊阶段”。

phase_pace = 牛熊阶段的平均速度
    .definition = 自本阶段起点（低点或高点）以来每个交易日的几何平均涨跌幅，熊市为负。

phase-said = 按{ $line }的惯例处于{ $kind ->
    [bull] 牛市
   *[bear] 熊市
  }，自{ $start }{ $kind ->
    [bull] 低点
   *[bear] 高点
  }以来{ rose }{ $value }
phase-turned = 按月度收盘价的转折点（短暂阶段以{ $line }为界）处于{ $kind ->
    [bull] 牛市
   *[bear] 熊市
  }，自{ $start }{ $kind ->
    [bull] 低点
   *[bear] 高点
  }以来{ rose }{ $value }（自{ $known }起如此划分）
phase_age-said = 按{ $line }的惯例距上一{ $turn ->
    [trough] 低点
   *[peak] 高点
  }已有{ $value }
phase_pace-said = 按{ $line }的惯例自本阶段开始以来每个交易日平均{ rose }{ $value }
