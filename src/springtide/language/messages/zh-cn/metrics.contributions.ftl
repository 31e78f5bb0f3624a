contribution = 成分的贡献
    .definition = 区间内一只成分为篮子或指数带来的变动：起点权重乘以其涨跌幅，以百分点或指数点计。篮子按实际持有逐日计算，各成分之和等于整体变动；指数各成分之和须在权重的舍入误差内等于其变动。
implied_weight = 隐含权重
    .definition = 若某成分当日带来这么多点，按其涨跌幅推算它在指数中应有的权重：只是对所述数字的验算，看它是否可能。
one-member = 其中一只成分
contribution-said = { $period }{ $way ->
    [up] 由{ $member }贡献{ $value }
   *[down] 被{ $member }拖累{ $value }
  }
implied_weight-said = 当日若由{ $member }贡献{ $points }，其权重为{ $value }
