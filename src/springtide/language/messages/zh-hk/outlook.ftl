# 升浪還能走多遠：機會率用語、正文及終端機表格。

# 固定的機會率用語，與每個機會率並列。
likelihood = { $step ->
    [almost-none] 幾乎不可能
    [very-unlikely] 可能性很低
    [unlikely] 可能性偏低
    [rather-not] 可能性略低於一半
    [even] 一半一半
    [rather] 可能性略高於一半
    [likely] 可能性偏高
    [very-likely] 可能性很高
   *[almost-certain] 幾乎肯定
  }
percent = { $edge ->
    [under] 不足{ $percent }
    [over] 逾{ $percent }
   *[within] { $percent }
  }
probability = { $percent }（{ $words }）

method = { $method ->
    [climatology] 基準頻率
    [survival] 存活模型
    [analogues] 歷史相似走勢
    [random_walk] 隨機漫步
    [garch] GARCH模擬
    [volatility] 波幅預測模擬
   *[combination] 綜合
  }
months = { $sessions ->
    [20] 一個月
    [60] 三個月
    [120] 半年
   *[250] 一年
  }
horizon = { $months }（{ $duration }）
number = { $beyond ->
    [yes] 逾{ $number }
   *[no] { $number }
  }
span = { $low }至{ $high }
rallies = { $count }輪過往升浪
instruments = { $count }隻證券或指數

# 某方法未能作答的原因：句子的一部分。
not-daily = 須有每日收市價
few-closes = 截至當時只有{ $count }個收市價，最少要有三個方能判斷
no-price = 須有高於零的收市價
began-before = 今輪升浪始於數據之前（數據由{ $first }起）{ $cut }，低位不詳
nothing-learned = 截至當時，可供參考的過往升浪太少
too-short = 須有連續{ $closes }個交易日的收市價
no-year = 須有今年之前最少一年的收市價
no-garch = 其回報率未能以GARCH(1,1)擬合
no-variance = 截至當時已知的往年波幅不足以預測其波幅
few-alike = 數據湖內可供比較的過往升浪不足{ $least }輪

# 正文。
cannot-tell = 未能判斷升浪還能走多遠：{ $why }。
no-turn = 現有收市價不足以判斷是否有升浪正在進行：升浪的起點，是比其後某個收市價低{ $fall }的低位，而現有數據未見這種轉折（不論向上或向下）。
bear = { $told ->
    [yes] { "" }
   *[no] 對上一個高位在{ $since }出現，收市價較其低{ $down }。
  }目前沒有正在進行的升浪，亦無從說起還能走多遠：後市仍屬熊市（較高位低{ $fall }或以上），直至收市價高出低位{ $fall }方告完結。
bear-began-before = 這一階段可能始於數據之前，高位不詳。目前沒有正在進行的升浪，亦無從說起還能走多遠：後市仍屬熊市（較高位低{ $fall }或以上），直至收市價高出低位{ $fall }方告完結。
real-moves = 倍升或腰斬的收市價（{ $days }）視為真實升跌：既無股份拆細紀錄，成交量亦未顯示拆細。
began = { $told ->
    [yes] 這一輪升浪始於該低位
   *[no] 這一輪升浪始於{ $day }的低位
  }，至今{ $age }；倘收市價較最高處低{ $fall }，升浪即告完結，屆時才知道頂部在哪裏。
still-running = 另有{ $count }輪當時仍在進行，按已走過的時間計入
lasted-longer = 在{ $instruments }有紀錄而且已完結的{ $rallies }之中，{ $edge ->
    [over] 幾乎全部（估計{ $share }）歷時更長
    [under] 幾乎沒有（估計{ $share }）歷時更長
    [none] 未有已知歷時更長者
   *[within] 估計有{ $share }歷時更長
  }{ $censored ->
    [yes] （Kaplan–Meier估計：{ $running }）
   *[no] { "" }
  }。
chances = 頂部已經出現{ $place ->
    [above] （較最新收市價高{ $above }）
   *[here] { "" }
  }的機會率為{ $now }；已經出現或在{ $three }內出現的機會率為{ $by_three }；{ $six }內的機會率為{ $by_six }。
