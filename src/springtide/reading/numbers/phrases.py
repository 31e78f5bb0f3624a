"""Noun phrases that may be whose a number is where no table holds a name: "原木主力合约", "the dollar".

Nothing is parsed. A Chinese clause is cut at verbs, adverbs and words of time, and what is left
before the first and after the last cut may be its subject; an English one is what stands before its
first verb, and runs of capitals.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from springtide.language.scanning import expression
from springtide.reading.numbers.scene import BlockScene


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of a block that may name a subject, and how they were found.

    ``how``: ``head`` of the number's clause, ``earlier`` head of a clause before it in the sentence,
    ``near`` right before the number, ``capitals``, ``of`` after the number, ``cell`` of the row.
    """

    start: int
    end: int
    text: str
    how: str


_HAN = re.compile("[\u4e00-\u9fff]")

# Where a Chinese clause is cut: what is left between are nouns.
_CUT_ZH = expression(
    "[，。；：:、！？!?（）()\\[\\]“”\"'|/\\n]|"
    "(?:个)?交易日|(?:截至|截止)(?:[^，。]{0,12}(?:收盘|收市|发稿|时|日|午间|目前))?|"
    "今[日早年天晨晚]|昨[日天晚夜]|隔夜|本[周月日]|上[周月日]|当[日天周月]|[早午尾夜晚]盘|早[段市]|尾市|午[后市间]|盘[中初前后]|开[盘市]|收[盘市]时?|"
    "全[日天周月年]|年[内初底末]|[近最]日|近期|最近|近来|目前|现时|当前|同期|期[间内]|随后|其后|之后|此前|此后|至今|以来|"
    "第?[一二三四五六七八九十]季度?|[上下]半年|财年|[0-9一二三四五六七八九十]+月(?:份|初|底|末|中旬|[上中下]旬)?|(?<=[%点元股倍])[、和与及]|[0-9]{2,4}年(?!期)(?:度|初|底|末)?|[0-9]+日|"
    "星期[一二三四五六日]|周[一二三四五六日]|"
    "(?:大幅|小幅|轻微|明显|显著|强势|快速|迅速|突然|短线|集体|普遍|震荡|持续|继续|进一步|再度|一度|曾经?|仍然?|依然|已经?|更是?|甚至|还|亦|也(?!门)|又|再|则|均(?![值线衡])|都(?![市会])|齐齐?|各自|双双|分别|累计|累|合计|总计|共(?!和|同)|逐步|略|微(?!软|盟|博|创|电)|最多|最高|最低|高见|低见|高位|低位)|"
    "[急猛飙狂暴大重劲微再续连反回]?(?:拉升|抽升|上升|上涨|下跌|下挫|下滑|走高|走低|走强|走弱|回落|回升|反弹|攀升|飙升|飙涨|暴涨|大涨|大跌|涨停|跌停|领涨|领跌|收涨|收跌|收升|收报|收于|报收|报于|收高|收低|高开|低开|平开|跳水|新高|新低|升(?![级华降学])|涨(?![跌幅])|跌(?!幅)|挫|弹|泻|扬(?!州|声))|"
    "升破|跌破|突破|失守|升穿|跌穿|企稳|站[上稳]|触及|触[及底顶]|创(?!业|新[药板]|科|意|始|投|板)|报(?![告表纸道])|"
    "达到?|逾|超过?|不足|接近|逼近|(?<!合)约为?|大约|左右|增长|增加|减少|下降|提升|提高|降低|扩大|收窄|同比|环比|按[年月季]|较|"
    "比(?![亚特优例率])|为(?!主|止)|是|有(?![限色关])|至(?!纯)|到|从|自(?![动由然])|由(?!于)|在(?![线岸])|于|将|被|受|因|随着?|而|但|并(?![行购])|且|与|及|和(?![黄记铂])|"
    "表示|预计|预测|预期|显示|认为|指出|称|公布|宣布|录得|实现|完成|达成|获得?|净(?!利|值|资|额)|"
    "(?<=[\u4e00-\u9fff%]) +(?=[\u4e00-\u9fff])|新年|年初|年末|合共|每股|普通股|出现|[之以]前|[之以]后|[EeSs]?MA(?![A-Za-z])|RSI|MACD|API|曝光|打开|可能|回购|加权|平均(?!指数|股价)|报道|数据|连续|主[买卖]|低水|高水|编辑|公布|"
    "最[终新]|成交[额量]?|重回|刺激|拖累|推动|带动|令(?!人)|使得?|中值|均值|总额|市[盈净销]率|估值|"
    "(?:延长)?交易时段|市[后前]|消息|[0-9]+(?:分|秒|时|天|家|只|个)|引爆|"
    "总?市值|股价|价格|涨幅|跌幅|升幅|降幅|其中|当中|目标价?|评级"
)
_DROP_ZH = re.compile(
    "^(?:[港美A]股(?=.{2,8}(?:板块|概念股))|的|对|向|其|该|此|这|那|个|只|家|了|着|过|约|近|以|按|据|经|另外?|此外|同时|不过|然而|因此|所以|如果|虽然|尽管|由于|按照|根据)+|(?:的|了|着|之|等|方面|期间|时|后|中|大增|[新暂]录|(?<=.{3})[增减录])+$"
)
_NOT_ZH = re.compile(
    "^(?:往绩|滚动|静态|动态|远期|值[高低]|[之以此]?[前后]|前一日?|数量上?|平均值?|重回|如现货?|刺激其?|连续|[本下上]?[年月周]|讯|财联社|外电|一度|全日|单日|分析|市场人士|不断|有望|可能|我们|他们|它们|两者|公司|该股|指数|大市|投资者|数据|记者|报道|编辑|消息面?|来源|原标题|图|价?的?转折点|总?代价|价值|总?金额|总额|斥资|吸金|吸资|(?:流入)?资金占?比?|迄今流入资金|开始|不仅如此|半小时内|[月年周日]内|即?短短|徘徊|最[深低高]下?[探见]|加上|估计股息收益|市[净盈销账]率|汇价|报价|高出市场|投放|投资|派息|股息|息率|注销|期内|水平下?)$"
)

