"""Subjects that are not in the registry: who a clause speaks of when it names nobody we know.

"台积电涨0.38%" after a sentence on an index is a statement about 台积电, not about the index. A
clause that begins with words of its own before its verb has its own subject; only a clause that
begins with nothing but adverbs and pronouns carries the subject of the one before.
"""

from __future__ import annotations

import re

_ADVERBS_ZH = re.compile(
    "个?交易日|将|冲上|重上|意外|进入|踏入|处于|附近|短期|中期|长期|水平|过去|最近|近日|近期|连日|迄今|三大(?:股指|指数)?|平均|意味着|暗示|隐含|相当于|对应|代表|预示|显示|存在|仍有|尚有|具有|潜在|可能|出现|收盘价|截至?(?:今日|昨日|当日|目前)?(?:收盘|收市|发稿|午盘|午间|中午|时间)?(?:时)?|今日|今天|昨日|昨天|昨夜|隔夜|昨|今早|今|"
    "早盘|早段|早市|午盘|午后|午市|午间|盘中|尾盘|尾市|开盘后?|开市后?|盘初|盘前|盘后|夜盘|夜市|收盘时?|收市时?|"
    "最终|最新|最后|随后|其后|之后|此前|此后|期间|期内|当前|目前|现时|现|全日|全天|全周|当日|当天|同日|同期|日内|年内|"
    "一度|曾|再度|继续|持续|进一步|仍然|仍|依然|已经|已|更是|更|甚至|还|亦|也|又|再|则|均|都|齐齐|齐|各自|各|双双|"
    "分别|累计|合计|总计|共|逐步|逐渐|逐|大幅|小幅|轻微|略为|略|微|明显|显著|强势|强劲|快速|迅速|突然|短线|集体|普遍|"
    "随着|伴随|但是|但|而且|而|不过|然而|其中|并且|并|同时|之际|带动下|带动|下|后|时|中|由|从|自|在|于|较|比|按|以|"
    "股价|指数|指标|该股|该指数|该公司|公司|大市|大盘|市场|后市|两者|两股|两只|三者|前者|后者|其|它|他们|"
    "涨幅|跌幅|升幅|降幅|收盘价?|收市价?|开盘价?|现价|价格|报收|收报|高开|低开|平开|高走|低走|接近|临近|左右|"
    "单日|周内|本周|上周|连续|连|再创|创(?!业|新|科)|达到|达|至|到|为|是|有|的|了|及|和|与|、|个|日|天|周|月|年"
)
_WORDS_ZH = re.compile("[\u4e00-\u9fffA-Za-z][\u4e00-\u9fffA-Za-z0-9·&.\\-]*")

_RUN_EN = re.compile(
    r"[A-Z][\w&.'’\-]*(?: (?:of|and|&|de|the) (?=[A-Z])| (?=[A-Z0-9])|[\w&.'’\-])*"
)
_STOP_EN = frozenset(
    [
        "The",
        "A",
        "An",
        "It",
        "Its",
        "They",
        "Their",
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
        "Shares",
        "Stocks",
        "Stock",
        "Share",
        "Price",
        "Prices",
        "Futures",
        "Index",
        "Investors",
        "Traders",
        "Analysts",
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
        "AI",
        "US",
        "U.S",
        "UK",
        "EU",
        "ET",
        "GMT",
        "ETF",
        "ADR",
        "ADRs",
        "CEO",
        "Inc",
        "Ltd",
        "Co",
        "Corp",
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
        "Yesterday",
        "Year",
        "Overall",
        "Elsewhere",
        "Among",
        "Both",
        "Each",
        "All",
        "Year-to-date",
        "Having",
        "According",
        "Based",
        "Judging",
        "Yet",
        "Still",
        "Then",
        "Now",
        "So",
        "Since",
        "Over",
        "Up",
        "Down",
        "Last",
        "First",
        "Not",
        "Trades",
        "Traded",
        "Trading",
        "Hits",
        "Rises",
        "Falls",
        "Jumps",
        "Closes",
        "Ends",
        "Opens",
        "Update",
        "Record",
        "High",
        "Low",
        "Near",
        "New",
        "RSI",
        "YTD",
    ]
)
_CARRIES_EN = re.compile(
    r"(?:[,;:()\"'\s]|\b(?:according|based|judging|and|but|then|it|they|which|who|that|has|have|had|was|were|is|are|been|be|also|still|"
    r"now|later|again|since|already|further|itself|alone|only|just|even|more|another|an?|the|its|their|this|"
    r"index|indices|gauge|benchmark|stock|stocks|shares?|price|ADRs?|close[ds]?|closing|end(?:ed|s)?|"
    r"finish(?:ed|es)?|trading|trade[ds]?|session|day|on|in|at|by|of|to|for|so|far|as|much|one|point|"
    r"during|after|before|having|fresh|new|bringing|taking|week'?s?|month'?s?|year'?s?|year|to|date|"
    r"about|around|nearly|roughly|almost|over|than|some|well|back|sharply|slightly|modestly|broadly|"
    r"steeply|rapidly|up|down|out|off|morning|afternoon|earlier|intraday|midday|gains?|advance|rally|"
    r"s|set|sets|setting|stands?|stood|saw|sees?|seen|shows?|showed|hits?|hitting|touch\w*|reach\w*|"
    r"post\w*|record\w*|notch\w*|mark\w*|made|making|came|comes?|took|takes?|put|puts|left|leaving|"
    r"impl(?:y|ies|ied|ying)|represent\w*|suggest\w*|indicat\w*|mean(?:s|ing)?|potential|median|average|"
    r"price|targets?|further|extend\w*|push\w*|sent|lift\w*|remain\w*|hover\w*|annuali[sz]ed|volatility|volume|turnover|"
    r"rise|fall|drop|decline|loss(?:es)?|biggest|largest|while|with|when|from|bull markets)\b)*",
    re.IGNORECASE,
)


