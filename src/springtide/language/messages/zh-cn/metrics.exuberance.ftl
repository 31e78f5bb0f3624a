exuberance = 爆炸性行为
    .definition = 截至当日的对数收盘价是否比随机游走更快地偏离过去：当日的后向SADF统计量高于临界值（Phillips、Shi与Yu，2015）。在95%水平下，随机游走也有5%的交易日会如此。null=wild时，临界值取自该序列本身的野自助法，保留其波动率变化（Harvey等，2016）。急跌同样可能触发；它不说明价格应为多少。

exuberance_duration = 爆炸性行为的持续时间
    .definition = 截至当日，后向SADF统计量连续高于临界值的交易日数；当日未高于时为0。每个交易日只用截至该日的收盘价判断，因此起点是当时即可得知的首个交易日（Phillips、Shi与Yu，2015）。短于窗口交易日数之对数的，无法与短暂异动区分。

exuberance_statistic = PSY统计量
    .definition = 当日对数收盘价的后向SADF统计量：在最能说明问题的窗口上，价格偏离过去的强度；不使用之后的数据（Phillips、Shi与Yu，2015）。

exuberance_p_value = PSY检验p值
    .definition = PSY统计量的误报率：在同一位置上统计量同样大的模拟随机游走（null=wild时为野自助抽样）所占的比例。它不是“没有泡沫”的概率。

sample = { $window }个交易日、滞后{ $lag }阶{ $null ->
    [wild] 、野自助法
   *[random_walk] { "" }
  }
explosive = 按PSY检验（{ sample }、{ $level }水平）呈现爆炸性行为
heading = { $way ->
    [up] { "" }，方向向上
    [down] { "" }，方向向下
   *[none] { "" }
  }
exuberance-said = { explosive }{ heading }
exuberance_duration-said = 高于PSY临界值至今已持续{ $value }（{ sample }、{ $level }水平）
exuberance_statistic-said = 的PSY统计量为{ $value }（{ sample }）
exuberance_p_value-said = 的PSY检验p值为{ $value }（{ sample }）
run = { explosive }，至今已持续{ $value_2 }{ heading }
figures = 的PSY统计量为{ $value }（{ sample }），p值为{ $value_2 }，即{ $null ->
    [wild] 自助抽样中达到它的占比
   *[random_walk] 随机游走中达到它的占比
  }
