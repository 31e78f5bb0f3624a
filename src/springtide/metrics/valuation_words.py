"""How articles speak of multiples: the patterns of the metrics of valuation.

What they read stands in :mod:`springtide.metrics.valuation_reading`.
"""

from __future__ import annotations

from springtide.metrics.patterns import en, zh
from springtide.metrics.valuation_reading import (
    EN_KIND,
    EN_RATIO,
    ZH_KIND,
    ZH_RATIO,
    read_average,
    read_average_gap,
    read_below_peak,
    read_benchmark_gap,
    read_beside,
    read_cape,
    read_excess,
    read_forward,
    read_multiple,
    read_peak_gap,
    read_percentile,
    read_relative,
    read_rerating,
    read_share_of_time,
    read_yield,
)

_ANY = "[^\ue001-\ue00e，。；,;]"  # a character of the same clause that is no mark
_ZH_AFTER = (
    "(?:P/?[EBS])?(?:[-－]?TTM|[（(](?:P/?[EBS][-－ ]?)?(?:TTM|LYR|动态|静态|滚动|倍)[)）])?"
)
_ZH = f"(?P<what>{ZH_KIND}?(?:的)?{ZH_RATIO}{_ZH_AFTER})"
_ZH_PAID = "(?P<what>(?:股息率|股息收益率|周息率|(?<![利孳年月])息率))"
_ZH_MIDDLE = "(?:中值|中位|均值|平均|分位|百分位|区间)"

_EN = rf"\b(?P<what>{EN_KIND}{EN_RATIO})"
_EN_WHOSE = "(?: (?:of|for|on) (?:the )?\ue001(?: [Ii]ndex)?)?"
# Words of the clause that name nobody else.
_EN_FROM = "(?:(?-i:[^A-Z\ue001-\ue00e.;])|P/[EBS]|PE\\b|EV/EBITDA|TTM){0,40}?"
_EN_IS = (
    r"(?! ?\)) ?(?:(?:ratio|multiple|is|was|of|at|stands|stood|around|about|near|roughly|currently|"
    r"now|only|just|sits|standing|sitting)\b ?){0,5}[:(]? ?"
)
_ZH_IS = (
    "(?:[为是约仅只有已在达报的：: （(均]|目前|当前|最新|大约|大概|估值|水平|不足|接近|分别|处于|"
    "维持){0,5}"
)
_OVER = "(?P<over>[\ue007\ue009\ue00a])"
_EN_OF = (
    r"(?P<what>(?:its |their |the |this year's |next year's )?(?:estimated |expected |projected |"
    "forward |trailing |prospective |historical |reported )?(?:[\ue005\ue007\ue009\ue00a] )?"
    r"(?:estimated |expected |forward |trailing )?(?:earnings|sales|book(?: value)?)\b)"
    "(?! (?:growth|per|season|estimates?|calls?|reports?))"
)
_ZH_THAN = f"(?:{_ANY}{{0,4}}?(?:[高低]于|[高低]过|较|比))?"
_ZH_WORTH = f"(?:的?(?:整体|平均)?(?:估值|{ZH_KIND}?{ZH_RATIO}))?"
_MEAN_ZH = "(?P<stat>调和平均值?|调和均值|中位数|均值|平均)"
_MEAN_EN = "(?P<stat>harmonic mean|mean|average|median)"

_ZH_MOVED = "(?:[上回攀]?升|[下回]?降|回落|修复|提升|抬升|扩张|[上下]?[涨跌])"

