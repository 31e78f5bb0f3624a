critical_time = LPPLS臨界時間
    .definition = 假如股價確實處於LPPLS泡沫之中，泡沫最可能在何時完結：以窗口內的收市價推算臨界時間的中位數，或中央80%區間的其中一端，按當日之後的交易日數計。屆時升勢不再加速，但未必以急挫告終；它不能說明是否有泡沫。似然函數參照Filimonov、Demos與Sornette（2017），誤差服從AR(1)過程。

bound = { $bound ->
    [median] 中位數
    [earliest] 80%區間的最早值
   *[latest] 80%區間的最晚值
  }
critical_time-said = 的LPPLS臨界時間（如果確有泡沫）在{ $value }之後（{ bound }、最近{ $window }個交易日）
interval = 的LPPLS臨界時間（如果確有泡沫）在{ $value }之後（中位數、最近{ $window }個交易日），80%區間自{ $value_2 }之後至{ $value_3 }之後
