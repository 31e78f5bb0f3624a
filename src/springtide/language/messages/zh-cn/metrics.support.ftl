support_level = 支撑位
    .definition = 收盘价下方最近的一个价格转折处：近250个交易日内经5%（个股8%）反向波动确认的波段高点或低点；相距1%以内的波段合为一个价位，取最近一次的价格；收盘价下方的波段高点也算支撑。给出level时，回答该价位是否为支撑：其0.25%以内有波段高低点或最近两个交易日的高低点为是，高于最近两个收盘价为否。价位只说明价格曾在此转折，不说明还会在此转折。

resistance_level = 阻力位
    .definition = 收盘价上方最近的一个价格转折处，定义与支撑位相同，方向相反。

support_level-said = { $rank ->
    [1] 最近
    [2] 第二
    [3] 第三
    [4] 第四
   *[other] 第五
  }{ $side ->
    [support] 支撑位
   *[resistance] 阻力位
  }在{ $value }（{ $whole ->
    [yes] { "" }
   *[no] 近{ $lookback }
  }{ $line }波段）
support_level-named = 的{ $side ->
    [support] 支撑位
   *[resistance] 阻力位
  }为{ $value }
