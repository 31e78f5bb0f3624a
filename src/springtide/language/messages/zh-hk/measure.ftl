# 一個量得的數值及佐證，終端機用。
heading = { $subject }的{ $metric }，截至{ $day }
value = { $number }{ $unit ->
    [points] 點
    [sessions] 個交易日
    [rallies] 輪牛市
    [shares] 股
   *[other] { " " }{ $unit }
  }
millions = { $number }百萬{ $unit }
not-enough = 資料不足：{ $why }
formula = 算式：{ $formula }
subject = 證券
field = 欄目
date = 日期
figure = 數值
source = 來源
first = 由
last = 至
rows = 項數
missing = 欠缺
digest = 摘要
hindsight = 事後選取：{ $subject }的成份選定於{ $day }
