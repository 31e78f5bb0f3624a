breadth_above = 高於平均線的成份佔比
    .definition = 籃子或指數的成份中，收市價高於自身最近若干收市價均值的佔百分之幾。指數的成份取已有的、不早於45天的權重表（pit=true），或已知的最近一份（false）；收市價不足的成份不計入，但數出個數。
breadth_highs = 創新高或新低的成份
    .definition = 籃子或指數的成份中，收市價為自身最近若干收市價最高（或最低）的個數，或其百分比。
advance_decline = 升跌家數
    .definition = 籃子或指數的成份中，當日上升、下跌或無升跌的個數，或上升家數與下跌家數之比。兩個交易日的收市價不全的成份不計入，但數出個數。
breadth_above-said = 有{ $value }的成份股高於各自的{ $window }日移動平均線
breadth_highs-said = 有{ $value }隻成份股創{ $window }個交易日收市新{ $side ->
    [high] 高
   *[low] 低
  }
advance_decline-said = { $count ->
    [advances] 當日有{ $value }隻成份股上升
    [declines] 當日有{ $value }隻成份股下跌
    [unchanged] 當日有{ $value }隻成份股無升跌
   *[ratio] 的成份股中上升家數是下跌家數的{ $value }倍
  }