further = 倘頂部尚未出現（機會率{ $chance }），按中位數（居中的情況），後市還要走{ $when }（{ $middle }個交易日）才到頂部，較最新收市價高{ $usual }；按80%區間（十次佔八次），頂部{ $days }出現（{ $ahead }個交易日），較最新收市價高{ $above }。時間與高度出自同一種方法（{ $method }）。
when-beyond = 更久（超出所能判斷的範圍）
when = { $off }、至{ $month }{ $part ->
    [early] 上旬
    [middle] 中旬
   *[late] 下旬
  }
off-days = 數天
off-weeks = 約{ $count }星期
off-months = 約{ $count }個{ $half ->
    [yes] 半
   *[no] { "" }
  }月
off-years = 約{ $count }年{ $half ->
    [yes] 半
   *[no] { "" }
  }
days-from = 在{ $low }以後
days-between = 在{ $low }與{ $high }之間
one-method = 以上機會率只出自一種方法（{ $method }，{ $cases }個樣本）。
partly = 以上是全部{ $all }種方法綜合的往績；此處只有{ $here }種能夠作答。
known-rallies = 截至{ $day }已知的{ $instruments }的{ $rallies }
pooled-equally = 以上機會率由{ $count }種方法按相同比重綜合而成：截至當時，過往升浪未足以分出優劣。
pooled = 以上機會率由{ $count }種方法按各自的往績綜合而成{ $known ->
    [yes] ，當中基準頻率取自{ $base }
   *[no] { "" }
  }。
base-rates = 以上是基準頻率：不論當時狀況如何，{ $base }其後如何發展。
no-record = 截至當時，這些方法未有往績，無從證明優於基準頻率。
record = 在{ $forecasts }次過往預測之中，其平方誤差較對所有升浪一視同仁的基準頻率為小：{ $skills }；{ $gain ->
    [yes] 就能走多高而言，誤差小{ $far }
    [open] 就能走多高而言，誤差小{ $far }，但不足以證明甚麼
   *[no] 就能走多高而言，未有往績
  }。與單憑該價格本身的GARCH模擬相比，誤差小：{ $simulation }；{ $proved ->
    [yes] 這些方法亦優於這種模擬。
   *[no] 是否亦優於這種模擬，則未獲證實。
  }
skill-size = { $size }（95%區間{ $low }至{ $high }）
skill = { $months }為{ $size }（95%區間{ $low }至{ $high }）
skills = { $first }，{ $last }
no-skill-known = 截至當時，未有任何方法以往績證明預測力更強。
better-silent = 截至當時表現較佳的方法，在此未能作答。
no-skill = 截至當時，未有任何方法獲證實預測力更強：在{ $forecasts }次過往預測之中，各方法綜合後平方誤差減少的幅度，{ $skills }。
too-few-of-kind = 不提供機會率：截至當時，已完結的同類升浪太少，不足以得知通常如何發展；而單憑價格本身的模擬，可以自信得離譜。
nothing-fitted = 未能提供機會率：截至當時，未有任何方法以已完結的升浪擬合。
no-answer = 未能提供機會率：以當時已知的數據，沒有方法能夠作答。

# 終端機表格。
title = 升浪還能走多遠？{ $name }，{ $day }
chance = 機會率
top-is-in = 頂部已經出現
within = 已經出現或在{ $sessions }內
new-high = { $sessions }內再創新高
up-first = 升{ $move }先於跌{ $move }
sessions = 距未現之頂的交易日：中位數
gain = 距未現之頂的升幅：中位數
interval = 80%區間
cases = 升浪或模擬路徑數目
weight = 綜合所佔比重
said = * 如上文所述
track-record = 截至當時綜合方法的往績：頂部在期限內出現
by-horizon = 期限
forecasts = 預測數目
undecided = 未有結果
brier = Brier分數
over-base = 相對基準頻率的改善
over-simulation = 相對模擬的改善
score = { $score }（{ $low }至{ $high }）
is-in = （已出現）
of-gain = 升幅（CRPS）
left-out = 未有納入
limits = 改善幅度的區間為95%。無從得知的是：消息，以及史無前例之事。已不復存在的市場及公司，其升浪不在樣本之內。
