no-rally = { $kind ->
    [bear] 正處於熊市，預測只針對升勢
   *[other] 收市價未曾由低位或高位變動20%，未知有升勢進行
  }
not-told = 未說明{ $symbol }是甚麼：springtide import instruments
