critical_time = LPPLS临界时间
    .definition = 如果价格确实处于LPPLS泡沫，它最可能何时结束：给定窗口内的收盘价，临界时间的中位数或80%中心区间的端点，以当日之后的交易日数计。届时加速停止，但不一定以崩盘结束；它不说明是否存在泡沫。似然函数参照Filimonov、Demos与Sornette（2017），误差服从AR(1)过程。

bound = { $bound ->
    [median] 中位数
    [earliest] 80%区间的最早值
   *[latest] 80%区间的最晚值
  }
critical_time-said = 的LPPLS临界时间（如果确有泡沫）在{ $value }之后（{ bound }、最近{ $window }个交易日）
interval = 的LPPLS临界时间（如果确有泡沫）在{ $value }之后（中位数、最近{ $window }个交易日），80%区间自{ $value_2 }之后至{ $value_3 }之后
