# 數項並列。
list-comma = 、
list-last = { $first }、{ $last }
