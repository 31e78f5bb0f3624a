"""Who says it: the person or house that a paragraph quotes."""

from __future__ import annotations

import re

_SAYS_ZH = (
    "(?:对[^，。]{0,8}?)?(?:表示|称|指出|认为|分析称|提及|提到|强调|透露|补充|续称|续指|解释|坦言|预料|预计|预期|"
    "相信|估计|直言|写道|说)"
)
_ZH = re.compile(
    rf"(?:^|[，。；“”」』\s])(?P<who>[\u4e00-\u9fffA-Za-z·•.（）() \-]{{2,40}}?){_SAYS_ZH}(?=[，：:,“「]|$|[^。])"
)
_HE_ZH = re.compile(
    r"在(?:他|她|其)看来|(?:^|[，。；])(?:他|她|其)(?:还|亦|也|则|又|续)?(?:表示|称|指出|认为|提及|提到|补充|说)"
)
_ACCORDING_ZH = re.compile(
    r"(?:据|根据)(?P<who>[\u4e00-\u9fffA-Za-z ·]{2,24}?)(?:的)?(?:数据|统计|报道|研报|显示|资料)"
)
_EN_NAME = r"[A-Z][\w.'’&-]+(?: (?:[A-Z][\w.'’&-]+|of|and|at|&|de|van))*"
_EN_SAYS = r"(?:said|says|wrote|writes|noted|notes|added|adds|told|argued|argues|estimates?|reckons?|believes?)"
_EN_BEFORE = re.compile(rf"(?P<who>{_EN_NAME}(?:,[^,.;]{{2,80}},)?) {_EN_SAYS}\b")
_EN_AFTER = re.compile(rf"{_EN_SAYS} (?P<who>{_EN_NAME})")
_EN_ROLE = re.compile(
    rf"\b(?P<who>(?:[Aa]n?|[Oo]ne|[Tt]he) (?:\w+ )?(?:strategist|analyst|economist|trader|fund manager|investor)s?)[^.;,]{{0,40}} {_EN_SAYS}\b"
)
_ACCORDING_EN = re.compile(rf"\b[Aa]ccording to (?P<who>(?:data from )?{_EN_NAME})")
_PRONOUN = re.compile(rf"\b(?:[Hh]e|[Ss]he|[Tt]hey) {_EN_SAYS}\b")
_TRIM_ZH = re.compile(
    "^(?:无独有偶|此外|另外|同时|不过|然而|因此|例如|其中|对此|而|但|当中|展望后市)+[，,]?"
)


def speaker(sentence: str) -> str | None:
    """Return who a sentence quotes: a name, "" for a pronoun (the last one quoted), None for nobody.

    Examples
    --------
    >>> speaker("法国巴黎银行财富管理指出，中国科技股估值仍低")
    '法国巴黎银行财富管理'
    >>> speaker('"Crowded," said Laura Wang.')
    'Laura Wang'
    >>> speaker("恒生指数收跌0.2%。") is None
    True
    """
    if _HE_ZH.search(sentence) or _PRONOUN.search(sentence):
        return ""
    for pattern in (_ACCORDING_ZH, _ZH, _EN_ROLE, _EN_BEFORE, _ACCORDING_EN, _EN_AFTER):
        match = pattern.search(sentence)
        if match is not None:
            return _TRIM_ZH.sub("", match.group("who")).strip(" ，,（(.")
    return None
