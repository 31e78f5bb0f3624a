volatility = 年化波动率
    .definition = 收盘价日对数变动的样本标准差乘以252的平方根。

turnover = 成交额
    .definition = 当日公布的成交额，或成交股数；不以价格乘成交量推算。

volatility-said = 近{ $window }个交易日的年化波动率为{ $value }
    .joint = ，
turnover-said = { $of ->
    [volume] 成交量{ $value }
   *[value] 成交额{ $value }
  }
    .joint = ，
