drawdown = 由高位回落幅度
    .definition = 收市價與期內（包括當日）最高收市價相比的跌幅：創新高當日為零。basis=intraday時以即市最高價計；of=deepest時為期內最深的一次。歷史最高需要由首個交易日起的數據。

drawdown-said = 較{ $period }最{ $basis ->
    [close] 高收市價
   *[intraday] 高價
  }低{ $value }
drawdown-deepest = { $period }最大回撤為{ $value }