def own_subject(clause: str, chinese: bool) -> str | None:
    """Return the words of a clause before its verb that name a subject of their own.

    Parameters
    ----------
    clause
        The clause up to the verb, after the last name that the registry knows.
    chinese
        Whether it is Chinese.

    Returns
    -------
    str or None
        The name as written; "" for a subject that is no name (it cannot be carried over, nor told);
        None where the clause has no subject of its own.

    Examples
    --------
    >>> own_subject("台积电", True), own_subject("随后股价", True)
    ('台积电', None)
    >>> own_subject("Xunlei, which ", False), own_subject("it has since ", False)
    ('Xunlei', None)
    >>> own_subject("natural gas futures ", False)
    ''
    """
    return _own_zh(clause) if chinese else _own_en(clause)


_MOVE_ZH = re.compile(
    "[大急猛劲微狂暴抽飙拉闪]?(?:[升涨跌挫弹扬泻]|走[高低强弱]|回落|反弹|跳水|高开|低开|破顶|创)|[收现新]?[报造]?[报造收][于在]?[\ue002-\ue00e]"
)
_NO_SUBJECT_ZH = re.compile(
    "扩大|乐观|悲观|中性|收窄|回落|回升|反复|震荡|造好|向[好上下]|受压|受|获|遭|随|因|由|被|将|以|延续|承接|经过|截|据|根据|尽管|"
    "虽然|虽|在|对|当|自|从|若|如|除|按|相比|另外|此外|值得|需要|具体|整体|总体|总结|消息|盘面|数据|统计|历史|"
    "高开|低开|平开|裂口|突破|失守|升|涨|跌|挫|弹|冲|大幅|势|报|收|成交|主力|板块|有|没|不|未|先|齐|领|带"
)


def subject_before(clauses: str) -> str | None:
    """Return who the earlier Chinese clauses of a sentence speak of, where they name nobody we know.

    Returns
    -------
    str or None
        A name that a clause gives right before a verb of moving; "" where a clause begins with
        words of its own that are no such name; None where none has a subject.

    Examples
    --------
    >>> subject_before("万科午后急升，"), subject_before("午后升幅扩大，")
    ('万科', None)
    >>> subject_before("可口可乐业绩理想，反映消费者愿意支付更高价格，")
    ''
    """
    parts = [part for part in re.split("[，,；;：:、]", clauses) if part.strip()]
    for part in reversed(parts):
        move = _MOVE_ZH.search(part)
        own = own_subject(part[: move.start()], True) if move else None
        if own and len(own) <= 8:
            return own
    for part in parts:
        words = re.sub("[\ue001-\ue00e]", "", part)
        rest = re.sub(f"^(?:{_ADVERBS_ZH.pattern})+", "", words.strip())
        if len(rest) >= 4 and not _NO_SUBJECT_ZH.match(rest) and not _PRONOUN_ZH.search(part):
            return ""
    return None


def subject_of_loose(before: str, after: str) -> str | None:
    """Return another subject of a clause that a word for a whole market only places.

    Examples
    --------
    >>> subject_of_loose("超微电脑", "盘前"), subject_of_loose("", "AI板块午后")
    ('超微电脑', 'AI板块')
    >>> subject_of_loose("这推动", "早盘") is None
    True
    """
    placed = own_subject(_CAUSE_ZH.sub("", before), True)
    if placed or _OF_A_LISTING.match(after):
        return placed or ""
    move = _MOVE_ZH.search(after)
    own = own_subject(after[: move.start()] if move else after, True)
    return own if own is not None else placed


