outperforms_within = 期限內跑贏
    .definition = 自某日收市價至到期日（若干個交易日之後或某日）收市價的回報，是否高於基準在同一起止日之間的回報（side=behind為低於）。沒有指明基準時，取籃子自定的基準或所在市場的指數。只在到期日定奪；基準以另一貨幣計價時按已有的每日匯率換算。

outperforms_within-said = { $ends ->
    [sessions] 在{ $since }之後{ $sessions }內
   *[day] { $span }
  }的表現{ $side ->
    [behind] 遜於
   *[ahead] 優於
  }{ $benchmark }
