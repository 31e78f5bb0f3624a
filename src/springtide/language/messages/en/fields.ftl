# What a figure of the data is: in English its name.
name = { $field ->
    [flow_net] net buying
    [flow_buy] buying
    [flow_sell] selling
    [flow_quota_used] quota used
    [flow_net_ytd] published net buying of the year
    [flow_cumulative] cumulative net buying
    [turnover] turnover
    [target_price] target price
   *[other] { $name }
  }