_OF_A_LISTING = re.compile("[^，。]{0,6}(?:双双|盘前|盘后|公司|成分股|成份股)")
_CAUSE_ZH = re.compile(
    "^.*(?:推动|带动|令|使得?|让|拖累|刺激|导致|支持|支撑|提振|影响|利好|看好|推升|引领|推高|看|见|是|了|的|与|和|及|"
    "受惠|上市|显示|关注|进入|随着|由于|目前|近期|但|而|惟|周[一二三四五六日]|方面)"
)
_PRONOUN_ZH = re.compile("它|其(?!中|他|余|后|间|实)|该股|该指数|该公司")
_PRONOUN_EN = re.compile(r"\W*(?:and |but |while )?(?:its|their|it|they)\b", re.IGNORECASE)


# Names begin with these characters, which are adverbs elsewhere.
_HEADS_ZH = (
    "[中下后时以]|和黄|比亚|比特|日[经本间月]|年轻|月之|在岸|至纯|及时|都市|有色|微[软盟博创牛]|现[代货]|达[美能]|周大|"
    "周生|周六福|天[齐合能]|连连|共[同创]|平安|再鼎|由|自如|同程|并行|更美"
)
_NO_INSTRUMENT = re.compile(
    "^合约$|[两三四五多几各]家|价格|信心|景气|物价|通胀|就业|失业|零售|制造业|服务业|贷款|申请|库存|产量|销量|收益率|国债|美债|利率|移民|质押|合约数|"
    "发行价|招股价|配售价|上市|单位|物业|纯利|利润|业务|预期|看[跌涨]|数量|人数|客流|订单|[A-Z]?[CP]PI|PMI|GDP"
    r"|\b(?:ISM|PMI|CPI|PPI|GDP|Consumer|Management|Fed|IPO|YoY|EBITDA|Revenues?|Sales|Deposits|Performance|"
    r"Institute|Exchange|Wall St(?:reet)?|Treasury|Congress|House|Senate)\b"
)


def _own_zh(clause: str) -> str | None:
    if _PRONOUN_ZH.search(clause):
        return None
    base = re.search("较|比(?![亚特优])", clause)
    if base and _own_zh(clause[base.end() :]) is not None:
        return ""
    words = _WORDS_ZH.findall(clause)
    left = [word for word in words if len(_ADVERBS_ZH.sub("", word)) >= 2]
    if not left:
        return None
    name = left[-1]
    stripped = re.match(
        f"(?:(?!{_HEADS_ZH})(?:{_ADVERBS_ZH.pattern}))*(?P<name>.*?)(?:{_ADVERBS_ZH.pattern})*$",
        name,
    )
    own = stripped.group("name") if stripped else name
    return own if 2 <= len(own) <= 14 and not _NO_INSTRUMENT.search(own) else ""


_BRACKETS_EN = re.compile(r"\([^()]*\)?")
_OBJECT_EN = re.compile(
    r"(?<!shares )(?<!stock )(?<!stocks )(?<!stake )(?<!units )\b(?:in|at|on|by|for|from|with|against|near|tracking|across|into|"
    r"to|than|after|before|amid|while|as|outside|off) (?:the |its |their )?$",
    re.IGNORECASE,
)


_TICKER_EN = re.compile("[A-Z]{2,5}")


def named_before(words: str) -> str:
    """Return the company that an English sentence names before a match, "" where it names none.

    Only what is plainly a name counts: several capitals in a row, or a ticker. One capital may be
    any first word of a sentence.

    Examples
    --------
    >>> named_before("Shares of Acme Steel dropped  on  , "), named_before("In a week, ACM fell, ")
    ('Acme Steel', 'ACM')
    >>> named_before("Last-hour buying helped the index recoup losses, ")
    ''
    """
    name = _own_en(words) or ""
    capitals = [word for word in name.split() if word[:1].isupper()]
    listed = re.search(rf"(?:[Ss]hares|[Ss]tocks) (?:of|in) {re.escape(name)}\b", words)
    plain = len(capitals) > 1 or _TICKER_EN.fullmatch(name) or (name and listed)
    return name if plain else ""


_FORM_EN = re.compile(r"(?:Inc|Corp|Ltd|Co|Class|Sponsored ADR)\b")


def _own_en(clause: str) -> str | None:
    clause = _BRACKETS_EN.sub(" ", clause)
    if _PRONOUN_EN.match(clause):
        return None
    runs = [
        match.group().strip(" .,'’")
        for match in _RUN_EN.finditer(clause)
        if any(word.strip(".,'’s") not in _STOP_EN for word in match.group().split())
        and not _OBJECT_EN.search(clause[: match.start()])
    ]
    if runs:
        words = runs[-1].split()
        while words and (words[0] in _STOP_EN or words[0] in ("of", "and", "the")):
            words.pop(0)
        name = re.sub("['’]s?$", "", " ".join(words))
        return "" if _NO_INSTRUMENT.search(name) or _FORM_EN.match(name) else name
    return None if _CARRIES_EN.fullmatch(clause) else ""
