# 簡報：句子、標題及說明。
title = 升浪還能走多遠？{ $name }，{ $day }
heading = { $section ->
    [calls] 在案預測
    [front] 概覽
    [behind] 機會率從何而來
    [outlook] 升浪還能走多遠？
    [level] 現處水平
    [advance] 累計升跌
    [momentum] 動力
    [risk] 回落與成交
    [valuation] 估值
    [flows] 資金流向
    [targets] 目標價與評級
    [theme] 主題與廣度
    [levels] 價位與上落區間
   *[exuberance] 是泡沫嗎？
  }
valuation-restated = 這些估值是來源今日公布的歷史，當中可能包括其後才公布的業績。
hindsight = 其成份屬事後選取，選定於{ $day }。
levels-caution = 價位只說明價格曾在此轉折，並不說明還會在此轉折：各指數{ $tests }次首次來到此類價位時，{ $held }折返，來到旁邊價格時為{ $beside }；{ $shown ->
    [yes] 相差{ $difference }個百分點（95%區間為{ $low }至{ $high }個百分點），差異很小
   *[no] 相差{ $difference }個百分點（95%區間為{ $low }至{ $high }個百分點），不足以證明有差異
  }。
sentence = { $subject }{ $predicate }。
sentence-dated = { $day }，{ $subject }{ $predicate }。
sentence-on-file = { $subject }{ $predicate }（數據自該日起）。
sentence-disagreeing = { $subject }{ $predicate }；兩種劃分並不一致。
the-index = { $name }
the-index-inside = { $name }
it = { "" }
this = { $kind ->
    [index] 該指數
   *[other] 該股
  }
# Begins a predicate that has to say whose rally it is of; and the word that joins one to its subject.
whose = 今輪
of = 的
# What stands for the instrument in a list: its name, or a pronoun.
listed = named
name-with-id = { $name }（{ $id }）
# 同一主語的兩個謂語之間。
and = ，
then = ，
and-apart = ，
because = { $what }：{ $why }
no-outlook = 未能作出展望：{ $why }

# 凡列出泡沫檢驗結果之處，均說明檢驗不能說明甚麼。
bubble-limits = 檢驗不能說明的是：股價是否過高、會否下跌、何時下跌；誤報率是指沒有泡沫時出現同樣結果的頻率，而非沒有泡沫的機會率。
explosive-fall = 愈跌愈快的價格同樣呈爆炸性：那並非泡沫。
undated = 擬合未能給出時間：呈泡沫形態的窗口有{ $qualified }個，臨界時間與事前假定只差{ $gain }奈特；要求最少{ $least }個窗口，而且多於{ $bound }奈特（95%的無泡沫模擬市場低於此數）。
fits-date-nothing = 擬合未能給出時間：呈泡沫形態的窗口太少，或所說的終點幾乎只是事前的假定。
dated = 關於這個時間，擬合提供{ $gain }奈特的資訊；95%的無泡沫模擬市場不足{ $bound }奈特。
run-dated = 持續時間由當時已可得知的首個交易日起計，不會用上其後的價格。
run-too-short = 持續時間尚短，未能與短暫異動區分。
no-rate = 沒有泡沫的市場有多常達到此水平，未能計算。

# 正文以外。
summary = 本文所有數字均按截至{ $day }的數據計算，並附佐證。
evidence-file = 各個數字的佐證載於 { $file }。
as-of = 數據截至{ $day }
comma = 、
gap-joint = ；
not-measured-lead = 未能計算：
hint = 按下有底線的數字，可看佐證。
evidence = 佐證
printed = 文中
measured = 實數
made-by = 由 { $software } 編製
tables = 所用數據表：{ $tables }
switch = 語言

# 兩種泡沫檢驗，終端機表格。
tests-title = 是泡沫嗎？{ $name }，{ $day }
test = 檢驗
result = 結果
false-alarm-rate = 誤報率
not-enough = 資料不足：{ $why }
psy-label = { $title }（PSY）
psy-result = { $explosive ->
    [up] 是，向上
    [down] 是，向下：下跌並非泡沫
   *[no] 否
  }{ $since }；統計量{ $statistic }，臨界值{ $critical }
psy-rate = { $null ->
    [wild] 野自助抽樣中的{ $rate }
   *[random_walk] 隨機漫步中的{ $rate }
  }
since-confirmed = ，始於{ $began }（{ $known }確認）
since-not-confirmed = ，始於{ $began }（未獲確認）
shape-label = { $title }，{ $scale ->
    [short] 短期
    [medium] 中期
   *[long] 長期
  }，{ $direction ->
    [up] 向上
   *[down] 向下
  }
shape-result = { $size }（{ $fitted }個窗口中佔{ $qualified }個）
shape-rate = 模擬市場中的{ $rate }
time-label = { $title }（如果是泡沫）
time-result = { $median }後；80%區間：{ $earliest }至{ $latest }
ahead-on = { $sessions }（{ $day }）

# The first screen.
front-rise = { $age }內，自{ $day }低位起
front-fall = { $age }內，自{ $day }高位起
front-chances = 頂部已現的機會率；三個月內為{ $three }，六個月內為{ $six }
front-top = 頂部若仍在前方的居中情形；八成情形：{ $first }至{ $last }
front-said-chances = 頂部已現的機會率為{ $now }；三個月內出現為{ $three }；六個月內為{ $six }。
front-said-top = 頂部若仍在前方，見頂時間的居中情形為{ $day }；八成情形：{ $first }至{ $last }。
for = 有利因素
against = 不利因素
front-figure = { $figure }
front-day = { $day }
front-beyond = { $day }之後

# Sentences of several figures.
averages = 收市價{ $way }{ $window }天線{ $value }，{ $window }天線為{ $value_2 }{ $two ->
    [yes] ；{ $way_2 }{ $window_2 }天線{ $value_3 }，{ $window_2 }天線為{ $value_4 }
   *[no] { "" }
  }
way = { $side ->
    [above] 高於
   *[below] 低於
  }
ranks = 今輪牛市的{ $by ->
    [age] 歷時
    [gain] 升幅
   *[pace] 平均升速
  }超越自身之前{ $sample }輪牛市中的{ $value }輪、同類證券{ $sample_2 }輪中的{ $value_2 }輪
within = { $period }最低收市價為{ $value }，最高收市價為{ $value_2 }{ $where ->
    [yes] ，目前處於該區間的{ $value_3 }處
   *[no] { "" }
  }
open-call = { $who }於{ $day }表示：{ $call }（至{ $due }未定，{ $known ->
    [yes] 當時機會率{ $rate }
   *[no] 無基準頻率
  }）。
record-of = { $who }已有結果的{ $decided }個預測中有{ $true }個成真，任何人都可預期{ $expected }個{ $enough ->
    [yes] { "" }
   *[no] ，數目太少，說明不了甚麼
  }。
