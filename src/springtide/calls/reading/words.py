"""The words by which articles say what is to come; Chinese is Simplified once normalised."""

from __future__ import annotations

import re

TARGET = re.compile(r"目标|\btargets?\b", re.IGNORECASE)

RAISED_TO = re.compile(r"\b[Tt]arget(?: price)?\b[^.;0-9]{0,40} to $|目标价[^，。；]{0,20}至$")
"""Right before the new value of a target."""

CEILING = re.compile(
    r"(?:区间|波幅|波动|恒指|指数|上方|全年)?[^，。；]{0,8}(?:上限|顶部|上沿|高位目标)[^，。；0-9]{0,14}$"
    r"|\b(?:ceiling|upper (?:end|bound|limit|band)|top of (?:its|the) range|capped)\b[^,.;0-9]{0,30}$",
    re.IGNORECASE,
)
FLOOR = re.compile(
    r"(?:下限|底部|下沿)[^，。；0-9]{0,14}$"
    r"|\b(?:floor|lower (?:end|bound|limit|band)|bottom of (?:its|the) range)\b[^,.;0-9]{0,30}$",
    re.IGNORECASE,
)
KEEPS = re.compile(
    r"(?:不会?再?|难以?|勿)(?:(?P<up>升[破穿]|突破|站[上稳]|升越|高[于过])|(?P<down>跌[破穿]|失守|下破|低[于过]))"
    r"[^，。；0-9]{0,4}$|"
    r"\b(?:not|n't|unlikely to) (?:(?P<up2>rise|climb|go|trade|break|close|move) above|(?P<down2>fall|drop|go|trade|break|close|slip) below)"
    r"[^,.;0-9]{0,8}$",
    re.IGNORECASE,
)
"""Right before a level that is not to be passed: 年底前不会升穿24000点, "will not fall below"."""

NOT = re.compile(
    r"不会|不太可能|难以|未能|(?:\b(?:not|never|unlikely)|n['’]t)\b(?! only)", re.IGNORECASE
)

UNLESS = re.compile(r"若|如果|倘|一旦|假如|只要|除非|\bif\b|\bonce\b|\bunless\b", re.IGNORECASE)
"""A condition, be it of a level or of anything else."""

SCENARIO = re.compile(
    r"(?:乐观|悲观|最好|最坏|极端)[^，。；]{0,4}(?:情[景况形]|预期|估计)|\b(?:bull|bear|best|worst)[- ]case\b",
    re.IGNORECASE,
)

TARGETED = re.compile(
    r"\s*(?:points?\s*)?(?:year[- ]end |12-month |price )*(?:target|forecast)\b", re.IGNORECASE
)
"""Right after a level: "her 6,600 year-end target"."""

ROOM = re.compile(r"(?:左右)?的?(?:上[涨升行]|下[跌行])空间|(?: of)? (?:upside|downside)\b")

SIDEWAYS = re.compile(r"上落|波动|区间|震荡|徘徊|运行|\brange\b|\bbetween\b", re.IGNORECASE)

SUPPORT = re.compile(r"支撑|支持[位区水]|下方|\bsupports?\b", re.IGNORECASE)
RESISTANCE = re.compile(r"阻力|压力位|上方|\bresistances?\b", re.IGNORECASE)
LEVELS = re.compile(r"支撑|支持[位区水]|阻力|压力位|\bsupports?\b|\bresistances?\b", re.IGNORECASE)

IF = re.compile(
    r"反之|若|如果|倘|一旦|假如|只要|除非|\bif\b|\bonce\b|\bshould\b|\bunless\b|"
    r"\ba (?:\w+ )?(?:break|close|move|drop|fall|rise|push|breach)(?= (?:above|below|through|past))",
    re.IGNORECASE,
)
BREAKS = re.compile(
    r"(?P<up>突破|升破|站[稳上]|升穿|冲破|企稳|\babove\b|\bclears?\b|\bthrough\b)|"
    r"(?P<down>跌破|失守|跌穿|下破|\bbelow\b)|\bbreaks?\b|\bbreach(?:es)?\b",
    re.IGNORECASE,
)

