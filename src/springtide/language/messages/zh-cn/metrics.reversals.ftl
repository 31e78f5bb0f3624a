reversal = 盘中反转
    .definition = 盘中曾高于前收盘价而收盘低于前收盘价（反向则为探底回升）。

reversal-said = { $turn ->
    [down] 冲高回落，收盘转跌
   *[up] 探底回升，收盘转涨
  }
