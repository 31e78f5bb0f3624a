"""Finding the names of instruments in a sentence: those of the registry, and those that are not.

A name that is not in the registry is still a subject: "Alibaba Health surged 16%" must not be read
as a statement about Alibaba.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from springtide.language.scanning import Anchored, lowered, words_pattern
from springtide.metrics.patterns import NameMention

_HEAD = 2

# Words which, right after a name, make it the name of something else.
_EXTENSION = re.compile(
    "(?:(?:夜市|夜盘|日间|股指)?(?:夜期|期货|期指|期权)|牛证|熊证|认股证|窝轮|成份股|成分股|影业|音乐|健康|图片|文学|云计算|云|大文娱|"
    "汽车|金融|金服|手机|概念股|概念|系(?!数|统)|旗下|持股|股东|投资者|控股股东|生态|国际|物流|科技子|"
    "创投|资本|电商|商城|平台|外卖|闪购|大模型|比例指数|波幅指数|主板|ETF(?!F)|分类指数|行业指数|产业|股票|板块|个股|交易所|交易时段|成长|价值指数|等权)"
    r"|(?:'s)? (?:futures|E-minis?|options|ETFs?|Health|Pictures|Cloud|Music|Video|Ventures|Capital|members?|"
    r"constituents|components|sub-?index|volatility index|unit|subsidiary|rival|supplier|founder|"
    r"chief|chairman|co-founder|CEO|executive|Corp(?:oration)?\b(?! shares)|Miners?|Resources|Fields)\b"
    r"|(?-i: (?!(?:benchmark|composite|stock|share|price|headline|blue)\b)[a-z]+ (?:sub-?index|index|sector)\b)",
    re.IGNORECASE,
)
# What makes the name of a sector's index of an index's, and that of a company of a metal's.
_PART_OF_INDEX = re.compile(
    r" (?:PSU |Private |Financial |Consumer )?(?:Bank|IT|Auto|Pharma|Healthcare|FMCG|Metal|Realty|Energy|Media|PSU|"
    r"Mid-?cap|Small-?cap|MidCap|SmallCap|Services|Durables|Next|Infra|Oil)\b"
)
_OF_A_COMPANY = re.compile(r" (?:[Ss]hares|[Mm]in(?:ers?|ing)|[Pp]roducers?|Trust|Mines?)\b")
_IS_FUTURES = re.compile("期货|期指|futures", re.IGNORECASE)
_JOINED = re.compile(" ?(?:和|与|及|、|and|,|&|/) ?(?:the )?")

_IN_BRACKETS = (
    r"\s?[（(]\s?(?:(?P<exchange>[A-Za-z]{2,8}|[美港沪深])\s?[:：]\s?)?"
    r"(?!(?:TTM|LYR|CAPE|P/?[EBS])\b)(?P<code>HK\d{4,5}|\d{4,6}(?:\.[A-Z]{1,2})?|[A-Z]{1,5}(?:\.[A-Z]{1,2})?)\s?[）)]"
)
_CODE = re.compile(rf"(?:[-－][A-Z]{{1,3}})?{_IN_BRACKETS}")
# Names that are words too: 业绩理想 is no company.
_ORDINARY = re.compile("[绩不较太很更够为是最算属]理想|.理想(?=[的地主状价化水目])")
_CODED = Anchored(
    "[（(]",
    r"(?<![A-Za-z])(?P<name>[\u4e00-\u9fffA-Za-z][\u4e00-\u9fffA-Za-z0-9·\-－&. ]{1,30}?)"
    + _IN_BRACKETS,
    34,
    32,
)
_LAST_CAPITALS = re.compile(r"(?:[A-Z0-9][\w&.\-]*(?: (?:of |& )?(?=[A-Z0-9]))?)*$")
_SHARES_OF = re.compile("(?:Shares|Stocks?|Units|ADRs) of (?:the )?")
# "Acme Systems, Inc. (ACM)" is one name, comma and all.
_FORM = re.compile(r"(?:Inc|Corp|Ltd|Co|Plc|PLC|Class|Sponsored ADR|Incorporated|Corporation)\b")
_BEFORE_FORM = re.compile(r"(?:[A-Z][\w&.'\-]*,? (?:of |and |& )?){1,5}$")
_INDEX_ZH = Anchored(
    "指数|综指|成指",
    r"[\u4e00-\u9fffA-Za-z0-9]{2,12}?(?:综合指数|成份指数|指数|综指|成指)",
    14,
    2,
)
_INDEX_EN_WORDS = ("ndex", "Composite", "Average")
_INDEX_EN = re.compile(
    r"(?:(?!(?:The|This|That|Its|Their|An?|Each|Every|No|Benchmark|Main) )[A-Z][\w&.'\-]*\s){1,6}"
    r"(?:[Ii]ndex|Composite|Average)\b"
)
_WHOLE_MARKET = re.compile("(?:港股|香港)?主板|沪深(?:京)?两市|两市|沪深京三市")
_NOT_INDEX = re.compile(
    "[三两二四几]大|主要指数|多数|该指数|申请|贷款|就业|运价|租金|楼价|房价|制造业|服务业|不确定|相对强弱|恐慌|波动率|消费者|采购经理|物价|价格指数|景气|信心|PMI|CPI|PPI"
)

_ZH_CUT = re.compile(
    "^.*(?:的|和(?![黄记铂誉])|及|与|其中|而|但|是|(?<!华)为|由|至(?!纯)|在|当中|股中|连同|包括|如(?!家|祺)|例如|"
    "股份(?![有－-])|个股|板块|带动|单计|报道|显示|表示|称|指出|方面|随着|受|因(?!赛)|于|从|"
    "比(?![亚特优])|较|港股|美股|A股|今日|昨日|公司)(?=.{2})"
)


@dataclass(frozen=True, slots=True)
class _Table:
    """Aliases by their first two characters, and what finds these two in a text.

    ``heads`` holds them longest first with their instruments, ``spelt`` the aliases alone.
    """

    heads: Mapping[str, tuple[tuple[str, tuple[str, ...], bool], ...]]
    spelt: Mapping[str, tuple[str, ...]]
    pattern: re.Pattern[str]


def _aliases() -> Mapping[str, tuple[str, ...]]:
    from springtide.market import instruments

    return instruments.aliases()


@cache
def _table() -> _Table:
    from springtide.market import instruments

    heads: dict[str, list[tuple[str, tuple[str, ...], bool]]] = {}
    for alias, ids in _aliases().items():
        if len(alias) >= _HEAD:
            heads.setdefault(alias[:_HEAD], []).append((alias, ids, False))
    for alias, only in instruments.loose_aliases().items():
        if len(alias) >= _HEAD:
            heads.setdefault(alias[:_HEAD], []).append((alias, (only,), True))
    return _Table(
        {head: tuple(sorted(rows, key=lambda r: -len(r[0]))) for head, rows in heads.items()},
        {head: tuple(alias for alias, _, _ in rows) for head, rows in heads.items()},
        re.compile(words_pattern(heads)),
    )


def find_names(text: str) -> list[NameMention]:
    """Find the instruments named in normalised text, left to right, none overlapping.

    Examples
    --------
    >>> [(n.text, n.ids[:1]) for n in find_names("恒生指数收跌0.2%，阿里健康升1%")]
    [('恒生指数', ('HSI',)), ('阿里健康', ('0241.HK',))]
    """
    names = _registered(text)
    for name in _unregistered(text):
        inside = [one for one in names if one.start < name.end and name.start < one.end]
        if all(_is_longer(name, one) for one in inside):
            names = [one for one in names if one not in inside] + [name]
    return _all_futures(text, sorted(names, key=lambda name: name.start))


def _is_longer(name: NameMention, other: NameMention) -> bool:
    """Say whether one name is another one with more words: 黄金产业ETF is not 黄金."""
    if name.start > other.start or name.end < other.end:
        return False
    tail = name.text[other.end - name.start :].strip().lower()
    if other.ids and tail in ("index", "composite", "average", "composite index", "指数"):
        return False
    longer_before = name.start < other.start and (not other.ids or _is_metal(other.ids))
    return name.end > other.end or longer_before


def _all_futures(text: str, names: list[NameMention]) -> list[NameMention]:
    """Make every name of a list futures where its last one is: "S&P 500 and Dow futures"."""
    made: list[NameMention] = []
    for name in reversed(names):
        after = made[-1] if made else None
        if (
            after is not None
            and not after.ids
            and _IS_FUTURES.search(after.text)
            and _JOINED.fullmatch(text, name.end, after.start)
        ):
            name = replace(name, ids=(), text=f"{name.text} {_IS_FUTURES.findall(after.text)[-1]}")
        made.append(name)
    return made[::-1]


def _registered(text: str) -> list[NameMention]:
    table = _table()
    folded = lowered(text)
    names: list[NameMention] = []
    position = 0
    while (head := table.pattern.search(folded, position)) is not None:
        position = head.start()
        row = None
        if folded.startswith(table.spelt[head.group()], position):
            rows = table.heads[head.group()]
            row = next((one for one in rows if _stands_at(folded, position, one[0])), None)
        if row is None:
            position += 1
            continue
        alias, ids, loose = row
        end = position + len(alias)
        if _ends_earlier(folded, position, alias):  # The Dow | Dow Jones Industrial Average
            position += len(_ARTICLE)
            continue
        code = _CODE.match(text, end)
        if code is not None:
            ids = _listed(code, ids)
        extension = _EXTENSION.match(text, end)
        if _ORDINARY.match(text, max(0, position - 1)):
            position = end
            continue
        if text.startswith(("通", ":", "："), end):  # 港股通, NASDAQ: MNDY: no instrument
            position = end
            continue
        if extension is None:
            extension = (_OF_A_COMPANY if _is_metal(ids) else _PART_OF_INDEX).match(text, end)
        if extension is not None:
            end, ids, loose = extension.end(), (), False
        names.append(NameMention(position, end, text[position:end], ids, loose))
        position = code.end() if code is not None else end
    return names


def _listed(code: re.Match[str], ids: tuple[str, ...]) -> tuple[str, ...]:
    """Choose the listing by the code in brackets after a name: 金山云（KC）, 小米集团-WR（81810）.

    A code that is none of the name's, and no word, is that of another instrument.
    """
    coded = _by_code(code.group("code"))
    fitting = tuple(one for one in ids if one in coded)
    if fitting or not ids:
        return fitting or coded
    certain = code.group("exchange") or any(c.isdigit() or c == "." for c in code.group("code"))
    return coded if certain else ids


def _by_code(code: str) -> tuple[str, ...]:
    """Return the instruments of a code as written: 00700, HK00700, TSLA.O, 600519.SH."""
    known = _aliases()
    bare = code.lower().removeprefix("hk") if code[-1].isdigit() else code.lower()
    stem = bare.partition(".")[0]
    if stem.isdigit():
        forms = [bare, f"{stem.lstrip('0').zfill(4)}.hk", f"{stem}.sh", f"{stem}.sz"]
        forms = forms[:1] + (forms[1:2] if len(stem) < 6 else forms[2:])
    else:
        forms = [bare, stem, f"{stem}.us"]
    ids = next((known[form] for form in forms if form in known), ())
    return () if _is_metal(ids) and code not in ids else ids  # GOLD is a miner's ticker


def _is_metal(ids: tuple[str, ...]) -> bool:
    """Say whether a name is that of a commodity, which many companies have in theirs."""
    from springtide.market import instruments

    return bool(ids) and instruments.get(ids[0]).kind == "commodity"


_ARTICLE = "the "


def _ends_earlier(folded: str, position: int, alias: str) -> bool:
    """Say whether a longer name begins after the article that a name begins with."""
    if not alias.startswith(_ARTICLE):
        return False
    after = position + len(_ARTICLE)
    rows = _table().heads.get(folded[after : after + _HEAD], ())
    longest = next((row[0] for row in rows if _stands_at(folded, after, row[0])), "")
    return after + len(longest) > position + len(alias)


def _stands_at(folded: str, position: int, alias: str) -> bool:
    end = position + len(alias)
    if not folded.startswith(alias, position):
        return False
    return not (_glued(folded, position - 1, position) or _glued(folded, end - 1, end))


def _glued(text: str, left: int, right: int) -> bool:
    """Say whether two neighbours are letters or digits of one Latin word."""
    if left < 0 or right >= len(text):
        return False
    a, b = text[left], text[right]
    return a.isascii() and b.isascii() and a.isalnum() and b.isalnum()


def _unregistered(text: str) -> list[NameMention]:
    names = []
    for match in _CODED.finditer(text):
        start = match.start("name")
        cut = _ZH_CUT.match(match.group("name"))
        if cut:
            start += cut.end()
        elif match.group("name").isascii():
            start += _LAST_CAPITALS.search(match.group("name")).start()  # type: ignore[union-attr]
            of = _SHARES_OF.match(text, start)
            start = of.end() if of else start
            if _FORM.match(text, start) and (owner := _BEFORE_FORM.search(text, 0, start)):
                start = owner.start()
        written = text[start : match.end("name")]
        if len(written.strip()) >= 2 and not written[0].isdigit():
            ids = _by_code(match.group("code"))
            names.append(NameMention(start, match.end("name"), written, ids))
    for match in _INDEX_ZH.finditer(text):
        start = match.start()
        cut = _ZH_CUT.match(match.group())
        if cut:
            start += cut.end()
        if match.end() - start > 3 and not _NOT_INDEX.search(match.group()):
            names.append(NameMention(start, match.end(), text[start : match.end()], ()))
    plain = [*_WHOLE_MARKET.finditer(text)]
    if any(word in text for word in _INDEX_EN_WORDS):
        plain += _INDEX_EN.finditer(text)
    names += [NameMention(*match.span(), match.group(), ()) for match in plain]
    return names
