flow_streak = 连续净买入的交易日数
    .definition = 截至当日连续净买入（或净卖出）的交易日数。

flow_record = 若干时间以来最大的净买入
    .definition = 回溯期内是否没有一个交易日的净买入（或净卖出）达到当日的规模。

flow_share = 净买入额占比
    .definition = 某一部分（如行业）的净买入额占全部的比例。

flow_streak-said = 连续{ $value }{ $side ->
    [selling] 净卖出
   *[buying] 净买入
  }
flow_record-said = 录得{ $lookback ->
    [last] { $value }来
    [all] 有史以来
   *[since] { $period }
  }最大单日{ $side ->
    [selling] 净卖出
   *[buying] 净买入
  }
flow_share-said = { $period }的{ $part }股占其净买入额的{ $value }
