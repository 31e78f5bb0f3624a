# 數項並列。
list-comma = 、
list-last = { $first }、{ $last }
# 兩句之間。
space = { "" }
# 本語言的名稱。
language = 繁體中文（香港）
