"""Whose a sentence's view is: who is quoted in it, or goes on being quoted."""

from __future__ import annotations

import re

from springtide.calls.people import is_known
from springtide.market import houses
from springtide.reading.attribution import People, speaker
from springtide.reading.document import Article
from springtide.reading.numbers.scene import BlockScene

_OPENING, _CLOSING = re.compile("[“「『]"), re.compile("[”」』]")
_ROLE = re.compile(
    r"策略师|分析师|分析员|经济学家|首席|基金经理|投资总监|主管|总监|strateg|analyst|economist|"
    r"chief|head of|manager|director|technician",
    re.IGNORECASE,
)
_ENGLISH_NAME = re.compile(r"[A-Z][a-z'’-]+(?: [A-Z]\.)?(?: [A-Z][\w'’-]+){1,2}$")
_HAN_NAME = re.compile("[\u4e00-\u9fff·]{2,8}$")
_GATHERED = re.compile("[、]|多[位名家]|各界|一些|部分|机构$|\\band\\b")
_EXPECTS = re.compile(
    r"[^，。；]{0,10}?(?:预计|预期|预测|预料|料(?!理)|认为|维持|上调|下调|重申|看好|看至|将[^，。]{0,20}(?:上调|下调))"
    r"|(?:'s)?[^,.;]{0,30}? (?:expects?|sees?|forecasts?|predicts?|projects?|raise[sd]?|lifts?|cuts?|lowers?)\b"
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
            if not who and self._last == (block.index, k - 1):
                who = self._people.last
                whose.append(who)
                continue
            if who:
                self._last = (block.index, k)
            whose.append(who)
        return whose

    def _named(self, block: BlockScene, start: int, sentence: str) -> str:
        who = speaker(sentence)
        if who is None:
            return self._expecting(sentence)
        if who.person is None:
            return self._people.last
        spans = (who.person, who.house, who.latin)
        return self._people.name(*(self._written(block, start, span) for span in spans))

    def _expecting(self, sentence: str) -> str:
        """Return the house, or its strategist, of whom a sentence says that they expect."""
        named = _STRATEGIST.search(sentence)
        if named is not None:
            return self._people.name(named["person"], named["house"])
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
