high_low_record = 阶段新高或新低
    .definition = 当日价格是否高于（低于）此前回溯期内的所有价格。以周、月、年计的跨度容许短5%；未写明跨度的“新高”按52周计；“逼近”指当日或前一交易日相差不超过2%。历史新高须有自上市首日起的数据。

high_low_record-said = { $near ->
    [yes] 逼近
   *[no] 创下
  }{ $lookback ->
    [all] 有史以来
    [last] { $value }来
   *[since] { $period }
  }{ $basis ->
    [close] 收盘
   *[intraday] 盘中
  }{ $side ->
    [high] 最高
   *[low] 最低
  }
