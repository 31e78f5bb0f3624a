# 行情还能走多远：概率用语、正文与终端表格。

# 固定的概率用语，与每个概率并列。
likelihood = { $step ->
    [almost-none] 几乎不可能
    [very-unlikely] 很不可能
    [unlikely] 不太可能
    [rather-not] 可能性略低于一半
    [even] 机会大致各半
    [rather] 可能性略高于一半
    [likely] 较有可能
    [very-likely] 很可能
   *[almost-certain] 几乎肯定
  }
percent = { $edge ->
    [under] 不到{ $percent }
    [over] 超过{ $percent }
   *[within] { $percent }
  }
probability = { $percent }（{ $words }）

method = { $method ->
    [climatology] 基准频率
    [survival] 生存模型
    [analogues] 历史相似行情
    [random_walk] 随机游走
    [garch] GARCH模拟
    [volatility] 波动率预测模拟
   *[combination] 综合
  }
months = { $sessions ->
    [20] 一个月
    [60] 三个月
    [120] 六个月
   *[250] 一年
  }
horizon = { $months }（{ $duration }）
number = { $beyond ->
    [yes] 超过{ $number }
   *[no] { $number }
  }
span = { $low }至{ $high }
rallies = { $count }轮先前的行情
instruments = { $count }个品种

# 某方法未能作答的原因：句子的一部分。
not-daily = 需要每日收盘价
few-closes = 截至当时只有{ $count }个收盘价，至少要有三个才能判断
no-price = 需要大于零的收盘价
began-before = 本轮上涨始于数据之前（数据始于{ $first }）{ $cut }，低点未知
nothing-learned = 截至当时可供学习的历史上涨行情太少
too-short = 需要连续{ $closes }个交易日的收盘价
no-year = 需要本年之前至少一年的收盘价
no-garch = 其收益率无法用GARCH(1,1)拟合
no-variance = 截至当时已知的往年波动不足以预测其波动
few-alike = 数据湖中可比的历史上涨行情不足{ $least }轮

# 正文。
cannot-tell = 无法判断行情还能走多远：{ $why }。
no-turn = 现有收盘价不足以判断是否有一轮上涨行情正在进行：行情始于比其后某一收盘价低{ $fall }的低点，而现有数据中还没有这样的转折（无论向上向下）。
bear = { $told ->
    [yes] { "" }
   *[no] 前一高点出现在{ $since }，回撤幅度{ $down }。
  }目前没有正在进行的上涨行情，也就谈不上还能走多远：市场仍是熊市（自高点回撤{ $fall }或以上），直到收盘价高出低点{ $fall }才告结束。
bear-began-before = 这一阶段可能始于数据之前，高点未知。目前没有正在进行的上涨行情，也就谈不上还能走多远：市场仍是熊市（自高点回撤{ $fall }或以上），直到收盘价高出低点{ $fall }才告结束。
real-moves = 翻倍或腰斩的收盘价（{ $days }）视为真实涨跌：既无股份拆分记录，成交量也未显示拆分。
began = { $told ->
    [yes] 这一轮行情始于该低点
   *[no] 这一轮行情始于{ $day }的低点
  }，至今{ $age }；收盘价自最高处回撤达{ $fall }时，行情即告结束，届时才知道顶部在哪里。
still-running = 另有{ $count }轮当时仍在进行，按已走过的时长计入
lasted-longer = 在{ $instruments }有记录且已经结束的{ $rallies }中，{ $edge ->
    [over] 几乎全部（估计{ $share }）持续得更久
    [under] 几乎没有（估计{ $share }）持续得更久
    [none] 没有已知持续得更久的
   *[within] 估计有{ $share }持续得更久
  }{ $censored ->
    [yes] （卡普兰–迈耶估计：{ $running }）
   *[no] { "" }
  }。
chances = 顶部已经出现{ $place ->
    [above] （比最新收盘价高{ $above }）
   *[here] { "" }
  }的概率为{ $now }；已经出现或在{ $three }内出现的概率为{ $by_three }；{ $six }内的概率为{ $by_six }。
