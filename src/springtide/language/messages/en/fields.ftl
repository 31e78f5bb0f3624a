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
    [trailing-pe] trailing P/E
    [static-pe] static P/E
    [forward-pe] forward P/E
    [price-to-book] price-to-book ratio
    [price-to-sales] price-to-sales ratio
    [ev-ebitda] EV/EBITDA
    [dividend-yield] dividend yield
    [earnings-yield] earnings yield
    [cape] CAPE
    [index-price] mean price of the month
    [index-earnings] earnings of the index
    [cpi] consumer price index
    [bond-yield-10y] ten-year bond yield
    [real-earnings] real earnings
    [implied-earnings] change of implied earnings, %
    [not-above-zero] sessions not above zero, left out
   *[other] { $name }
  }
