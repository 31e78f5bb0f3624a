# 数项并列。
list-comma = 、
list-last = { $first }、{ $last }
# 两句之间。
space = { "" }
# 本语言的名称。
language = 简体中文