MULTIPLE = (
    zh(f"{_ZH}(?!的?{_ZH_MIDDLE}){_ANY}{{0,4}}?[由从自]{{multiple:base}}{_ANY}{{0,6}}?[至到]"
       "{multiple:value}", read_multiple, 13),
    zh(f"{_ZH}(?!的?{_ZH_MIDDLE}){_ANY}{{0,6}}?{_ZH_MOVED}{_ANY}{{0,3}}?[至到]{{multiple:value}}",
       read_multiple, 12),
    zh(f"{_ZH}(?!的?{_ZH_MIDDLE}){_ZH_IS}{{multiple:value}}", read_multiple, 12),
    zh(f"(?<!平均)(?<!均值){{times:value}}(?:左右|上下|以[上下])?的?{_ZH}(?!的?{_ZH_MIDDLE})",
       read_multiple, 11),
    zh(f"(?:对应|相当于){_ANY}{{0,8}}(?P<year>[\ue009\ue00a]){_ANY}{{0,8}}?{{times:value}}",
       read_forward, 14),
    zh(f"(?P<year>[\ue009\ue00a])E?{_ANY}{{0,3}}?{{times:value}}的?{_ZH}", read_forward, 14),
    zh(f"(?<!预期)(?<!预测){_ZH_PAID}(?!的?{_ZH_MIDDLE}){_ZH_IS}{{pct:value}}", read_multiple, 12),
    zh(f"(?<!平均){{pct:value}}的?{_ZH_PAID}(?!的?{_ZH_MIDDLE})", read_multiple, 11),
    en(f"{_EN}{_EN_WHOSE}{_EN_IS}{{multiple:value}}", read_multiple, 12),
    en(f"{{times:value}} ?{_EN_OF}", read_multiple, 12),
    en(f"{{times:value}} {_EN}", read_multiple, 11),
    en("\\b(?:versus|against|compared (?:with|to)|vs\\.?) (?:just |only |about )?{times:value} "
       "(?:for|at|on) (?:the )?{name:other}", read_beside, 12),
    en(f"(?P<what>\\bdividend yield){_EN_WHOSE}{_EN_IS}{{pct:value}}", read_multiple, 12),
    en(r"{pct:value} (?P<what>dividend yield\b)", read_multiple, 12),
    en(r"(?<=\ue001) (?:now |currently )?(?P<what>yields) {pct:value}", read_yield, 12),
)  # fmt: skip

_YEARS = "(?P<over>\ue00d)"  # 五年平均, 10-year average
_EVER_ZH = "(?P<history>历史|长期|(?:有(?:纪录|记录|数据)|上市|成立|推出)以来)"
AVERAGE = (
    zh(f"{_ZH_THAN}(?:{{span:over}}|{_EVER_ZH}){_ANY}{{0,12}}?{_MEAN_ZH}{_ANY}{{0,10}}?"
       "{multiple:value}(?!的?标准差)", read_average, 15),
    zh(f"{_ZH_THAN}{_YEARS}(?:值|水平)?{_ANY}{{0,10}}?{{multiple:value}}(?!的?标准差)",
       read_average, 15),
    zh(f"{_ZH_THAN}{{times:value}}(?P<plain>的)(?:{_YEARS}|(?P<history>历史|长期){_MEAN_ZH})(?:值|水平)?",
       read_average, 16),
    en(f"{_EN_FROM}(?P<own>(?:{{span:over}}|\\b(?P<history>historical|long-run|long-term)) "
       f"{_MEAN_EN}{_ANY}{{0,30}}?{{multiple:value}})", read_average, 15),
    en(f"\\b{_MEAN_EN} {_EN} of {{multiple:value}} {{span:over}}", read_average, 16),
    zh(f"(?:{{span:over}}|(?P<history>历史|长期)){_ANY}{{0,4}}?{_ZH_PAID}{_ANY}{{0,4}}?{_MEAN_ZH}"
       "{gap}{pct:value}", read_average, 15),
    en(f"\\b{_MEAN_EN} (?P<what>dividend yield) of {{pct:value}} {{span:over}}", read_average, 16),
)  # fmt: skip

