# 數字：各作何解，為何如此。

# 數字是甚麼。
measure = { $measure ->
    [price_change] 升跌幅
    [price_level] 價位
    [record] 新高或新低
    [streak] 連升或連跌
    [valuation] 估值
    [flow] 資金流
    [turnover] 成交
    [market_cap] 市值
    [target_price] 目標價
    [rating] 評級
    [implied_move] 距目標價的升跌幅
    [technical] 技術指標
    [level] 支持、阻力等關口
    [breadth] 升跌家數
    [bond_yield] 債息
    [fx] 匯率
    [fundamental] 公司數據
    [fundamental_growth] 公司數據增幅
    [macro] 經濟數據
    [macro_growth] 經濟數據增幅
    [holding] 持股
    [probability] 機會率
   *[other] 其他數量
  }
why = { $why ->
    [date] 日期
    [time] 時間
    [ticker] 代號
    [name] 名稱的一部分
    [version] 版本或型號
    [id] 編號
    [count-of-text] 文中篇章數目
    [page] 頁面內容，並非正文
   *[other] 不構成說法的其他數字
  }
whys = { $why ->
    [date] 日期
    [time] 時間
    [ticker] 代號
    [name] 名稱
    [version] 版本
    [id] 編號
    [count-of-text] 篇章數目
    [page] 頁面
   *[other] 其他
  }

# 何時、如何說的。
direction = { $direction ->
    [up] 升
   *[down] 跌
  }
modality = { $modality ->
    [stated] 陳述
    [forecast] 預測
    [conditional] 附條件
    [generic] 泛指
   *[hypothetical] 假設
  }
period = { $period ->
    [day] 單日
    [session] 單個交易日
    [week] 周
    [month] 月
    [quarter] 季
    [year] 年
    [ytd] 年初至今
    [last] 過去若干日、周等
    [since] 自某日以來
    [span] 某日至某日
    [yoy] 按年
    [qoq] 按季
    [mom] 按月
   *[none] 無
  }
basis = { $basis ->
    [close] 收市
    [open] 開市
    [high] 最高
    [low] 最低
    [live] 即市
    [premarket] 開市前
    [afterhours] 收市後
   *[na] 不適用
  }
stretch = { $kind }（{ $first }至{ $last }）
stretch-from = { $kind }（自{ $first }）
stretch-to = { $kind }（至{ $last }）
day = { $day }

# 報告：數字多少，哪些不是說法。
count = 數字：讀到{ $all }個，說法{ $claims }個（已查核{ $measured }個），並非說法{ $none }個
counted = { $count }（{ $groups }）
group = { $why }{ $count }
comma = 、
measure-of = { $subject }的{ $measure }
texts = { $words }：{ $texts }
claiming-nothing = 不構成說法的數字
not-measured = 沒有相應指標的說法

# 為何如此理解。
slot = { $slot ->
    [kind] 是甚麼
    [direction] 方向
    [subject] 指誰
    [modality] 語氣
    [period] 時段
    [day] 日期
   *[basis] 價格
  }
slot-head = 項目
candidate = 候選
words = 文中字句
score = 得分
marked = 採用
by-rule = 規則
at = { $text }（位置{ $start }）
is-none = 不是說法：{ $why }。
is-unmeasured = 說法，但沒有相應指標：{ $what }。
is-measured = 說法，按{ $subject }{ $day }的{ $metric }查核：{ $label }。{ $reason }。
others = 其他可能的理解：{ $ways }。
no-others = 沒有其他可能的理解。
