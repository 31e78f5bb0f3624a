serving_margin = 推理服务毛利率
    .definition = 按给定成本与负载计，收入扣除推理服务成本后的比例：只是对给定输入的算术。

break_even_utilisation = 盈亏平衡利用率
    .definition = 给定的推理服务成本与满载收入之比；高于100%即任何负载均不足。

serving_margin-said = 的推理毛利率为{ $value }
break_even_utilisation-said = 的盈亏平衡利用率为{ $value }{ $reached ->
    [yes] { "" }
   *[no] ，即任何负载均不足
  }