PERCENTILE = (
    zh(f"(?:{_ZH}{_ANY}{{0,6}}?)?(?:{{span:over}}|(?P<history>历史|上市以来)){_ANY}{{0,10}}?"
       "{pct:value}"
       "(?:左右|附近|以[上下])?的?(?:历史)?百?分位", read_percentile, 15),
    zh("{pct:value}(?:左右|附近)?的?(?P<history>历史)?百?分位", read_percentile, 14),
    zh(f"分位(?:数|点|值)?[从由]{{pct:base}}{_ANY}{{0,6}}[至到]{{pct:value}}",
       read_percentile, 16),
    zh("(?P<history>历史)?百?分位(?:数|点|值)?(?:水平)?(?![从由]){gap}{pct:value}",
       read_percentile, 13),
    zh("{span:over}的?(?P<range>区间)的{pct:value}位置", read_percentile, 15),
    zh(f"(?:{_ZH}{_ANY}{{0,4}}?|即?估值)?(?:(?P<up>高于)|低于){_ANY}{{0,4}}?{{span:over}}{_ANY}{{0,2}}?"
       "{pct:value}的(?:时间|时期|交易日)", read_share_of_time, 15),
    en(f"{_EN_FROM}(?P<own>\\b(?P<ordinal>\\d{{1,3}}(?:\\.\\d+)?)(?:st|nd|rd|th) percentile"
       f"{_ANY}{{0,24}}?(?:{{span:over}}|(?P<history>histor\\w+|on record|since (?:its|their|the) "
       "(?:launch|inception|listing|start))))",
       read_percentile, 15),
    en(f"(?:{_EN} )?(?:at|in) the {{pct:value}} percentile {{span:over}}", read_percentile, 15),
    en(f"(?:{_EN} )?above that of {{pct:value}} of (?:the )?sessions {{span:over}}",
       read_percentile, 15),
    en(f"(?:{_EN} )?at {{pct:value}} of its (?P<range>range) {{span:over}}", read_percentile, 15),
)  # fmt: skip

_ZH_WAY = "(?:(?P<down>低|折让|折价|回落|下跌)|(?P<up>高|溢价))(?:[出了约逾有达近]|超过)*"
_ZH_PLACE = "(?:(?P<down>低于)|(?P<up>高于))"
_EN_WAY = r"(?:(?P<down>below|under|lower than)|(?P<up>above|over|higher than))"
GAP = (
    zh(f"{_ZH_WORTH}{_ZH_THAN}{{span:over}}的?(?:历史)?(?:平均|均值)(?:值|水平|估值)*(?:{_ZH_WAY})?"
       "{gap}{pct:value}",
       read_average_gap, 16),
    zh(f"{_ZH_WORTH}{_ANY}{{0,2}}?{_ZH_PLACE}(?P<history>历史|长期)(?:平均|均值)(?:值|水平)?"
       "[（(]?{multiple}?[)）]?{gap}{pct:value}",
       read_average_gap, 16),
    zh(f"{_ZH_WORTH}较?(?P<history>历史|长期)(?:平均|均值)(?:值|水平)?{_ZH_WAY}{{pct:value}}",
       read_average_gap, 16),
    zh(f"{_ZH_WORTH}{_ANY}{{0,3}}?{{period:over}}的?(?:最高值|高点|高位|峰值)?{_ZH_WAY}{{pct:value}}",
       read_peak_gap, 15),
    zh(f"{_ZH_WORTH}{_ANY}{{0,3}}?[较比于]{{name:benchmark}}的?(?:估值|市盈率)?(?:有|存在)?{_ZH_WAY}{{pct:value}}",
       read_benchmark_gap, 15),
    en(f"{_EN_FROM}(?P<own>{{pct:value}} {_EN_WAY} (?:its|their|the) "
       "(?:{span:over}|(?P<history>historical|long-run|long-term)) (?:average|mean))",
       read_average_gap, 16),
    en(f"{_EN_FROM}(?P<own>{{pct:value}} {{span:over}} (?:average|mean))", read_average_gap, 16),
    en(f"{_EN_FROM}(?P<own>{{pct:value}} (?:valuation )?(?:(?P<down>discount)|(?P<up>premium)) to "
       "(?:its|their|the) (?:{span:over}|(?P<history>historical|long-run|long-term)) "
       "(?:average|mean))", read_average_gap, 16),
    en(f"{_EN_FROM}(?P<own>(?:(?P<down>discount)|(?P<up>premium)) of {{pct:value}} to "
       "(?:its|their|the) (?:{span:over}|(?P<history>historical|long-run|long-term)) "
       "(?:average|mean))", read_average_gap, 16),
    en(f"(?:{_EN} )?{{pct:value}} {_EN_WAY} its mean {{span:over}}", read_average_gap, 16),
    en(f"(?:{_EN} )?{{pct:value}} {_EN_WAY} its peak (?:in |of )?{_OVER}", read_peak_gap, 16),
    en(f"{_EN} (?:is |was |stands |remains |still )*{{pct:value}} (?P<down>below|off|under) "
       f"(?:its|their|the) {_OVER} (?:peak|high)", read_peak_gap, 17),
    en(f"{_EN} (?:is |was |stands |remains |still )*{{pct:value}} {{period:over}}",
       read_below_peak, 17),
    en(r"{pct:value} (?P<down>below|off|under) (?:its|their|the) (?:[\ue009\ue00a] )?(?:peak|high)"
       r"(?: of| in)? ?{period:over}", read_peak_gap, 15),
    en(f"(?:{_EN} )?{{pct:value}} {_EN_WAY} that of (?:the )?{{name:benchmark}}",
       read_benchmark_gap, 16),
    en(r"{pct:value} (?:valuation )?(?:(?P<down>discount)|(?P<up>premium)) to (?:the )?"
       "{name:benchmark}", read_benchmark_gap, 15),
    en(r"(?:(?P<down>discount)|(?P<up>premium)) of {pct:value} to (?:the )?{name:benchmark}",
       read_benchmark_gap, 15),
)  # fmt: skip

