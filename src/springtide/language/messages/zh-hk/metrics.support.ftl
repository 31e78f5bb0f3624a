support_level = 支持位
    .definition = 收市價下方最近的一個價格轉折處：近250個交易日內經5%（個股8%）反向波幅確認的波段高位或低位；相距1%以內的波段合為一個價位，取最近一次的價格；收市價下方的波段高位亦算支持。給出level時，回答該價位是否支持位：其0.25%以內有波段高低位或最近兩個交易日的高低位為是，高於最近兩個收市價為否。價位只說明價格曾在此轉折，並不說明還會在此轉折。

resistance_level = 阻力位
    .definition = 收市價上方最近的一個價格轉折處，定義與支持位相同，方向相反。

support_level-said = { $rank ->
    [1] 最近
    [2] 第二
    [3] 第三
    [4] 第四
   *[other] 第五
  }{ $side ->
    [support] 支持位
   *[resistance] 阻力位
  }在{ $value }（{ $whole ->
    [yes] { "" }
   *[no] 近{ $lookback }
  }{ $line }波段）
support_level-named = 的{ $side ->
    [support] 支持位
   *[resistance] 阻力位
  }為{ $value }
