exuberance = 爆炸性走勢
    .definition = 截至當日的對數收市價，是否比隨機漫步更快偏離過去：當日的後向SADF統計量高於臨界值（Phillips、Shi與Yu，2015）。在95%水平下，隨機漫步亦有5%的交易日會如此。null=wild時，臨界值取自該序列本身的野自助法，保留其波幅變化（Harvey等，2016）。急跌同樣可以觸發；它不能說明股價應值多少。

exuberance_duration = 爆炸性走勢的持續時間
    .definition = 截至當日，後向SADF統計量連續多少個交易日高於臨界值；當日並未高於則為0。每個交易日只以截至該日的收市價判斷，故起點是當時已可得知的首個交易日（Phillips、Shi與Yu，2015）。短於窗口交易日數的對數者，無法與短暫異動區分。

exuberance_statistic = PSY統計量
    .definition = 當日對數收市價的後向SADF統計量：在最能說明問題的窗口內，股價偏離過去的強度；不會用上其後的數據（Phillips、Shi與Yu，2015）。

exuberance_p_value = PSY檢驗p值
    .definition = PSY統計量的誤報率：在同一位置上，統計量同樣大的模擬隨機漫步（null=wild時為野自助抽樣）所佔比例。它並非「沒有泡沫」的機會率。

sample = { $window }個交易日、滯後{ $lag }階{ $null ->
    [wild] 、野自助法
   *[random_walk] { "" }
  }
explosive = 按PSY檢驗（{ sample }、{ $level }水平）呈現爆炸性走勢
heading = { $way ->
    [up] { "" }，方向向上
    [down] { "" }，方向向下
   *[none] { "" }
  }
exuberance-said = { explosive }{ heading }
exuberance_duration-said = 高於PSY臨界值至今已持續{ $value }（{ sample }、{ $level }水平）
exuberance_statistic-said = 的PSY統計量為{ $value }（{ sample }）
exuberance_p_value-said = 的PSY檢驗p值為{ $value }（{ sample }）
run = { explosive }，至今已持續{ $value_2 }{ heading }
figures = 的PSY統計量為{ $value }（{ sample }），p值為{ $value_2 }，即{ $null ->
    [wild] 自助抽樣中達到此數的比例
   *[random_walk] 隨機漫步中達到此數的比例
  }
