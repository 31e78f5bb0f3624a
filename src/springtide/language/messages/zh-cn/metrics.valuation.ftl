# 估值倍数及其名称。
multiple-name = { $field ->
    [trailing_pe] 滚动市盈率
    [static_pe] 静态市盈率
    [forward_pe] 前瞻市盈率
    [price_to_book] 市净率
    [price_to_sales] 市销率
    [ev_ebitda] EV/EBITDA
    [dividend_yield] 股息率
   *[earnings_yield] 盈利收益率
  }

valuation_multiple = 估值倍数
    .definition = 截至当日最近公布的估值倍数，默认为股价相对过去十二个月盈利的倍数。

valuation_average = 平均估值
    .definition = 一段时期各交易日估值倍数的平均，亏损的交易日不计入并另行计数。

valuation_percentile = 估值分位
    .definition = 估值在一段时期中的位置：按排名，为估值更低的交易日所占比例；按区间，为在最低与最高之间的位置。

valuation_gap = 估值差距
    .definition = 估值相对其一段时期的均值或最高值，或相对基准的估值。

relative_valuation = 相对估值
    .definition = 同一天的估值与基准估值之比。

rerating_share = 估值变化的贡献
    .definition = 价格变动（以对数计）中有多少来自估值倍数的变化，有多少来自其隐含盈利的变化。

cape = 周期调整市盈率
    .definition = 实际价格与120个月实际盈利均值之比（CAPE）。

excess_yield = 超额CAPE收益率
    .definition = CAPE对应的盈利收益率，高出十年期国债收益率（扣除过去十年的年均通胀）的部分。

valuation_multiple-said = { $field }为{ $value }
valuation_average-said = { $period }的{ $field }{ $statistic ->
    [mean] 均值
    [median] 中位数
   *[harmonic] 调和均值
  }为{ $value }
valuation_percentile-said = { $field }处于{ $period }{ $by ->
    [rank] { $value }分位
   *[range] 区间的{ $value }位置
  }
valuation_gap-said = { $field }较{ $against ->
    [average] { $period }的均值
    [peak] { $period }的最高值
   *[benchmark] { $benchmark }
  }{ $side ->
    [above] 高
   *[below] 低
  }{ $value }
relative_valuation-said = { $field }为{ $benchmark }的{ $value }
rerating_share-said = { $period }的涨跌中有{ $value }来自{ $part ->
    [multiple] { $field }的变化
   *[earnings] { $field }隐含盈利的变化
  }
cape-said = 周期调整市盈率为{ $value }
excess_yield-said = 超额CAPE收益率为{ $value }
