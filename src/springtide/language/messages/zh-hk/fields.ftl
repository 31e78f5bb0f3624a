# 數據項目的名稱。沒有譯名的照原名。
name = { $field ->
    [open] 開市價
    [high] 最高價
    [low] 最低價
    [close] 收市價
    [volume] 成交股數
    [BSADF-statistic] BSADF統計量
    [critical-value] 臨界值
    [p-value] p值
    [statistic-where-the-run-began] 爆炸性階段開始時的統計量
    [statistic-where-the-run-was-confirmed] 爆炸性階段獲確認時的統計量
    [change-taken-as-real] 視為真實的升跌幅
   *[other] { $name }
  }
