level_tests = 价位测试次数
    .definition = 价格来到某一价位的次数。收盘价距其2%（个股4%）以上之后，价格进入其0.5%（1%）以内为一次测试的开始，下一个距其同样远的收盘价为结束：回到来时一侧为守住，到另一侧为突破，此前为未决。给出least时，回答是否至少有这么多次。

level_record = 价位守住的比例
    .definition = 已有结果的测试中，价格从来时一侧离开的比例。单凭随机游走也有六成左右。

level_broken = 价位突破
    .definition = 自某日以来是否有收盘价（by=intraday时为最高价或最低价）越过某一价位；未给出日期时为近五个交易日。

level_tests-said = { $period }曾{ $side ->
    [below] 自下方
    [above] 自上方
   *[any] { "" }
  }{ $value }次测试{ $level }
level_record-said = { $period }对{ $level }的测试中守住的占{ $value }
level_broken-said = { $period }{ $by ->
    [close] { "" }
   *[intraday] 盘中
  }已{ $way ->
    [up] 升破
    [down] 跌破
   *[any] 越过
  }{ $level }
