token_price = 每百万tokens价格
    .definition = 语言模型当日（UTC）生效的每百万tokens价格：输入、输出或缓存命中的输入。

token_price_blend = tokens混合价格
    .definition = 按给定用量计的每百万tokens价格；如无说明，输入与输出为三比一，缓存不计。

token_price_change = tokens价格变动
    .definition = 期末混合价格相对期初的变动；未给期间时取最近一次调价。

token_price_cuts = tokens降价次数
    .definition = 混合价格下调逾1%的次数；上调另计。

token_price_ratio = 与另一模型的价格比
    .definition = 一个模型的混合价格与另一模型之比，同一货币、同一日。

token_price-said = { $which ->
    [previous] 此前
   *[latest] { "" }
  }每百万{ $side ->
    [input] 输入
    [cached] 缓存输入
   *[output] 输出
  }tokens的价格为{ $value }
token_price_blend-said = 每百万tokens的混合价格（输入比输出{ $input }:{ $output }）为{ $value }
token_price_change-said = 的API价格{ $way ->
    [up] 上调
   *[down] 下调
  }{ $value }
token_price_cuts-said = 的API价格下调过{ $value }次{ $one ->
   *[other] { "" }
  }
token_price_ratio-said = 的价格为{ $other }的{ $value }倍
