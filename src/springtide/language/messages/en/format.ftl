# How values stand in a row.
list-comma = { ", " }
list-last = { $first } and { $last }
# Between two sentences.
space = { " " }
# The name of the language, in itself.
language = English
