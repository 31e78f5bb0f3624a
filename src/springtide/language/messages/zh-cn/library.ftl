quote = 原文
metric = 指标
stated = 文中
measured = 实测
verdict = 结果
why = 最接近的正确说法或理由
calls = 预测，截至{ $day }
loaded = 载入的数据
