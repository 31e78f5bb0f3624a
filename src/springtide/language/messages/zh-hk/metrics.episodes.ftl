episode_gain = 歷次升浪的升幅
    .definition = 升幅：一次有名稱的升浪，或多次升浪的平均，由低位收市價計至高位收市價；不指明時取該證券所有已知日期的升浪。其後出現較高位低20%的收市價，方會計入，此前無人能知道已經見頂。名稱、日期及來源見升浪一覽表，可於設定文件夾的episodes.toml補充；沒有人公布日期者（中國股票的4G、5G及雲計算升浪）不設日期。

episode_days = 歷次升浪的歷時
    .definition = 交易日數：一次有名稱的升浪，或多次升浪的平均，由低位收市價計至高位收市價；不指明時取該證券所有已知日期的升浪。其後出現較高位低20%的收市價，方會計入，此前無人能知道已經見頂。名稱、日期及來源見升浪一覽表，可於設定文件夾的episodes.toml補充；沒有人公布日期者（中國股票的4G、5G及雲計算升浪）不設日期。

where = { $count ->
    [0] 歷次升浪
    [1] { $names }
   *[other] { $names }（{ $count }輪）
  }
on-average = { $count ->
    [1] { "" }
   *[other] 平均
  }
episode_gain-said = 在{ where }中由低位至高位{ on-average }{ $way ->
    [up] 上升
   *[down] 下跌
  }{ $value }
episode_days-said = 在{ where }中由低位至高位{ on-average }歷時{ $value }
