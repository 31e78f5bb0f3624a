bubble_confidence = LPPLS置信度
    .definition = 以当日为终点的窗口中，有多少呈现泡沫的形状：增长自身加速，波动越来越快，趋向某一时点（对数周期幂律奇异性模型）。即该尺度中最优拟合满足Demirer等（2019）筛选条件的窗口占比。它不是概率；没有泡沫时多常达到，见bubble_false_alarm_rate。

bubble_false_alarm_rate = LPPLS置信度的误报率
    .definition = 没有泡沫的市场多常达到所测得的LPPLS置信度：由该证券窗口之前（至多1250个交易日）自身的收益率，以GARCH(1,1)过程和分块自助法各模拟一批市场，取两个占比中较大的一个。置信度为0%时任何市场都能达到。它不是“没有泡沫”的概率。

way = { $direction ->
    [up] 向上
   *[down] 向下
  }
length = { $scale ->
    [short] 短期
    [medium] 中期
   *[long] 长期
  }
kind = { length }尺度、{ way }泡沫
bubble_confidence-said = 的LPPLS置信度为{ $value }（{ kind }）
bubble_false_alarm_rate-said = 的LPPLS置信度（{ kind }）在{ $count }个没有泡沫的模拟市场中有{ $value }同样达到
with-rate = 的LPPLS置信度为{ $value }（{ kind }），{ $count }个没有泡沫的模拟市场中有{ $value_2 }同样达到
at-scales = { $all }
at-another-scale = { $value }（{ length }尺度）
