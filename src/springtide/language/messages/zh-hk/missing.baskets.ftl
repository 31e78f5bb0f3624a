# 欠缺甚麼數據：句子的一部分。
# Of baskets, of members, and against a benchmark.
no-base = 需要{ $subject }各成分在基日{ $day }的收市價
rates = { $subject }以{ $currency }計價，需要{ $currency }兌{ $wanted }的每日匯率
member-close = { $basket }的成分{ $subject }截至{ $day }的{ $sessions }個交易日內沒有收市價
member-cut = 需要{ $basket }的成分{ $subject }在{ $day }前後可以銜接的收市價{ $cut }
cap = 需要{ $subject }截至{ $day }的{ $days }天內的{ $field }
parameter-needed = 需要參數{ $name }：{ $subject }與什麼相比
itself = { $name }須為{ $subject }以外的項目
too-few-common = 需要{ $subject }與{ $other }截至{ $day }都有收市價的{ $needed }個交易日，現有{ $held }個
no-members = 需要{ $subject }在{ $day }的成份
no-list = 需要{ $subject }{ $age ->
    [young] 截至{ $day }的{ $days }天內的
   *[any] 在{ $day }或之前的
  }成份及權重表
few-members = 需要{ $subject }的{ $needed }隻成份，現有{ $held }隻
no-member-close = 需要{ $subject }的成份在{ $day }的收市價
no-member-close-before = 需要{ $subject }的成份在{ $day }前一交易日的收市價
members-counted = { $subject }的{ $total }隻成份中需要{ $needed }隻截至{ $day }有足夠的收市價，現有{ $held }隻
none-fell = { $day }沒有下跌的{ $subject }成份
no-member = { $subject }不是{ $of }的成份
no-change = 需要{ $subject }在{ $day }與前一交易日不同的收市價
contributions = 需要{ $subject }從{ $first }到{ $last }都適用的權重：各成份的貢獻合計{ $sum }，而其變動為{ $whole }
