high_low_record = 高位或低位紀錄
    .definition = 當日價格是否高於（低於）回顧期內之前的所有價格。以周、月、年計的時段容許短5%；「新高」而沒有寫明時段者，按52周計；「逼近」指當日或前一個交易日相差不超過2%。歷史高位須有自上市首日起的數據。

high_low_record-said = { $near ->
    [yes] 逼近
   *[no] 創
  }{ $lookback ->
    [all] 有史以來
    [last] { $value }來
   *[since] { $period }
  }{ $basis ->
    [close] 收市
   *[intraday] 即市
  }{ $side ->
    [high] 高位
   *[low] 低位
  }