WILL = re.compile(
    r"预计|预期|预测|预料|预估|料(?!理)|上望|下望|上试|下试|看[至到高]|上看|看$|目标|将(?:会)?[^，。]{0,6}(?:升|涨|跌|达|触|突破|挑战|见)|"
    r"\bexpect(?:s|ed)?\b|\bforecasts?\b|\bpredict(?:s|ed)?\b|\bsees?\b|\bproject(?:s|ed)?\b|\btargets?\b|"
    r"\bwould (?:open|target|expose|pave|bring|point)\b|\btarget\b[^.;]{0,40}\bis\b|\b(?:will|should|would) (?:reach|rise|fall|hit|climb|drop|end)\b",
    re.IGNORECASE,
)
REACHES = re.compile(
    r"(?:[至到见望看]|达到?|触及|挑战|目标[价位]?(?:为|是|定为|至)?|[上下]试|[上下]探|探至|升穿|突破|升破|站上|跌破|攀升|"
    r"\breach(?:es)?|\bis|\babove|\bbelow|\bhits?|\bto|\btop|\bat|\bof|\bopen|\btowards?|\bexpose|\btarget|\bas high as|\bas low as)[^，。；,;0-9]{0,8}$",
    re.IGNORECASE,
)
MAY = re.compile(
    r"可能|或(?!者)|有望|不排除|有机会|有机率|可望|\bcould\b|\bmay\b|\bmight\b|\bpossibly\b|\bpotentially\b",
    re.IGNORECASE,
)
PAST = re.compile(
    r"此前|先前|曾|上次|去年|已[经然]?[升涨跌达]|原先|由此前|收[于报]|现报|\bprevious(?:ly)?\b|\bearlier\b|\bhad\b|\bclosed\b|\bwas\b|"
    r"\bfrom\b[^,.;]{0,12}$",
    re.IGNORECASE,
)

PROFITS = re.compile(
    r"(?:获利|回吐|调整|回调|沽售)(?:回吐|了结|盘)?(?:的)?压力|获利(?:回吐|了结)|技术性?(?:回调|调整)|"
    r"profit[- ]taking|\bpull-?back\b|\bcorrection\b",
    re.IGNORECASE,
)
OVERBOUGHT = re.compile(
    r"超买|短期内?|短线|升幅过大|急升之?后|overbought|near[- ]term|short[- ]term", re.IGNORECASE
)
MOVES_TO = re.compile(
    r"(?:回落|跌|升|涨|下探|反弹|回升|调整)[至到]$|\b(?:fall|drop|rise|climb|slide)s? to $"
)
"""Right before a level that is reached, and is no support or resistance."""

SPAN = re.compile(r"范围|不等|\brang(?:e|es|ing) (?:from|of|between)\b")
"""A target that is one end of those of several houses: 目标价范围从50到73美元不等."""

DATED = re.compile(
    r"月|[年][底末终]|year[- ]?end|end of|month|January|February|March|April|May|June|July|August|"
    r"September|October|November|December",
    re.IGNORECASE,
)
"""Words for a day that a target is of."""

HAPPENED = re.compile(
    r"受[^，。；]*$|等因素|影响|操作|明显|出现|遇|因(?=获利)|\b(?:amid|after|on|due to|saw|triggered)\b"
    r"(?: [a-z]+){0,2} (?:profit|pull|correction)",
    re.IGNORECASE,
)
"""Around the words for taking profits: it is told why prices moved, not what is to come."""

CENTRE = re.compile(r"(?:中枢|中轴|重心)[^，。；]{0,8}(?:上移|抬升|上升|抬高)")

MOVED = re.compile(
    r"累[计积]|了$|已[经然]?|\\b(?:rose|fell|gained|lost|climbed|dropped|surged|slid|jumped|rallied|declined|added|"
    r"has (?:risen|fallen|gained|climbed|lost))\\b",
    re.IGNORECASE,
)
"""Between the words for what is to come and a number: it is of what came before."""

NOT_PRICE = re.compile(
    r"盈利|收入|利润|营收|销[量售]|经济|增长|通胀|股息|派息|收益率|占比?|概率|机[会率]|可能性|市盈率|估值|资本开支|GDP|CPI|"
    r"\bearnings\b|\bEPS\b|\brevenues?\b|\bgrowth\b|\bsales\b|\bdividend|\byields?\b|\bchance\b|\bprobabilit|"
    r"\bodds\b|\binflation\b|\btariffs?\b|\bprofits?\b|\bmargin|\brates?\b|\bcapex\b|\bshare of\b",
    re.IGNORECASE,
)
RISES = re.compile(
    r"升|涨|上行|反弹|跌|下行|回落|回报|\bris(?:e|es|ing)\b|\bgain|\bupside\b|\breturn|\brall(?:y|ies)\b|\bfall|\bdrop|"
    r"\bdecline|\bdownside\b|\bclimb",
    re.IGNORECASE,
)
INDEX = re.compile(r"指数|板块|\bindex\b|\bsector\b", re.IGNORECASE)
ONWARDS = re.compile(
    r"(?:(?!可|则|看|望|试|见|关注|next|toward|target)[^，。]){0,10}", re.IGNORECASE
)
"""What may stand between the words for passing a level and the level."""
MEAN = re.compile(r"平均|均价|季度|\baverag(?:e|ing)\b|\bquarter", re.IGNORECASE)

DEPARTMENT = re.compile(
    "证券|财富|资产|投资|研究|办公室|私人银行|部|区|环球|全球|"
    r"\b(?:Wealth|Asset|Investment|Research|Private|Global|Securities|Chief)\b"
)
"""After the name of a house: a department of it."""
