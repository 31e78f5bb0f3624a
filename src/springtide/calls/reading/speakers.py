"""Whose a sentence's view is: who is quoted in it, or goes on being quoted."""

from __future__ import annotations

import re

from springtide.calls import people
from springtide.calls.people import house_of, is_known, source_of
from springtide.language.script import normalise
from springtide.market import houses
from springtide.reading.attribution import People, speaker
from springtide.reading.document import Article
from springtide.reading.numbers.scene import BlockScene

_OPENING, _CLOSING = re.compile("[“「『]"), re.compile("[”」』]")
_ROLE = re.compile(
    r"股评人|策略师|分析师|分析员|经济学家|首席|基金经理|投资总监|主管|总监|strateg|analyst|economist|"
    r"chief|head of|manager|director|technician",
    re.IGNORECASE,
)
_ENGLISH_NAME = re.compile(r"[A-Z][a-z'’-]+(?: [A-Z]\.)?(?: [A-Z][\w'’-]+){1,2}$")
_HAN_NAME = re.compile("[\u4e00-\u9fff·]{2,8}$")
_GATHERED = re.compile("[、]|多[位名家]|各界|一些|部分|机构$|\\band\\b")
_EXPECTS = re.compile(
    r"[^，。；]{0,10}?(?:预计|预期|预测|预料|料(?!理)|认为|维持|上调|下调|重申|看好|看至|将[^，。]{0,20}(?:上调|下调))"
    r"|(?:'s)?[^,.;]{0,30}? (?:expects?|sees?|forecasts?|predicts?|projects?|raise[sd]?|lift(?:s|ed)|cuts?|lower(?:s|ed)|boost(?:s|ed)|trim(?:s|med)|keeps?|kept|"
    r"maintain(?:s|ed)|reiterate[sd]?|rate[sd]|upgrade[sd]?|downgrade[sd]?)\b"
)
_EXPECTS_OF = re.compile(
    r"\s*(?:[（(][^（）()]{2,40}[）)])?[^，。；]{0,6}?(?:指(?=[，：])|表示|指出|说|称(?!为)|：|料(?!理)|预[计期测料]|认为|看好|看至|维持|上调|下调|重申|将[^，。]{0,20}(?:上调|下调))"
    r"|(?: and (?:his |her |their )?colleagues)?,? (?:(?:of|at|from) [^,.;]{2,40}? |(?:an?|the|who|chief|head|president|founder|senior|co-)[^.;]{2,70}?,? )?"
    r"(?:now |still |also |has |have )?(?:expects?|sees?|forecasts?|predicts?|projects?|warns?|thinks?|targets?|rais(?:es|ed)|"
    r"lift(?:s|ed)|cuts?|lower(?:s|ed)|set|said|says|wrote|told|reiterate[sd]?|keeps|kept|maintain(?:s|ed))\b"
)
_SAID_BEFORE = re.compile(
    r"(?:said|says|according to|wrote)(?: [a-z]+){0,3} (?:by )?$", re.IGNORECASE
)
"""What stands after, or before, the name of somebody whose view it is."""

_POINTS = re.compile(
    r"(?:师|员|家|经理|总监|主管|总裁|董事|合伙人|主席)(?P<who>[\u4e00-\u9fff·]{2,4}(?:[（(][A-Za-z .\-]{3,30}[）)])?)"
    r"(?P<says>指(?=[，：])|料(?!理)|称|料想)"
)
"""Hong Kong's way to quote: 分析員陳大文指，…; 分析員陳大文料…"""

_EN_EXPECTS = re.compile(
    r"(?P<person>[A-Z][a-z'’-]+(?: [A-Z]\.)?(?: [A-Z][\w'’-]+){1,2})"
    r"(?:,[^.;]{2,60}? (?:at|of|with|for)| (?:of|at|from)) (?P<house>[A-Z][\w.&]*(?: [A-Z&][\w.&]*){0,4}),? "
    r"(?:now |still |also )?(?:expects?|sees|forecasts?|predicts?|projects?|warns?|thinks|said|says|wrote|has (?:raised|cut|lifted))\b"
)
_OPENS = re.compile(
    "市场|各界|多家|多位|分析师普遍|机构普遍|外界|投资者|该公司|公司|"
    r"(?:Analysts|Investors|Traders|Markets|The company|Others|Consensus|Elsewhere|Separately)\b"
)
"""A sentence that opens so is not what was said before."""

