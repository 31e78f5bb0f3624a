level_tests = 價位測試次數
    .definition = 價格來到某一價位的次數。收市價距其2%（個股4%）以上之後，價格進入其0.5%（1%）以內為一次測試的開始，下一個距其同樣遠的收市價為結束：回到來時一側為守住，到另一側為突破，此前為未決。給出least時，回答是否至少有這麼多次。

level_record = 價位守住的比例
    .definition = 已有結果的測試中，價格從來時一側離開的比例。單憑隨機漫步亦有六成左右。

level_broken = 價位突破
    .definition = 自某日以來是否有收市價（by=intraday時為最高價或最低價）越過某一價位；沒有給出日期時為近五個交易日。

level_tests-said = { $period }曾{ $side ->
    [below] 自下方
    [above] 自上方
   *[any] { "" }
  }{ $value }次測試{ $level }
level_record-said = { $period }對{ $level }的測試中守住的佔{ $value }
level_broken-said = { $period }{ $by ->
    [close] { "" }
   *[intraday] 即市
  }已{ $way ->
    [up] 升穿
    [down] 跌穿
   *[any] 越過
  }{ $level }
