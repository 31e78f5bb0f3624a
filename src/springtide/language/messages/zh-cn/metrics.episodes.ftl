episode_gain = 历次行情涨幅
    .definition = 涨幅：单次命名行情、或多次行情的平均值，自低点收盘至高点收盘；不指名时取该标的有日期的全部行情。此后出现较高点低20%的收盘价方计入，此前无人能知其已见顶。名称与日期及其来源见行情表，可用设置文件夹中的episodes.toml补充；无人公布日期者（中国股票的4G、5G与云计算行情）不设日期。

episode_days = 历次行情持续时间
    .definition = 交易日数：单次命名行情、或多次行情的平均值，自低点收盘至高点收盘；不指名时取该标的有日期的全部行情。此后出现较高点低20%的收盘价方计入，此前无人能知其已见顶。名称与日期及其来源见行情表，可用设置文件夹中的episodes.toml补充；无人公布日期者（中国股票的4G、5G与云计算行情）不设日期。

where = { $count ->
    [0] 历次行情
    [1] { $names }
   *[other] { $names }（{ $count }轮）
  }
on-average = { $count ->
    [1] { "" }
   *[other] 平均
  }
episode_gain-said = 在{ where }中从低点到高点{ on-average }{ $way ->
    [up] 上涨
   *[down] 下跌
  }{ $value }
episode_days-said = 在{ where }中从低点到高点{ on-average }历时{ $value }
