quote = 原文
metric = 指標
stated = 文中
measured = 實測
verdict = 結果
why = 最接近的正確說法或理由
calls = 預測，截至{ $day }
loaded = 載入的數據
