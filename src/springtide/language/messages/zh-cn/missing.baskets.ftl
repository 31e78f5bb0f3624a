# 缺少哪些数据：句子的一部分。
# Of baskets, of members, and against a benchmark.
no-base = 需要{ $subject }各成分在基日{ $day }的收盘价
rates = { $subject }以{ $currency }计价，需要{ $currency }兑{ $wanted }的每日汇率
member-close = { $basket }的成分{ $subject }截至{ $day }的{ $sessions }个交易日内没有收盘价
member-cut = 需要{ $basket }的成分{ $subject }在{ $day }前后可以衔接的收盘价{ $cut }
cap = 需要{ $subject }截至{ $day }的{ $days }天内的{ $field }
parameter-needed = 需要参数{ $name }：{ $subject }与什么相比
itself = { $name }须为{ $subject }以外的标的
too-few-common = 需要{ $subject }与{ $other }截至{ $day }都有收盘价的{ $needed }个交易日，现有{ $held }个
no-members = 需要{ $subject }在{ $day }的成分
no-list = 需要{ $subject }{ $age ->
    [young] 截至{ $day }的{ $days }天内的
   *[any] 在{ $day }或之前的
  }成分及权重表
few-members = 需要{ $subject }的{ $needed }只成分，现有{ $held }只
no-member-close = 需要{ $subject }的成分在{ $day }的收盘价
no-member-close-before = 需要{ $subject }的成分在{ $day }前一交易日的收盘价
members-counted = { $subject }的{ $total }只成分中需要{ $needed }只截至{ $day }有足够的收盘价，现有{ $held }只
none-fell = { $day }没有下跌的{ $subject }成分
no-member = { $subject }不是{ $of }的成分
no-change = 需要{ $subject }在{ $day }与前一交易日不同的收盘价
contributions = 需要{ $subject }从{ $first }到{ $last }都适用的权重：各成分的贡献合计{ $sum }，而其变动为{ $whole }
