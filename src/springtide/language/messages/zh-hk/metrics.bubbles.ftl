bubble_confidence = LPPLS置信度
    .definition = 以當日作結的各個窗口之中，有多少呈現泡沫的形態：升勢本身愈升愈快，上落愈來愈密，趨向某一時點（對數周期冪律奇點模型）。即該尺度之內，最佳擬合符合Demirer等人（2019）篩選條件的窗口所佔比例。它並非機會率；沒有泡沫時有多常達到，見bubble_false_alarm_rate。

bubble_false_alarm_rate = LPPLS置信度的誤報率
    .definition = 沒有泡沫的市場有多常達到所量得的LPPLS置信度：取該證券在窗口之前（最多1250個交易日）本身的回報率，以GARCH(1,1)過程及分塊自助法各模擬一批市場，取兩個比例中較大者。置信度為0%時，任何市場都能達到。它並非「沒有泡沫」的機會率。

way = { $direction ->
    [up] 向上
   *[down] 向下
  }
length = { $scale ->
    [short] 短期
    [medium] 中期
   *[long] 長期
  }
kind = { length }尺度、{ way }泡沫
bubble_confidence-said = 的LPPLS置信度為{ $value }（{ kind }）
bubble_false_alarm_rate-said = 的LPPLS置信度（{ kind }）在{ $count }個沒有泡沫的模擬市場中有{ $value }同樣達到
with-rate = 的LPPLS置信度為{ $value }（{ kind }），{ $count }個沒有泡沫的模擬市場中有{ $value_2 }同樣達到
at-scales = { $all }
at-another-scale = { $value }（{ length }尺度）
