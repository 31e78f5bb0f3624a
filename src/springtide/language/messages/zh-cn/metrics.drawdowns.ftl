drawdown = 回撤
    .definition = 收盘价相对区间（含当日）最高收盘价的跌幅：创新高时为零。

drawdown-said = 较{ $period }最高收盘价低{ $value }