_TITLED = re.compile(
    "(?P<house>[\u4e00-\u9fffA-Za-z]{2,12}?)(?:研究部|投资部|资产管理部|财富管理部|证券部|投资研究部)?"
    "(?:助理|高级|副|联席|执行|业务|市场|投资|研究)*(?:经理|总经理|主任|总裁|董事|分析师|分析员|策略师|总监|主管)"
    "(?P<person>[\u4e00-\u9fff]{2,4}|[A-Z][A-Za-z .]+)$"
)

_TITLED_SAYS = re.compile(
    "(?:^|[，。；“”」』 ])(?P<house>[\u4e00-\u9fffA-Za-z]{2,12}?)"
    "(?:首席|高级|资深|联席|市场|投资|策略|亚洲|亚太区?|中国|香港|环球|全球|大中华区?|股票|研究部?|财富管理|证券|宏观|经济|行政|"
    "执行|副|助理|业务|及|产品|发展|部)*"
    "(?:策略员|策略师|分析员|分析师|经济学家|经济师|主管|总监|总裁|董事|经理|研究员)"
    "(?!周[一二三四五六日]|星期|近|今|昨|日前|此前|当|同日|在|也|还|则|均|都|们|普遍|对)"
    "(?P<person>[\u4e00-\u9fff]{2,4})(?:[（(](?P<latin>[A-Za-z .\\-]{3,30})[）)])?"
    "(?:认为|表示|指出|指(?=[，：])|称(?!为)|料(?!理)|预[计期料]|说)"
)

_STRATEGIST = re.compile(
    r"(?P<house>[A-Z][\w.&]*(?: [A-Z][\w.&]*){0,3})(?:'s|’s)? (?:chief |senior |equity |market |US |U\.S\. )*"
    r"(?:strategist|analyst|economist) (?P<person>[A-Z][a-z]+ [A-Z][\w'’-]+) "
    r"(?:expects?|sees?|forecasts?|predicts?|projects?|has)\b"
)
_NO_PERSON = re.compile(
    "公司|集团|银行$|央行|美联储|财政部|政府|委员会|交易所|报告|数据|消息|记者|媒体|总统|部长|主席|行长|"
    r"Reserve|Bank of|Ministry|Department|Treasury|Commission|Reuters|Bloomberg|CNBC|President|"
    r"Minister|Governor|Trump|Powell"
)


