quote = 原文
metric = 指标
stated = 文中
measured = 实测
verdict = 结果
why = 最接近的正确说法或理由
