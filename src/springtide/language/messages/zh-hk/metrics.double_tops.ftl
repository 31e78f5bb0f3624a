double_top = 雙頂
    .definition = 相距22至130個交易日的兩個波段高位，各在其平均值的1.5%以內，其間沒有更高的價格，且有至少低5%的低位（頸線）。第二個高位經5%（個股8%）回落確認時形成；completed還要求收市價跌穿頸線。給出level時，須在該價位的0.5%（1%）以內；tops=single時一個波段高位即可。

double_bottom = 雙底
    .definition = 雙頂的倒置：同一高度的兩個波段低位，其間有一個高位。

risk_reward = 風險回報比
    .definition = 由入市價至目標價的盈利與由入市價至止蝕價的虧損之比。依據中列出打和所需的勝率。

double_top-said = 按{ $line }的波段已{ $completed ->
    [yes] 完成
   *[no] 形成
  }{ $kind ->
    [top] 雙頂
   *[bottom] 雙底
  }
risk_reward-said = { $at ->
    [stated] 由{ $entry }
   *[close] 以收市價入市
  }、目標{ $target }、止蝕{ $stop }的風險回報比為{ $value }倍
