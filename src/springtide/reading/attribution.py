"""Who says it: the person or house that a paragraph quotes.

A speaker is given as the text first names them, the house in brackets after the person: 建银国际首席
策略师赵文利表示 is 赵文利（建银国际）, and so is 赵文利 alone later on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache

from springtide.language.required import Screen, required_words
from springtide.language.scanning import compiled, lowered

_VERBS_ZH = (
    "表示|指出|认为|提及|提到|强调|透露|补充|续指|解释|坦言|预料|预计|预期|相信|估计|直言|写道|说"
)
_SAYS_ZH = (
    f"(?:对[^，。]{{0,8}}?)?(?:{_VERBS_ZH}|(?:分析|续)?称(?!赞|霸|雄|之|为|作|职))"
    "(?!下|值|的|中|为[：:]|，?(?:升|涨|跌))"
)
_ZH = re.compile(
    rf"(?:^|[，。；“”」』\s])(?P<who>[\u4e00-\u9fffA-Za-z·•.（）()、 \-]{{2,48}}?){_SAYS_ZH}(?=[，：:,“「]|$|[^。])"
)
_HE_ZH = re.compile(
    r"在(?:他|她|其)看来|(?:^|[，。；])(?:他|她|其)(?:还|亦|也|则|又|续)?(?:表示|称|指出|认为|提及|提到|补充|说)"
)
_ACCORDING_ZH = re.compile(
    r"(?:据|根据)(?P<who>[\u4e00-\u9fffA-Za-z ·]{2,24}?)(?:的)?(?:数据|统计|报道|研报|显示|资料)"
)
_EN_NAME = r"[A-Z][\w.'’&-]+(?: (?:[A-Z][\w.'’&-]+|of|and|at|&|de|van))*"
_VERBS_EN = r"said|says|wrote|writes|noted|notes|adds? that|added that|told|argued|argues|estimates?|reckons?|believes?"
_EN_SAYS = f"(?:{_VERBS_EN})"
# No sentence without one of these quotes anybody.
_MAY_QUOTE = f"{_VERBS_ZH}|称|看来|据|{_VERBS_EN}|ccording to"
_EN_PERSON = re.compile(
    rf"(?P<person>{_EN_NAME}),(?P<role>[^,.;]{{2,70}}?) (?:at|of|with|for) (?P<house>{_EN_NAME}),? {_EN_SAYS}\b"
)
_EN_PERSON_AFTER = re.compile(
    rf"{_EN_SAYS} (?P<person>{_EN_NAME}),(?P<role>[^,.;]{{2,70}}?) (?:at|of|with|for) (?P<house>{_EN_NAME})"
)
_EN_HOUSE_FIRST = re.compile(
    rf"(?P<house>{_EN_NAME})(?:'s|’s)? (?:(?:chief|senior|head|lead|market|equity|investment|global) )*"
    rf"(?:strategist|analyst|economist|trader|manager|director|head)s? (?P<person>{_EN_NAME}),? {_EN_SAYS}\b"
)
_EN_BEFORE = re.compile(rf"(?P<who>{_EN_NAME}(?:,[^,.;]{{2,80}},)?) {_EN_SAYS}\b")
_EN_AFTER = re.compile(rf"{_EN_SAYS} (?P<who>{_EN_NAME})")
_EN_ROLE = re.compile(
    rf"\b(?P<who>(?:[Aa]n?|[Oo]ne|[Tt]he) (?:\w+ )?(?:strategist|analyst|economist|trader|fund manager|investor)s?)[^.;,]{{0,40}} {_EN_SAYS}\b"
)
_ACCORDING_EN = re.compile(rf"\b[Aa]ccording to (?:data from )?(?P<who>{_EN_NAME})")
_PRONOUN = re.compile(rf"\b(?:[Hh]e|[Ss]he|[Tt]hey) {_EN_SAYS}\b")
_TRIM_ZH = re.compile(
    "^(?:无独有偶|此外|另外|同时|不过|然而|因此|例如|其中|对此|而|但|当中|展望后市|受访的|有)+[，,]?"
)
_ASIDE_ZH = re.compile(
    "(?:报道|在|于|近日|昨日|今日|日前|周[一二三四五六日]|最新|接受|发布|发表)[^，。]{0,16}$|[则亦也还又均]$"
)
_NOBODY = re.compile(
    "(?:高于?|低于?|好于|差于?|超|逊|胜|符合|优于|不及)$|市场|乐观|悲观|中性|机构|业内|分析|普遍|外界|消费者|投资者|原因|公司|集团|管理层|消息|有人|他|她|其|[一-鿿]*人士$|^.?$|数据|报告|结果"
)
_ROLE_ZH = re.compile(
    "(?P<house>[\u4e00-\u9fffA-Za-z &.]{2,20}?)(?:的)?"
    "(?:亚洲|亚太|中国|大中华区?|环球|全球|香港|首席|高级|资深|联席|股票|港股|A股|市场|投资|宏观|科技|互联网|行业|研究部?|"
    "证券|策略|固定收益|外汇|商品|私人银行|财富管理业务|董事|副|执行)*"
    "(?:策略师|策略分析师|分析员|分析师|经济学家|经济师|基金经理|投资总监|投资经理|投资组合经理|董事总经理|总经理|董事|主管|总监|"
    "总裁|合伙人|主席|执行官|行政总裁|创始人|研究员|顾问|部长)"
    "(?:[及兼][\u4e00-\u9fff]{2,16}?(?:师|家|管|监|理|席|裁))?"
    "(?P<person>[\u4e00-\u9fff·]{2,8}|[A-Z][A-Za-z .]+?)(?:[（(](?P<latin>[A-Za-z .\\-]{3,30})[）)])?$"
)


@dataclass(frozen=True, slots=True)
class Speaker:
    """Where a sentence names who it quotes: the spans of a name, and of a house where it gives one.

    All spans are None for a pronoun: the one who was quoted last.
    """

    person: tuple[int, int] | None = None
    house: tuple[int, int] | None = None
    latin: tuple[int, int] | None = None


@cache
def _may_quote() -> Screen:
    return Screen({0: required_words(_MAY_QUOTE)})


@lru_cache(maxsize=512)
def speaker(sentence: str) -> Speaker | None:
    """Return who a sentence quotes, None for nobody.

    The last sentences are remembered: numbers and phrases ask for the same ones.

    Examples
    --------
    >>> text = "法国巴黎银行财富管理指出，中国科技股估值仍低"
    >>> text[slice(*speaker(text).person)]
    '法国巴黎银行财富管理'
    >>> text = "建银国际首席策略师赵文利表示，指数还会走高"
    >>> who = speaker(text)
    >>> text[slice(*who.person)], text[slice(*who.house)]
    ('赵文利', '建银国际')
    >>> speaker("恒生指数收跌0.2%。") is None
    True
    """
    if not _may_quote().passed(lowered(sentence)):
        return None
    if compiled(_MAY_QUOTE).search(sentence) is None:
        return None
    if _HE_ZH.search(sentence) or _PRONOUN.search(sentence):
        return Speaker()
    for pattern in (_EN_PERSON, _EN_PERSON_AFTER, _EN_HOUSE_FIRST):
        match = pattern.search(sentence)
        if match is not None:
            return Speaker(match.span("person"), match.span("house"))
    for pattern in (_ACCORDING_ZH, _ZH, _EN_ROLE, _EN_BEFORE, _ACCORDING_EN, _EN_AFTER):
        match = pattern.search(sentence)
        if match is not None:
            named = _cut(sentence, *match.span("who"))
            if named is not None:
                return named
    return None


def _cut(sentence: str, start: int, end: int) -> Speaker | None:
    """Cut what surrounds a name, and split a person from their house."""
    trimmed = _TRIM_ZH.match(sentence, start, end)
    start = trimmed.end() if trimmed else start
    aside = _ASIDE_ZH.search(sentence[start:end])
    if aside:
        end = start + aside.start()
    while start < end and sentence[start] in " ，,（(.":
        start += 1
    while end > start and sentence[end - 1] in " ，,（(.":
        end -= 1
    text = sentence[start:end]
    role = _ROLE_ZH.fullmatch(text)
    if role is not None:
        latin = role.span("latin")
        return Speaker(
            _moved(role.span("person"), start),
            _moved(role.span("house"), start),
            _moved(latin, start) if latin[0] >= 0 else None,
        )
    if not text or (not text.isascii() and _NOBODY.search(text)):
        return None
    name, comma, _ = text.partition(",")
    return Speaker((start, start + len(name)) if comma else (start, end))


def _moved(span: tuple[int, int], by: int) -> tuple[int, int]:
    return span[0] + by, span[1] + by


@dataclass
class People:
    """The people whom an article has named with their houses."""

    known: dict[str, str] = field(default_factory=dict)
    last: str = ""

    def name(self, person: str, house: str = "", latin: str = "") -> str:
        """Return a speaker's full form, as first given, and remember it.

        Examples
        --------
        >>> people = People()
        >>> people.name("赵文利", "建银国际"), people.name("赵文利")
        ('赵文利（建银国际）', '赵文利（建银国际）')
        """
        house = house.rstrip(".,")
        if house:
            inside = f"{latin}，{house}" if latin else house
            full = f"{person}（{inside}）" if not person.isascii() else f"{person} ({house})"
            self.known[person] = full
            self.known[person.split(" ")[-1]] = full
            if latin:
                self.known[latin.split(" ")[-1]] = full
        self.last = self.known.get(person, person)
        return self.last
