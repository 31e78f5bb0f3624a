# 简报：句子、标题与说明。
title = 行情还能走多远？{ $name }，{ $day }
heading = { $section ->
    [calls] 在案预测
    [front] 概览
    [behind] 概率从何而来
    [outlook] 行情还能走多远？
    [level] 当前位置
    [advance] 涨跌幅度
    [momentum] 动能
    [risk] 回撤与成交
    [valuation] 估值
    [flows] 资金流向
    [targets] 目标价与评级
    [theme] 主题与广度
    [levels] 价位与区间
   *[exuberance] 是泡沫吗？
  }
valuation-restated = 这些估值是来源今日公布的历史，其中可能含有后来才公布的业绩。
hindsight = 其成分为事后选取，选定于{ $day }。
levels-caution = 价位只说明价格曾在此转折，不说明还会在此转折：各指数{ $tests }次首次来到此类价位时，{ $held }折返，来到旁边价格时为{ $beside }；{ $shown ->
    [yes] 相差{ $difference }个百分点（95%区间为{ $low }至{ $high }个百分点），差异很小
   *[no] 相差{ $difference }个百分点（95%区间为{ $low }至{ $high }个百分点），不足以证明有差异
  }。
sentence = { $subject }{ $predicate }。
sentence-dated = { $day }，{ $subject }{ $predicate }。
sentence-on-file = { $subject }{ $predicate }（数据自该日起）。
sentence-disagreeing = { $subject }{ $predicate }；两种划分不一致。
the-index = { $name }
the-index-inside = { $name }
it = { "" }
this = { $kind ->
    [index] 该指数
   *[other] 该股
  }
# Begins a predicate that has to say whose rally it is of; and the word that joins one to its subject.
whose = 本轮
of = 的
# What stands for the instrument in a list: its name, or a pronoun.
listed = named
name-with-id = { $name }（{ $id }）
# 同一主语的两个谓语之间。
and = ，
then = ，
and-apart = ，
because = { $what }：{ $why }
no-outlook = 无法作出展望：{ $why }

# 凡印出泡沫检验结果之处，都说明检验不能说明什么。
bubble-limits = 检验不能说明的：价格是否过高、是否会跌、何时会跌；误报率是没有泡沫时出现同样结果的频率，而不是没有泡沫的概率。
explosive-fall = 越跌越快的价格同样呈爆炸性：那不是泡沫。
undated = 拟合无法给出时间：呈泡沫形态的窗口有{ $qualified }个，临界时间与事前假定只差{ $gain }纳特；要求至少{ $least }个窗口，且多于{ $bound }纳特（95%的无泡沫模拟市场低于此数）。
fits-date-nothing = 拟合无法给出时间：呈泡沫形态的窗口太少，或所说的终点几乎只是事前的假定。
dated = 关于这一时间，拟合提供{ $gain }纳特的信息；95%的无泡沫模拟市场不到{ $bound }纳特。
run-dated = 持续时间自当时即可得知的首个交易日算起，不使用之后的价格。
run-too-short = 持续时间尚短，还无法与短暂异动区分。
no-rate = 没有泡沫的市场多常达到这一水平，未能测算。

# 正文之外。
summary = 本文所有数字均按截至{ $day }的数据测算，并附证据。
evidence-file = 每个数字的证据见 { $file }。
as-of = 数据截至{ $day }
comma = 、
gap-joint = ；
not-measured-lead = 未能测算：
hint = 点开带下划线的数字，可看证据。
evidence = 证据
printed = 文中
measured = 实测
made-by = 由 { $software } 生成
tables = 所用数据表：{ $tables }
switch = 语言

# 两种泡沫检验，终端表格。
tests-title = 是泡沫吗？{ $name }，{ $day }
test = 检验
result = 结果
false-alarm-rate = 误报率
not-enough = 信息不足：{ $why }
psy-label = { $title }（PSY）
psy-result = { $explosive ->
    [up] 是，向上
    [down] 是，向下：下跌不是泡沫
   *[no] 否
  }{ $since }；统计量{ $statistic }，临界值{ $critical }
psy-rate = { $null ->
    [wild] 野自助抽样中的{ $rate }
   *[random_walk] 随机游走中的{ $rate }
  }
since-confirmed = ，始于{ $began }（{ $known }确认）
since-not-confirmed = ，始于{ $began }（尚未确认）
shape-label = { $title }，{ $scale ->
    [short] 短期
    [medium] 中期
   *[long] 长期
  }，{ $direction ->
    [up] 向上
   *[down] 向下
  }
shape-result = { $size }（{ $fitted }个窗口中{ $qualified }个）
shape-rate = 模拟市场中的{ $rate }
time-label = { $title }（如果是泡沫）
time-result = { $median }后；80%区间：{ $earliest }至{ $latest }
ahead-on = { $sessions }（{ $day }）

# The first screen.
front-rise = { $age }内，自{ $day }低点起
front-fall = { $age }内，自{ $day }高点起
front-chances = 顶部已现的概率；三个月内为{ $three }，六个月内为{ $six }
front-top = 顶部若仍在前方的居中情形；八成情形：{ $first }至{ $last }
front-said-chances = 顶部已现的概率为{ $now }；三个月内出现为{ $three }；六个月内为{ $six }。
front-said-top = 顶部若仍在前方，见顶时间的居中情形为{ $day }；八成情形：{ $first }至{ $last }。
for = 有利因素
against = 不利因素
front-figure = { $figure }
front-day = { $day }
front-beyond = { $day }之后

# Sentences of several figures.
averages = 收盘价{ $way }{ $window }日均线{ $value }，{ $window }日均线为{ $value_2 }{ $two ->
    [yes] ；{ $way_2 }{ $window_2 }日均线{ $value_3 }，{ $window_2 }日均线为{ $value_4 }
   *[no] { "" }
  }
way = { $side ->
    [above] 高于
   *[below] 低于
  }
ranks = 本轮牛市的{ $by ->
    [age] 持续时间
    [gain] 涨幅
   *[pace] 平均涨速
  }超过自身此前{ $sample }轮牛市中的{ $value }轮、同类标的{ $sample_2 }轮中的{ $value_2 }轮
within = { $period }最低收盘价为{ $value }，最高收盘价为{ $value_2 }{ $where ->
    [yes] ，目前处于该区间的{ $value_3 }处
   *[no] { "" }
  }
open-call = { $who }于{ $day }表示：{ $call }（至{ $due }未定，{ $known ->
    [yes] 当时可能性{ $rate }
   *[no] 无基准频率
  }）。
record-of = { $who }已有结果的{ $decided }个预测中有{ $true }个成真，任何人都可预期{ $expected }个{ $enough ->
    [yes] { "" }
   *[no] ，数目太少，说明不了什么
  }。
