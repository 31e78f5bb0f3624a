# The verdicts of an article as a notebook shows them, one a row.
quote = Quote
metric = Metric
stated = Stated
measured = Measured
verdict = Verdict
why = Nearest true reading, or why
calls = Calls, { $day }
loaded = Rows loaded
