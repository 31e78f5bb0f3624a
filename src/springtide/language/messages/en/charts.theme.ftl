against = { $name } against { $benchmark }
strength = { $name }: relative strength
strength-note = Close by close of the benchmark, 100 at the start · dashed line: { $day }
strength-alt = Line chart of the close of { $name }, one divided by the other, from { $first } to { $last }, with a line where both have moved alike. { $shape }
