# 数项并列。
list-comma = 、
list-last = { $first }、{ $last }
