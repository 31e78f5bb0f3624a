# 估值倍數及其名稱。
multiple-name = { $field ->
    [trailing_pe] 往績市盈率
    [static_pe] 靜態市盈率
    [forward_pe] 預測市盈率
    [price_to_book] 市賬率
    [price_to_sales] 市銷率
    [ev_ebitda] EV/EBITDA
    [dividend_yield] 股息率
   *[earnings_yield] 盈利收益率
  }

valuation_multiple = 估值倍數
    .definition = 截至當日最近公布的估值倍數；如無註明，為股價相對過去十二個月盈利的倍數。

valuation_average = 平均估值
    .definition = 一段時期各交易日估值倍數的平均，虧損的交易日不計入並另行計數。

valuation_percentile = 估值百分位
    .definition = 估值在一段時期中的位置：按排名，為估值更低的交易日所佔比例；按區間，為在最低與最高之間的位置。

valuation_gap = 估值差距
    .definition = 估值相對其一段時期的平均值或最高值，或相對基準的估值。

relative_valuation = 相對估值
    .definition = 同一天的估值與基準估值之比。

rerating_share = 估值變化的貢獻
    .definition = 價格升跌（以對數計）中有多少來自估值倍數的變化，有多少來自其隱含盈利的變化。

cape = 周期調整市盈率
    .definition = 實質價格與120個月實質盈利平均值之比（CAPE）。

excess_yield = 超額CAPE收益率
    .definition = CAPE對應的盈利收益率，高出十年期國債孳息率（扣除過去十年的年均通脹）的部分。

valuation_multiple-said = { $field }為{ $value }
valuation_average-said = { $period }的{ $field }{ $statistic ->
    [mean] 平均值
    [median] 中位數
   *[harmonic] 調和平均值
  }為{ $value }
valuation_percentile-said = { $field }處於{ $period }{ $by ->
    [rank] { $value }百分位
   *[range] 區間的{ $value }位置
  }
valuation_gap-said = { $field }較{ $against ->
    [average] { $period }的平均值
    [peak] { $period }的最高值
   *[benchmark] { $benchmark }
  }{ $side ->
    [above] 高
   *[below] 低
  }{ $value }
relative_valuation-said = { $field }為{ $benchmark }的{ $value }
rerating_share-said = { $period }的升跌中有{ $value }來自{ $part ->
    [multiple] { $field }的變化
   *[earnings] { $field }隱含盈利的變化
  }
cape-said = 周期調整市盈率為{ $value }
excess_yield-said = 超額CAPE收益率為{ $value }