class Voices:
    """Walks through an article in order and says whose each sentence is.

    Unlike a number's speaker, who a pronoun means is carried from one paragraph to the next: "he"
    is the person quoted last. Plain speech goes on for one sentence after the one that names who.
    """

    def __init__(self, article: Article) -> None:
        self._article = article
        self._people = People()
        self._last: tuple[int, int] = (-1, -1)

    def sentences(self, block: BlockScene) -> list[str]:
        """Return whose each sentence of a block is, in order; "" where nobody is quoted."""
        whose: list[str] = []
        for k, (start, end) in enumerate(block.sentences):
            before = block.text[:start]
            who = self._named(block, start, block.text[start:end])
            if not who and self._is_open(before) and self._last[0] == block.index:
                who = self._people.last
            if (
                not who
                and self._last == (block.index, k - 1)
                and self._goes_on(block.text[start:end])
            ):
                who = self._people.last
                whose.append(who)
                continue
            if who:
                self._last = (block.index, k)
            whose.append(who)
        return whose

    def _named(self, block: BlockScene, start: int, sentence: str) -> str:
        """Return who a sentence quotes or of whom it says that they expect something."""
        known = self._known(sentence)
        if known:
            return known
        named = _EN_EXPECTS.search(sentence) or _STRATEGIST.search(sentence)
        if named is not None:
            return self._people.name(named["person"], named["house"])
        titled = _TITLED_SAYS.search(sentence)
        if titled is not None:
            house = _whole_house(sentence, titled.span("house"))
            latin = titled.span("latin") if titled["latin"] else None
            spans = (titled.span("person"), house, latin)
            return self._people.name(*(self._written(block, start, span) for span in spans))
        points = _POINTS.search(sentence)
        told = f"{sentence[: points.start('says')]}指出" if points else sentence.rstrip("。")
        who = speaker(told)
        if who is None:
            return self._expecting(sentence)
        if who.person is None:
            return self._people.last
        person, house = who.person, _whole_house(sentence, who.house)
        titled = None if house else _TITLED.fullmatch(sentence, *person)
        if titled is not None:
            person, house = titled.span("person"), titled.span("house")
        spans = (person, house, who.latin)
        return self._people.name(*(self._written(block, start, span) for span in spans))

    def _goes_on(self, sentence: str) -> bool:
        """Say whether a sentence without a speaker may go on with the last one's words."""
        last = normalise(self._people.last)
        named = [name for _, _, name in people.named(sentence)]
        return all(name in last for name in named) and not _OPENS.match(sentence)

    def _known(self, sentence: str) -> str:
        """Return the person of the table whose view a sentence gives, the first; "" for none."""
        for start, end, name in people.named(sentence):
            if _EXPECTS_OF.match(sentence, end) or _SAID_BEFORE.search(sentence[:start]):
                return self._people.name(name, house_of(source_of(name)))
        return ""

    def _expecting(self, sentence: str) -> str:
        """Return the house of which a sentence says that it expects something."""
        for _, end, house in houses.named(sentence):
            if _EXPECTS.match(sentence, end):
                return house
        return ""

    def _written(self, block: BlockScene, offset: int, span: tuple[int, int] | None) -> str:
        if span is None:
            return ""
        at = block.block.at[offset + span[0] : offset + span[1]]
        return "".join(self._article.source[i] for i in at)

    @staticmethod
    def _is_open(before: str) -> bool:
        opened, closed = len(_OPENING.findall(before)), len(_CLOSING.findall(before))
        if opened > closed:
            return True
        return opened == closed == 0 and before.count('"') % 2 == 1


_MORE_OF_HOUSE = re.compile("(?:证券|国际|期货|银行)+")


def _whole_house(sentence: str, span: tuple[int, int] | None) -> tuple[int, int] | None:
    """Return a house with the words of its name that were taken for a role's: 中信证券首席策略师."""
    if span is None:
        return None
    for start, end, _ in houses.named(sentence):
        if start == span[0] and end > span[1]:
            return start, end
    if _MORE_OF_HOUSE.search(sentence, *span):
        return span
    more = _MORE_OF_HOUSE.match(sentence, span[1])
    return (span[0], more.end()) if more else span


def is_source(who: str, sentence: str) -> bool:
    """Say whether somebody is a person or a house whose calls are kept.

    A house of the table, somebody with a house in brackets, or a full name beside the words for a
    strategist or analyst. Officials, companies of whom is spoken, and "many" are none.

    Examples
    --------
    >>> is_source("赵文利（建银国际）", ""), is_source("高盛", ""), is_source("各界", "")
    (True, True, False)
    >>> is_source("Jane Doe", "Jane Doe, chief strategist at Acme, said"), is_source("Acme", "")
    (True, False)
    """
    if not who or _GATHERED.search(who):
        return False
    if is_known(who):
        return True
    person, bracket, _ = who.replace("(", "（").partition("（")
    if _NO_PERSON.search(person):
        return False
    if bracket:
        return True
    if houses.named(who):
        return True
    if not _ROLE.search(sentence):
        return False
    return bool(_ENGLISH_NAME.match(who) if who.isascii() else _HAN_NAME.match(who))