_AMOUNT = re.compile("[0-9.,]+ ?(?:点|元|美元|港元|%|亿|万|倍|个|家|只|$)")

_VERB_EN = expression(
    r"(?<!-)\b(?:is|are|was|were|has|have|had|will|would|could|may|might|can|did|does|do|rose|rise[sn]?|rising|fell|fall(?:s|en|ing)?|"
    r"gain(?:s|ed|ing)?|los[et]s?|losing|jump(?:s|ed|ing)?|surg(?:e|es|ed|ing)|drop(?:s|ped|ping)?|declin(?:e|es|ed|ing)|"
    r"climb(?:s|ed|ing)?|add(?:s|ed|ing)|slid(?:e|es|ing)?|slip(?:s|ped)?|sank|sink(?:s|ing)?|tumbl(?:e|es|ed|ing)|plung(?:e|es|ed|ing)|"
    r"soar(?:s|ed|ing)?|rall(?:y|ies|ied)|advanc(?:e|es|ed|ing)|eas(?:e|es|ed)|edg(?:e|es|ed)|dip(?:s|ped)?|shed|closed?|"
    r"clos(?:es|ing)|end(?:s|ed)|open(?:s|ed)|settled?|trad(?:e|es|ed|ing)|hit(?:s|ting)?|reach(?:es|ed|ing)?|touched|stood|stands?|"
    r"came|comes?|drew|draws?|grew|grow(?:s|n)?|increas(?:e|es|ed|ing)|decreas(?:e|es|ed)|rebounded|hover(?:s|ed|ing)|remain(?:s|ed)?|"
    r"reported|posted|saw|sees?|said|says|expects?|raised|lowered|cut|set|snapped|logged|marked|held|holds?|"
    r"(?:plummet|crash|crater|tank|crack|nosediv|zoom|spik|soar|skid|leap|bounc|rebound|recover|retreat|slump|"
    r"extend|snap|swing|stumbl|weaken|strengthen|appreciat|depreciat|log|hover|rocket|skyrocket|vault|div)e?s|dove|"
    r"[a-z]+(?:ed|ing)(?<!trading)|sold|bought|showed|shows|moved|traded|slumped|retreated|firmed|finished|popped|outperformed|underperformed|unchanged|up|down|off|higher|lower|at|to|by|"
    r"given|despite|because|since|although|though|if|which|that|who|while|as|after|when|with|from)\b|[-+]?[$€£]?[0-9]"
)
_LEAD_EN = expression(
    r"^(?:\W*(?:all|most|some|many|given|following|despite|since|because|although|though|if|even|and|but|"
    r"while|meanwhile|however|also|still|overall|elsewhere|among (?:them|others)|"
    r"in (?:\w+ ){1,3}(?:trade|trading|news)|on (?:mon|tues|wednes|thurs|fri)day|yesterday|today|earlier|"
    r"later|then|so|as|for|by|at|in|on|of|with|from|to|than|during|after|before|the company said|its|their|"
    r"his|her|this|that|these|those|it|they|he|she|we|you|which|who|where|when|there|here|both|each|the|an?|"
    r"[A-Z][a-z]+day)(?![\w'\-])[,:]? ?)+",
    re.IGNORECASE,
)
_WORTH_EN = expression(
    r"(?:(?:'s|’s)?(?: (?:total|combined|overall|average|daily|aggregate|current|net|fund|foreign|stock|equity|share|trading|weekly|monthly|single|largest))*"
    r" (?:market[ -]cap(?:itali[sz]ation)?|m-?cap|market value|turnover|trading volumes?|(?:in|out)flows?|valuation))"
    r"(?: (?:now|today|currently|also|alone))?$|(?<=[a-z]) (?:likely|reportedly|probably|also|alone|now)$"
)
"""What is counted of somebody, at the end of a phrase: "India's total market cap now"."""
_CAPITALS = re.compile(
    r"(?<![\w&.'])(?:[A-Z][\w&.'\-/]*|[0-9]+-(?:year|month))(?: (?:of |and |& |de |the )?(?:[A-Z&][\w&.'\-/]*|[0-9]{2,4}\b))*"
    r"(?: (?:futures|index|shares|stock|yields?|crude|oil|bonds?|notes?|contracts?|prices?))*"
)
_OF_EN = re.compile(
    r" ?(?:\w+ ){0,3}?(?:of|in|for|on|at|by) ((?:the |its )?[A-Za-z0-9&.'\-]+(?: [A-Za-z0-9&.'\-]+){0,4})"
)
_OWN_SHARES = re.compile(r"(?:its|their|the) (?:share|stock|unit) prices?\b")
_STOP_EN = frozenset(
    [
        "The",
        "A",
        "An",
        "It",
        "Its",
        "They",
        "This",
        "That",
        "These",
        "Those",
        "But",
        "And",
        "Or",
        "While",
        "Meanwhile",
        "However",
        "Also",
        "In",
        "On",
        "At",
        "By",
        "For",
        "From",
        "After",
        "Before",
        "As",
        "With",
        "To",
        "Of",
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Jan",
        "Feb",
        "Mar",
        "Apr",
        "Jun",
        "Jul",
        "Aug",
        "Sep",
        "Sept",
        "Oct",
        "Nov",
        "Dec",
        "US",
        "U.S",
        "UK",
        "EU",
        "ET",
        "GMT",
        "CEO",
        "Q1",
        "Q2",
        "Q3",
        "Q4",
        "I",
        "We",
        "He",
        "She",
        "There",
        "Today",
        "Year",
        "Overall",
        "If",
        "When",
        "Shares",
        "Stocks",
        "Investors",
        "Analysts",
        "Wall",
        "Street",
        "According",
    ]
)
_PRONOUN_EN = re.compile(
    r"(?:the |its |their |his )?(?:shares?|stocks?|company|firm|bank|index|benchmark|gauge|price|prices|"
    r"market|markets|group|counter|session|day|week|month|year|gains?|losses|move|figure|it|they|value|"
    r"investors|analysts|traders|all|shares of the (?:firm|company|bank))(?:'s)?(?: shares| stock)?",
    re.IGNORECASE,
)
_MOST = 7


