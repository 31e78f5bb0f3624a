against = { $name }对{ $benchmark }
strength = { $name }：相对强弱
strength-note = 收盘价与基准收盘价之比，起点为100 · 竖虚线：{ $day }
strength-alt = { $name }收盘价之比的折线图，自{ $first }至{ $last }，横线处两者涨跌相同。{ $shape }
