rsi = 相對強弱指數（RSI）
    .definition = 韋爾達（Wilder，1978）所創，按平均升幅與平均跌幅之比計算，由0至100；以最多20個窗口的收市價起計，令起點的影響可以不理。

overbought = RSI所處區域
    .definition = RSI是否高於70（超買）或低於30（超賣）。

rsi-said = 的{ $window }天RSI為{ $value }
overbought-said = 處於{ $side ->
    [overbought] 超買
   *[oversold] 超賣
  }區域：{ $window }天RSI{ $side ->
    [overbought] 高於
   *[oversold] 低於
  }{ $line }