Pieces = dict[tuple[int, int, int], list[tuple[int, int, str]]]
"""Phrases found before, by block, start and end: the clauses before a number are those of others."""


def phrases_before(block: BlockScene, at: int, known: Pieces) -> list[Phrase]:
    """Return the phrases of a sentence up to a number, the nearest clause first.

    ``known`` holds what was found in the article before, and is added to.
    """
    start, _ = block.sentence(at)
    clause, _ = block.clause(at)
    chinese = _HAN.search(block.text, max(0, at - 60), min(len(block.text), at + 60)) is not None
    made: list[Phrase] = []
    own = _own_zh(block.text, clause, at) if chinese else _en(block.text, clause, at)
    if own:
        made.append(Phrase(*own[0], "head"))
        if chinese and len(own) > 1:
            made.append(Phrase(*own[-1], "near"))
        elif not chinese:
            made += (Phrase(*one, "capitals") for one in own[1:])
    first = bisect_right(block.cuts, start)
    ends = block.cuts[first : bisect_right(block.cuts, clause, first)][::-1]
    for reached, begin in zip(ends, [*ends[1:], start], strict=False):
        key = (block.index, begin, reached)
        if key not in known:
            known[key] = (_zh if chinese else _en)(block.text, begin, reached)
        earlier = known[key]
        if earlier:
            made.append(Phrase(*earlier[0], "earlier"))
        if len(made) >= _MOST:
            break
    return made


