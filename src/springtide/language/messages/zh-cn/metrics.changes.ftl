pct_change = 当日涨跌幅
    .definition = 当日价格相对上一交易日收盘价的变动。

period_return = 区间涨跌幅
    .definition = 区间末价格相对起点的变动：起点为区间之前最后一个收盘价，或所指的低点、高点。

rose = { $way ->
    [up] 上涨
   *[down] 下跌
  }
opened = { $way ->
    [up] 高开
   *[down] 低开
  }
pct_change-said = { $price ->
    [close] 当日{ rose }{ $value }
    [open] { opened }{ $value }
   *[extreme] 盘中一度{ rose }{ $value }
  }
period_return-said = { $period }累计{ rose }{ $value }
