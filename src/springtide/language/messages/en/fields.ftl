# What a figure of the data is: in English its name.
name = { $field ->
    [flow-net] net buying
    [flow-buy] buying
    [flow-sell] selling
    [flow-quota-used] quota used
    [flow-net-ytd] published net buying of the year
    [flow-cumulative] cumulative net buying
    [turnover] turnover
    [target-price] target price
   *[other] { $name }
  }