RELATIVE = (
    zh(f"{_ZH}{{gap}}{{name:benchmark}}的{{times:value}}", read_relative, 17),
    en(f"{_EN} {{times:value}} that of (?:the )?{{name:benchmark}}", read_relative, 17),
)  # fmt: skip

_ZH_RERATED = (
    f"(?:来自|源于|归因于|归功于){_ANY}{{0,4}}?(?:估值|{_ZH}|(?P<earned>盈利|业绩|利润))"
    "(?P<more>隐含盈利)?的?(?:变化|修复|提升|扩张|重估|抬升|贡献|增长)"
)
_EN_MOVE = "(?:its|the|that|this) (?:move|rise|gain|rally|advance|rebound|fall|decline)"
RERATING = (
    zh(f"(?:[涨升跌]幅|涨势|升势|涨跌|升跌|反弹|上涨|上升)(?:的|之中|当中|[中里])?有?{_ANY}{{0,3}}?"
       f"[，,]?{{pct:value}}(?:是)?{_ZH_RERATED}", read_rerating, 17),
    en(f"(?:owes )?{{pct:value}} of {_EN_MOVE} {{period:over}} (?:to|from|came from) re-?rating "
       f"by its {_EN}", read_rerating, 17),
    en(f"(?:to re-?rating by its {EN_KIND}{EN_RATIO} and )?{{pct:value}} of {_EN_MOVE} "
       f"{{period:over}} to the (?P<earned>earnings) in its {_EN}", read_rerating, 17),
    en(f"{{pct:value}} of {_EN_MOVE}s?[^.;]{{0,40}}?(?:from|to|by) [^.;]{{0,12}}?"
       "(?:re-?rating|multiple expansion|higher multiples?)", read_rerating, 16),
)  # fmt: skip

CAPE = (
    zh("(?:周期调整市盈率|席勒市盈率|(?<![A-Za-z])CAPE)(?:[（(]CAPE[)）])?{gap}{multiple:value}",
       read_cape, 18),
    en(r"\b(?:Shiller (?:CAPE|P/E|PE)|CAPE|cyclically[- ]adjusted (?:P/E|price[- ]to[- ]earnings))"
       r"(?: ratio)?(?: \(CAPE\))?(?: (?:of|for) (?:the )?\ue001)?{gap}{multiple:value}",
       read_cape, 18),
    en(r"{times:value} (?:its |their )?cyclically[- ]adjusted (?:earnings|profits?)",
       read_cape, 18),
)  # fmt: skip

EXCESS = (
    zh("超额CAPE收益率{gap}{pct:value}", read_excess, 18),
    en("excess CAPE yield{gap}{pct:value}", read_excess, 18),
)  # fmt: skip
