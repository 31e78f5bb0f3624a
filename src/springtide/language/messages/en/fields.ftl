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
    [target-mean] mean target
    [target-high] highest target
    [target-low] lowest target
    [rating] rating
    [rating-score] rating score
    [eps-forecast] earnings estimate
    [analysts] analysts
    [houses] houses
    [token-price-input] input token price
    [token-price-output] output token price
    [token-price-cached] cached input token price
    [token-price-blend] blended token price
    [rises] rises
    [gpu-hour] price of a GPU hour
    [gpus] GPUs
    [tokens-per-second] output tokens a second
    [utilisation] utilisation
   *[other] { $name }
  }
