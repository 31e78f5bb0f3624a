flow_streak = 連續淨買入的交易日數
    .definition = 截至當日連續淨買入（或淨賣出）的交易日數。

flow_record = 若干時間以來最大的淨買入
    .definition = 回溯期內是否沒有一個交易日的淨買入（或淨賣出）達到當日的規模。

flow_share = 淨買入額佔比
    .definition = 某一部分（如行業）的淨買入額佔全部的比例。

flow_streak-said = 連續{ $value }{ $side ->
    [selling] 淨賣出
   *[buying] 淨買入
  }
flow_record-said = 錄得{ $lookback ->
    [last] { $value }來
    [all] 有史以來
   *[since] { $period }
  }最大單日{ $side ->
    [selling] 淨賣出
   *[buying] 淨買入
  }
flow_share-said = { $period }的{ $part }股佔其淨買入額的{ $value }
