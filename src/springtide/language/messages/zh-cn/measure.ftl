# 一个测得的数值与证据，终端用。
heading = { $subject }的{ $metric }，截至{ $day }
value = { $number }{ $unit ->
    [points] 点
    [sessions] 个交易日
    [rallies] 轮牛市
    [shares] 股
   *[other] { " " }{ $unit }
  }
millions = { $number }百万{ $unit }
not-enough = 信息不足：{ $why }
formula = 公式：{ $formula }
subject = 标的
field = 字段
date = 日期
figure = 数值
source = 来源
first = 起
last = 止
rows = 条数
missing = 缺失
digest = 摘要
hindsight = 事后选取：{ $subject }的成分选定于{ $day }
