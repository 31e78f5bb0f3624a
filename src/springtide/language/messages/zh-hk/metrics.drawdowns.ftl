drawdown = 由高位回落幅度
    .definition = 收市價與期內（包括當日）最高收市價相比的跌幅：創新高當日為零。

drawdown-said = 較{ $period }最高收市價低{ $value }
