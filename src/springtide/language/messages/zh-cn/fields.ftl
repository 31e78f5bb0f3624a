# 数据项的名称。没有译名的照原名。
name = { $field ->
    [open] 开盘价
    [high] 最高价
    [low] 最低价
    [close] 收盘价
    [volume] 成交量
    [BSADF-statistic] BSADF统计量
    [critical-value] 临界值
    [p-value] p值
    [statistic-where-the-run-began] 爆炸性阶段开始时的统计量
    [statistic-where-the-run-was-confirmed] 爆炸性阶段确认时的统计量
    [change-taken-as-real] 视为真实的涨跌幅
    [earlier-rallies] 此前的牛市数
    [windows-fitted] 拟合的窗口数
    [windows-that-qualify] 符合条件的窗口数
    [LPPLS-confidence-in] LPPLS置信度（%）
    [GARCH-1-1-of-markets] GARCH(1,1)，占市场的%
    [GARCH-1-1-at-least] GARCH(1,1)，至少%
    [GARCH-1-1-at-most] GARCH(1,1)，至多%
    [block-bootstrap-of-markets] 分块自助法，占市场的%
    [block-bootstrap-at-least] 分块自助法，至少%
    [block-bootstrap-at-most] 分块自助法，至多%
    [earliest-critical-time-in-sessions] 最早的临界时间（交易日）
    [median-critical-time-in-sessions] 临界时间的中位数（交易日）
    [latest-critical-time-in-sessions] 最晚的临界时间（交易日）
    [probability-in-the-last-twentieth-of-the-admitted-range] 落在所许范围最后二十分之一的概率
    [close-when-it-last-was-true] 最近一次属实时的收盘价
    [prices-within-10-per-cent-that-would-match-too-in-per-cent] 上下10%以内同样吻合的价格占比（%）
    [tests-that-held] 守住的测试
    [tests-decided] 已有结果的测试
    [mean-of-a-random-walk] 随机游走的均值
    [hit-rate-that-breaks-even-in-per-cent] 盈亏平衡所需胜率（%）
    [entry] 入场价
    [target] 目标价
    [stop] 止损价
   *[other] { $name }
  }