further = 如果顶部尚未出现（概率{ $chance }），按中位数（居中的情形），还要走{ $when }（{ $middle }个交易日）才到顶部，比最新收盘价高{ $usual }；按80%区间（十次中有八次），顶部{ $days }出现（{ $ahead }个交易日），比最新收盘价高{ $above }。时间与高度出自同一种方法（{ $method }）。
when-beyond = 更久（超出所能判断的范围）
when = { $off }、至{ $month }{ $part ->
    [early] 上旬
    [middle] 中旬
   *[late] 下旬
  }
off-days = 几天
off-weeks = 约{ $count }周
off-months = 约{ $count }个{ $half ->
    [yes] 半
   *[no] { "" }
  }月
off-years = 约{ $count }年{ $half ->
    [yes] 半
   *[no] { "" }
  }
days-from = 在{ $low }以后
days-between = 在{ $low }与{ $high }之间
one-method = 以上概率只来自一种方法（{ $method }，{ $cases }个样本）。
partly = 以上是全部{ $all }种方法综合的成绩；此处只有{ $here }种能够作答。
known-rallies = 截至{ $day }已知的{ $instruments }的{ $rallies }
pooled-equally = 以上概率由{ $count }种方法等权综合而成：截至当时，先前的行情还不足以分出优劣。
pooled = 以上概率由{ $count }种方法按各自以往的表现综合而成{ $known ->
    [yes] ，其中基准频率取自{ $base }
   *[no] { "" }
  }。
base-rates = 以上是基准频率：不论当时状态如何，{ $base }后来怎样发展。
no-record = 截至当时，它们还没有过往成绩，无从证明优于基准频率。
record = 在{ $forecasts }次历史预测中，其平方误差比对所有行情一视同仁的基准频率小：{ $skills }；{ $gain ->
    [yes] 就能走多高而言，误差小{ $far }
    [open] 就能走多高而言，误差小{ $far }，但不足以证明什么
   *[no] 就能走多高而言，尚无过往成绩
  }。与仅凭该价格自身的GARCH模拟相比，误差小：{ $simulation }；{ $proved ->
    [yes] 它们也优于这种模拟。
   *[no] 是否也优于这种模拟，尚未得到证明。
  }
skill-size = { $size }（95%区间{ $low }至{ $high }）
skill = { $months }为{ $size }（95%区间{ $low }至{ $high }）
skills = { $first }，{ $last }
no-skill-known = 截至当时，还没有任何方法有过往成绩能证明预测力更强。
better-silent = 截至当时表现更好的方法，此处未能作答。
no-skill = 截至当时，没有任何方法被证明预测力更强：在{ $forecasts }次历史预测中，各方法综合后的平方误差减小幅度，{ $skills }。
too-few-of-kind = 不给出概率：截至当时，已经结束的同类行情太少，不足以知道它们通常如何发展；而仅凭自身价格的模拟可能自信得离谱。
nothing-fitted = 无法给出概率：截至当时，还没有任何方法用已经结束的行情拟合过。
no-answer = 无法给出概率：以当时已知的数据，没有任何方法能够作答。

# 终端表格。
title = 行情还能走多远？{ $name }，{ $day }
chance = 概率
top-is-in = 顶部已经出现
within = 已经出现或在{ $sessions }内
new-high = { $sessions }内再创新高
up-first = 上涨{ $move }先于下跌{ $move }
sessions = 距未现之顶的交易日：中位数
gain = 距未现之顶的涨幅：中位数
interval = 80%区间
cases = 行情或模拟路径数
weight = 综合中的权重
said = * 上文所述
track-record = 截至当时综合方法的成绩：顶部在期限内出现
by-horizon = 期限
forecasts = 预测数
undecided = 尚无结果
brier = 布赖尔分数
over-base = 相对基准频率的技巧
over-simulation = 相对模拟的技巧
score = { $score }（{ $low }至{ $high }）
is-in = （已出现）
of-gain = 涨幅（CRPS）
left-out = 未纳入
limits = 技巧的区间为95%。无从知晓的：消息，以及史无前例之事。已不复存在的市场和公司的行情不在其样本之中。
