token_price = 每百萬tokens價格
    .definition = 語言模型當日（UTC）生效的每百萬tokens價格：輸入、輸出或緩存命中的輸入。

token_price_blend = tokens混合價格
    .definition = 按指定用量計的每百萬tokens價格；如無說明，輸入與輸出為三比一，緩存不計。

token_price_change = tokens價格變動
    .definition = 期末混合價格相對期初的變動；未給期間時取最近一次調價。

token_price_cuts = tokens減價次數
    .definition = 混合價格下調逾1%的次數；上調另計。

token_price_ratio = 與另一模型的價格比
    .definition = 一個模型的混合價格與另一模型之比，同一貨幣、同一日。

token_price-said = { $which ->
    [previous] 此前
   *[latest] { "" }
  }每百萬{ $side ->
    [input] 輸入
    [cached] 緩存輸入
   *[output] 輸出
  }tokens的價格為{ $value }
token_price_blend-said = 每百萬tokens的混合價格（輸入比輸出{ $input }:{ $output }）為{ $value }
token_price_change-said = 的API價格{ $way ->
    [up] 上調
   *[down] 下調
  }{ $value }
token_price_cuts-said = 的API價格下調過{ $value }次{ $one ->
   *[other] { "" }
  }
token_price_ratio-said = 的價格為{ $other }的{ $value }倍
