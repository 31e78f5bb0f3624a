rsi = 相对强弱指数（RSI）
    .definition = 怀尔德（Wilder，1978）的平均涨幅与平均跌幅之比，取值0至100；以至多20个窗口的收盘价起算，使起点影响可以忽略。

overbought = RSI区间
    .definition = RSI是否高于70（超买）或低于30（超卖）。

rsi-said = 的{ $window }日RSI为{ $value }
overbought-said = 处于{ $side ->
    [overbought] 超买
   *[oversold] 超卖
  }区域：{ $window }日RSI{ $side ->
    [overbought] 高于
   *[oversold] 低于
  }{ $line }
