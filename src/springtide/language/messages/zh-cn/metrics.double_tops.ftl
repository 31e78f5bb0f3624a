double_top = 双顶
    .definition = 相距22至130个交易日的两个波段高点，各在其均值的1.5%以内，其间没有更高的价格，且有至少低5%的低点（颈线）。第二个高点经5%（个股8%）回落确认时形成；completed还要求收盘价跌破颈线。给出level时，须在该价位的0.5%（1%）以内；tops=single时一个波段高点即可。

double_bottom = 双底
    .definition = 双顶的倒置：同一高度的两个波段低点，其间有一个高点。

risk_reward = 风险回报比
    .definition = 自入场价至目标价的盈利与自入场价至止损价的亏损之比。依据中列出达到盈亏平衡所需的胜率。

double_top-said = 按{ $line }的波段已{ $completed ->
    [yes] 完成
   *[no] 形成
  }{ $kind ->
    [top] 双顶
   *[bottom] 双底
  }
risk_reward-said = { $at ->
    [stated] 自{ $entry }
   *[close] 以收盘价入场
  }、目标{ $target }、止损{ $stop }的风险回报比为{ $value }倍
