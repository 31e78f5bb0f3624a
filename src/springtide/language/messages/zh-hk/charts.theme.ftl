against = { $name }對{ $benchmark }
strength = { $name }：相對強弱
strength-note = 收市價與基準收市價之比，起點為100 · 垂直虛線：{ $day }
strength-alt = { $name }收市價之比的走勢圖，由{ $first }至{ $last }，橫線處兩者升跌相同。{ $shape }
