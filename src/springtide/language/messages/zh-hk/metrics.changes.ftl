pct_change = 單日升跌幅
    .definition = 當日價格與上一個交易日收市價相比的變動。

period_return = 期內升跌幅
    .definition = 期末價格與起點相比的變動：起點為期間之前最後一個收市價，或所指的低位、高位。

rose = { $way ->
    [up] 升
   *[down] 跌
  }
opened = { $way ->
    [up] 高開
   *[down] 低開
  }
pct_change-said = { $price ->
    [close] 全日{ rose }{ $value }
    [open] { opened }{ $value }
   *[extreme] 即市一度{ rose }{ $value }
  }
period_return-said = { $period }累{ rose }{ $value }
