# 图表：标题、注释、图意文字，以及坐标轴的写法。
fonts = Springtide Sans SC, PingFang SC, Microsoft YaHei, Noto Sans SC, Noto Sans CJK SC, Source Han Sans SC, sans-serif
colours = red-up
axis-year = { $year }年
axis-month = { $month }月
axis-both = { $year }年{ $month }月
axis-day = { $month }月{ $day }日
price = { $name }：每日收盘价
price-note = { $scale ->
    [log] 对数坐标 ·{ " " }
   *[linear] { "" }
  }{ $unknown ->
    [yes] 未着色：始于数据之前 ·{ " " }
   *[no] { "" }
  }▲ 上涨阶段 · ▼ 下跌阶段 · 竖虚线：{ $day }
price-alt = { $name }每日收盘价的折线图，自{ $first }至{ $last }，上涨阶段与下跌阶段以不同颜色标出。{ $shape }{ $unknown ->
    [yes] 始于数据之前的阶段不着色。
   *[no] { "" }
  }
drawdown = { $name }：回撤
drawdown-note = 收盘价距此前最高收盘价 · 竖虚线：{ $day }
drawdown-alt = { $name }距此前最高收盘价回撤幅度的面积图，自{ $first }至{ $last }。{ $shape }
levels = { $name }：价位与历次测试
levels-note = 虚线：曾经转折的价格 · ● 守住 · ■ 突破 · ◆ 未决
levels-alt = { $name }自{ $first }至{ $last }每日收盘价的折线图，虚线为上方和下方最近的曾经转折的价格，每次来到这些价位处标有是否守住。{ $shape }
rsi = { $name }：RSI
rsi-note = 相对强弱指标及常用上下界线 · 竖虚线：{ $day }
rsi-alt = { $name }相对强弱指标的折线图，自{ $first }至{ $last }，虚线为常用的上下界线。{ $shape }
distance = { $name }：均线偏离
distance-note = 收盘价相对移动平均线 · 竖虚线：{ $day }
distance-alt = { $name }与各条移动平均线偏离程度的折线图，自{ $first }至{ $last }，横线表示没有偏离。{ $shape }
# 接在均线的日数之后。
days = 日均线
psy = { $name }：PSY爆炸性检验
psy-note = 虚线：95%的随机游走低于此线 · 阴影：已确认的爆炸性阶段
psy-alt = { $name }的PSY统计量折线图，自{ $first }至{ $last }，虚线为临界值，爆炸性阶段以阴影标出。{ $shape }
confidence = { $name }：LPPLS置信度
confidence-note = { $hill ->
    [yes] 零线以上为向上泡沫，以下为向下泡沫 · 右侧小丘：可能何时结束
   *[no] 呈泡沫形状的窗口占比，零线以上为向上，以下为向下
  }
confidence-alt = { $name }每日收盘价的折线图，自{ $first }至{ $last }，其下为各尺度的LPPLS置信度，零线以上为向上泡沫，以下为向下泡沫。{ $shape }{ $hill ->
    [yes] 最后一个交易日之后的小丘表示泡沫可能何时结束。
   *[no] { "" }
  }
valuation = { $name }：滚动市盈率
valuation-note = 阴影：所示交易日中的一半 · 横向虚线：其中位数
valuation-alt = { $name }自{ $first }至{ $last }的滚动市盈率折线图，虚线为这些交易日的中位数，阴影含其中一半。{ $shape }
flows = { $name }：净买入
flows-note = 上：自首日起累计 · 下：逐日 · 虚线：{ $day }
flows-alt = 折线图：{ $name }自{ $first }至{ $last }的累计净买入额；其下为逐日柱形，买入在零线之上，卖出在零线之下。{ $shape }
scale = { $scale ->
    [short] 短期尺度
    [medium] 中期尺度
   *[long] 长期尺度
  }
shape = { $third ->
    [top] 曲线收于图中区间的上部。
    [middle] 曲线收于图中区间的中部。
   *[bottom] 曲线收于图中区间的下部。
  }
lifetimes = { $name }：有多少行情比本轮更久
lifetimes-note = 自低点起的交易日及届时的月份 · { $rallies }轮已结束的行情，{ $running }轮仍在进行 · 色带：95%
lifetimes-alt = 阶梯下降曲线：持续超过相应交易日数的历史行情占比，色带为不确定范围。竖虚线标出{ $name }本轮行情截至{ $last }的时长：其中{ $share ->
    [most] 多数
    [half] 大约一半
   *[few] 少数
  }持续得更久。
age = 至今{ $sessions }个交易日
close = 收盘价
below = 距高点
outlast = 更长久的占比
ratio = 比值
flow-sum = 累计
flow-day = 净买入
multiple = 市盈率
unit = { $unit ->
    [points] 点
   *[other] { $unit }
  }
front = { $name }：这一轮行情与后续可能
front-note = ▲ 上涨阶段 · ▼ 下跌阶段{ $levels ->
    [yes] { " " }· 横虚线：曾经转折的价位
   *[no] { "" }
  }{ $fan ->
    [yes] { " " }· { $day }之后：{ $shares }的模拟路径
   *[no] { "" }
  }{ $top ->
    [yes] { " " }· ◆ 顶部若仍在前方的居中情形，横竖线为80%区间
   *[no] { "" }
  }
front-alt = { $name }自{ $first }至{ $last }每日收盘价的图，上涨阶段与下跌阶段以不同颜色标出{ $levels ->
    [yes] ，虚线为最近的曾经转折的价位
   *[no] { "" }
  }。{ $fan ->
    [yes] { $last }竖虚线右侧是模拟路径的范围，居中路径终点{ $end ->
    [above] 高于最新收盘价
   *[below] 低于最新收盘价
  }。
   *[no] { "" }
  }
front-evidence = { $source }；路径：{ $method }
of-paths = { $share }的路径
middle-path = 居中路径
level = { $side ->
    [resistance] 阻力{ $level }
   *[support] 支撑{ $level }
  }
sessions = 个交易日
all = 全部
