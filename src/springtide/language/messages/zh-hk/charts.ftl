# 圖表：標題、附註、圖意文字，以及座標軸的寫法。
fonts = Springtide Sans HK, PingFang HK, Microsoft JhengHei, Noto Sans HK, Noto Sans CJK HK, Source Han Sans HK, sans-serif
colours = green-up
axis-year = { $year }年
axis-month = { $month }月
axis-both = { $year }年{ $month }月
axis-day = { $month }月{ $day }日
price = { $name }：每日收市價
price-note = { $scale ->
    [log] 對數座標 ·{ " " }
   *[linear] { "" }
  }{ $unknown ->
    [yes] 沒有上色：始於數據之前 ·{ " " }
   *[no] { "" }
  }▲ 升市 · ▼ 跌市 · 垂直虛線：{ $day }
price-alt = { $name }每日收市價的走勢圖，由{ $first }至{ $last }，升市與跌市以不同顏色標示。{ $shape }{ $unknown ->
    [yes] 始於數據之前的升跌市沒有上色。
   *[no] { "" }
  }
drawdown = { $name }：由高位回落幅度
drawdown-note = 收市價與之前最高收市價的距離 · 垂直虛線：{ $day }
drawdown-alt = { $name }由之前最高收市價回落幅度的面積圖，由{ $first }至{ $last }。{ $shape }
levels = { $name }：價位與歷次測試
levels-note = 虛線：曾經轉折的價格 · ● 守住 · ■ 突破 · ◆ 未決
levels-alt = { $name }由{ $first }至{ $last }每日收市價的折線圖，虛線為上方和下方最近的曾經轉折的價格，每次來到這些價位處標有是否守住。{ $shape }
rsi = { $name }：RSI
rsi-note = 相對強弱指數及常用上下界線 · 垂直虛線：{ $day }
rsi-alt = { $name }相對強弱指數的走勢圖，由{ $first }至{ $last }，虛線為常用的上下界線。{ $shape }
distance = { $name }：與平均線的距離
distance-note = 收市價與移動平均線相比 · 垂直虛線：{ $day }
distance-alt = { $name }與各條移動平均線距離的走勢圖，由{ $first }至{ $last }，橫線表示沒有距離。{ $shape }
# 接在平均線的日數之後。
days = 天線
psy = { $name }：PSY爆炸性走勢檢驗
psy-note = 虛線：95%的隨機漫步低於此線 · 陰影：已確認的爆炸性階段
psy-alt = { $name }的PSY統計量走勢圖，由{ $first }至{ $last }，虛線為臨界值，爆炸性階段以陰影標示。{ $shape }
confidence = { $name }：LPPLS置信度
confidence-note = { $hill ->
    [yes] 零線以上為向上泡沫，以下為向下泡沫 · 右方小丘：可能於何時完結
   *[no] 呈泡沫形態的窗口所佔比例，零線以上為向上，以下為向下
  }
confidence-alt = { $name }每日收市價的走勢圖，由{ $first }至{ $last }，下方為各尺度的LPPLS置信度，零線以上為向上泡沫，以下為向下泡沫。{ $shape }{ $hill ->
    [yes] 最後一個交易日之後的小丘，表示泡沫可能於何時完結。
   *[no] { "" }
  }
valuation = { $name }：往績市盈率
valuation-note = 陰影：所示交易日的一半 · 橫向虛線：其中位數
valuation-alt = { $name }由{ $first }至{ $last }的往績市盈率折線圖，虛線為這些交易日的中位數，陰影包括其中一半。{ $shape }
flows = { $name }：淨買入
flows-note = 上：由首日起累計 · 下：逐日 · 虛線：{ $day }
flows-alt = 折線圖：{ $name }由{ $first }至{ $last }的累計淨買入額；其下為逐日柱形，買入在零線之上，賣出在零線之下。{ $shape }
scale = { $scale ->
    [short] 短期尺度
    [medium] 中期尺度
   *[long] 長期尺度
  }
shape = { $third ->
    [top] 走勢線止於圖中區間的上部。
    [middle] 走勢線止於圖中區間的中部。
   *[bottom] 走勢線止於圖中區間的下部。
  }
lifetimes = { $name }：有多少升浪比今輪更長
lifetimes-note = 由低位起計的交易日及屆時的月份 · { $rallies }輪已完結的升浪，{ $running }輪仍在進行 · 色帶：95%
lifetimes-alt = 梯級下降曲線：歷時超過相應交易日數的過往升浪所佔比例，色帶為不確定範圍。垂直虛線標示{ $name }今輪升浪截至{ $last }的歷時：當中{ $share ->
    [most] 大多數
    [half] 約一半
   *[few] 少數
  }歷時更長。
age = 至今{ $sessions }個交易日
close = 收市價
below = 距高位
outlast = 更長久的佔比
ratio = 比值
flow-sum = 累計
flow-day = 淨買入
multiple = 市盈率
unit = { $unit ->
    [points] 點
   *[other] { $unit }
  }
front = { $name }：這一輪升浪與後市可能
front-note = ▲ 上升階段 · ▼ 下跌階段{ $levels ->
    [yes] { " " }· 橫虛線：曾經轉向的價位
   *[no] { "" }
  }{ $fan ->
    [yes] { " " }· { $day }之後：{ $shares }的模擬路徑
   *[no] { "" }
  }{ $top ->
    [yes] { " " }· ◆ 頂部若仍在前方的居中情形，橫豎線為80%區間
   *[no] { "" }
  }
front-alt = { $name }由{ $first }至{ $last }每日收市價的圖，上升階段與下跌階段以不同顏色標示{ $levels ->
    [yes] ，虛線為最近的曾經轉向的價位
   *[no] { "" }
  }。{ $fan ->
    [yes] { $last }直虛線右方是模擬路徑的範圍，居中路徑終點{ $end ->
    [above] 高於最新收市價
   *[below] 低於最新收市價
  }。
   *[no] { "" }
  }
front-evidence = { $source }；路徑：{ $method }
of-paths = { $share }的路徑
middle-path = 居中路徑
level = { $side ->
    [resistance] 阻力{ $level }
   *[support] 支持{ $level }
  }
sessions = 個交易日
all = 全部
