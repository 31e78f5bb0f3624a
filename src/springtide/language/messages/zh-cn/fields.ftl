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
   *[other] { $name }
  }
