rating = 评级
    .definition = 机构对股份的最近评级，分五类：1强烈买入、2买入、3持有、4减持、5卖出；不早于365天前。

rating_balance = 买入评级占比
    .definition = 过去365天内有评级的机构中，最近评级为买入或以上者所占比例。

rating-said = { $said ->
    [yes] 获{ $house }给予
   *[no] 获给予
  }{ $known ->
    [yes] “{ $word }”
   *[no] { $kind ->
        [c1] “强烈买入”
        [c2] “买入”
        [c3] “持有”
        [c4] “减持”
       *[c5] “卖出”
      }
  }评级
rating_balance-said = 获{ $value }的机构给予买入或以上评级