_NEXT_OF_LIST = re.compile("[0-9](?:%|个百分点|[点元倍])?(?:[（(][^）)]{0,16}[）)])?、")
"""教育板块涨3.2%、影视院线涨2.1%: behind a number and a 、 the next of a list begins."""


def _own_zh(text: str, clause: int, at: int) -> list[tuple[int, int, str]]:
    """Return the pieces of a clause up to a number; of a list those of its own item."""
    begins = [match.end() for match in _NEXT_OF_LIST.finditer(text, clause, at)]
    return (_zh(text, begins[-1], at) if begins else []) or _zh(text, clause, at)


def phrase_after(block: BlockScene, end: int) -> Phrase | None:
    """Return the phrase after a number that says what it is of: "a 2% rise in the index"."""
    match = _OF_EN.match(block.text, end)
    if match is None:
        return None
    words = match.group(1)
    if _OWN_SHARES.match(words):
        return None
    verb = _VERB_EN.search(words)
    if verb:
        words = words[: verb.start()].rstrip()
    return (
        Phrase(match.start(1), match.start(1) + len(words), words, "of") if len(words) > 2 else None
    )


def pieces(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """Return the noun phrases of a stretch of text: where each begins and ends, and its words.

    Examples
    --------
    >>> [words for _, _, words in pieces("股票基金上周", 0, 6)]
    ['股票基金']
    >>> [words for _, _, words in pieces("Foreign investors have", 0, 22)]
    ['Foreign investors', 'Foreign']
    """
    return (_zh if _HAN.search(text, start, end) else _en)(text, start, end)


def _zh(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """Return the pieces of a Chinese clause that its verbs and adverbs leave, in order."""
    made = []
    reached = start
    for match in [*_CUT_ZH.finditer(text, start, end), None]:
        stop = match.start() if match else end
        piece = text[reached:stop]
        lead = _DROP_ZH.match(piece)
        a = reached + (
            lead.end() if lead and lead.end() and lead.start() == 0 and lead.group() != piece else 0
        )
        words = text[a:stop].strip()
        words = _DROP_ZH.sub("", words) if words else ""
        good = 2 <= len(words) <= 24 and not _NOT_ZH.match(words) and not _AMOUNT.match(words)
        if good:
            at = text.find(words, a, stop)
            if at >= 0 and re.search("[A-Za-z\u4e00-\u9fff]", words):
                made.append((at, at + len(words), words))
        if match:
            reached = match.end()
    return made


def _en(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """Return what stands before the first verb of an English clause, then its runs of capitals."""
    made = []
    lead = _LEAD_EN.match(text[start:end])
    begin = start + (lead.end() if lead else 0)
    verb = _VERB_EN.search(text, begin, end)
    words = text[begin : verb.start() if verb else end].strip(" ,;:(\"'*")
    words = _WORTH_EN.sub("", words)
    first = words.partition(" ")[0].lower()
    named = not _PRONOUN_EN.fullmatch(words) and not first.endswith("ing")
    named = named and _VERB_EN.fullmatch(first) is None  # "Up 22% from its low", "Snaps a streak"
    if named and 2 <= len(words) <= 60 and words.count(" ") <= 8:
        at = text.find(words, begin)
        made.append((at, at + len(words), words))
    for match in list(_CAPITALS.finditer(text, start, end))[-3:]:
        run = match.group().rstrip(".'")
        if _VERB_EN.fullmatch(run.lower()) or run in _STOP_EN or _PRONOUN_EN.fullmatch(run):
            continue
        if not any(run == one[2] for one in made):
            made.append((match.start(), match.start() + len(run), run))
    return made
