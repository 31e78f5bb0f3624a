drawdown = 回撤
    .definition = 收盘价相对区间（含当日）最高收盘价的跌幅：创新高时为零。basis=intraday时以盘中最高价计；of=deepest时为期内最深的一次。历史最高需要自首个交易日起的数据。

drawdown-said = 较{ $period }最{ $basis ->
    [close] 高收盘价
   *[intraday] 高价
  }低{ $value }
drawdown-deepest = { $period }最大回撤为{ $value }
