volatility = 年率化波幅
    .definition = 收市價每日對數變動的樣本標準差，乘以252的平方根。

turnover = 成交額
    .definition = 當日公布的成交金額或成交股數；不會以股價乘成交股數推算。

volatility-said = 近{ $window }個交易日的年率化波動率為{ $value }
    .joint = ，
turnover-said = { $of ->
    [volume] 全日成交股數{ $value }
   *[value] 全日成交額{ $value }
  }
    .joint = ，
