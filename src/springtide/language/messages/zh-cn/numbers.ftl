# 数字：各作何解，为何如此。

# 数字是什么。
measure = { $measure ->
    [price_change] 涨跌幅
    [price_level] 价位
    [record] 新高或新低
    [streak] 连涨或连跌
    [valuation] 估值
    [flow] 资金流
    [turnover] 成交
    [market_cap] 市值
    [target_price] 目标价
    [rating] 评级
    [implied_move] 距目标价的涨跌幅
    [technical] 技术指标
    [level] 支撑、阻力等关口
    [breadth] 涨跌家数
    [bond_yield] 债券收益率
    [fx] 汇率
    [fundamental] 公司数据
    [fundamental_growth] 公司数据增速
    [macro] 宏观数据
    [macro_growth] 宏观数据增速
    [holding] 持仓
    [probability] 概率
   *[other] 其他数量
  }
why = { $why ->
    [date] 日期
    [time] 时刻
    [ticker] 代码
    [name] 名称的一部分
    [version] 版本或型号
    [id] 编号
    [count-of-text] 文中篇章计数
    [page] 页面内容，非正文
   *[other] 不构成论断的其他数字
  }
whys = { $why ->
    [date] 日期
    [time] 时刻
    [ticker] 代码
    [name] 名称
    [version] 版本
    [id] 编号
    [count-of-text] 篇章计数
    [page] 页面
   *[other] 其他
  }

# 何时、如何说的。
direction = { $direction ->
    [up] 涨
   *[down] 跌
  }
modality = { $modality ->
    [stated] 陈述
    [forecast] 预测
    [conditional] 附条件
    [generic] 泛指
   *[hypothetical] 假设
  }
period = { $period ->
    [day] 单日
    [session] 单个交易日
    [week] 周
    [month] 月
    [quarter] 季
    [year] 年
    [ytd] 年初至今
    [last] 近若干日、周等
    [since] 自某日以来
    [span] 某日至某日
    [yoy] 同比
    [qoq] 季度环比
    [mom] 月度环比
   *[none] 无
  }
basis = { $basis ->
    [close] 收盘
    [open] 开盘
    [high] 最高
    [low] 最低
    [live] 盘中
    [premarket] 盘前
    [afterhours] 盘后
   *[na] 不适用
  }
stretch = { $kind }（{ $first }至{ $last }）
stretch-from = { $kind }（自{ $first }）
stretch-to = { $kind }（至{ $last }）
day = { $day }

# 报告：数字多少，哪些不是论断。
count = 数字：读到{ $all }个，论断{ $claims }个（已核查{ $measured }个），非论断{ $none }个
counted = { $count }（{ $groups }）
group = { $why }{ $count }
comma = 、
measure-of = { $subject }的{ $measure }
texts = { $words }：{ $texts }
claiming-nothing = 不构成论断的数字
not-measured = 无对应指标的论断

# 为何如此解读。
slot = { $slot ->
    [kind] 是什么
    [direction] 方向
    [subject] 指谁
    [modality] 语气
    [period] 时段
    [day] 日期
   *[basis] 价格
  }
slot-head = 项目
candidate = 候选
words = 文中字句
score = 得分
marked = 采用
by-rule = 规则
at = { $text }（位置{ $start }）
is-none = 不是论断：{ $why }。
is-unmeasured = 论断，但无对应指标：{ $what }。
is-measured = 论断，按{ $subject }{ $day }的{ $metric }核查：{ $label }。{ $reason }。
others = 其他可能的读法：{ $ways }。
no-others = 没有其他可能的读法。
