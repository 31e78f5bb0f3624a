serving_margin = 推理服務毛利率
    .definition = 按指定成本與負載計，收入扣除推理服務成本後的比例：只是對指定輸入的算術。

break_even_utilisation = 盈虧平衡使用率
    .definition = 指定的推理服務成本與滿載收入之比；高於100%即任何負載均不足。

serving_margin-said = 的推理毛利率為{ $value }
break_even_utilisation-said = 的盈虧平衡使用率為{ $value }{ $reached ->
    [yes] { "" }
   *[no] ，即任何負載均不足
  }
