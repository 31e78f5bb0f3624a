"""Every name of an article: what the tables hold, what a code defines, and what a longer name makes.

A name with a code in brackets after it means that instrument for the rest of the article, whether a
table holds the name or not. A name of a table inside a longer one ("HSI futures", "Tencent ADR",
"恒指期货") is not that instrument, and says so. A name that is an ordinary word counts only with
support: a code, a verb of moving prices or another mention.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from springtide.language.scanning import lowered
from springtide.market import listed
from springtide.market.listed import Trait
from springtide.reading.numbers import coded
from springtide.reading.numbers.coded import Code
from springtide.reading.numbers.index import Spot, index
from springtide.reading.numbers.longer_en import begin_of_longer
from springtide.reading.numbers.meant import is_meant

How = Literal["registry", "loose", "table", "code", "ticker", "alias", "longer", "word"]


@dataclass(frozen=True, slots=True)
class Name:
    """A name where it stands in a block.

    Attributes
    ----------
    ids
        The instruments that it may be, the likeliest listing first; empty for a name that no table
        holds, for a longer name around one, and for an ordinary word without support.
    how
        Whose name it is: of the registry, of a market (``loose``), of the table, a bare code, a
        ticker, an alias that a code in brackets defined, a ``longer`` name, or a ``word``.
    loose
        Whether it names a market where an index is meant.
    of
        Of a longer name and of a word: the instruments of the name in it.
    code
        Where the code in brackets after it stands, (-1, -1) where there is none.
    """

    start: int
    end: int
    text: str
    ids: tuple[str, ...]
    how: How = "table"
    loose: bool = False
    of: tuple[str, ...] = ()
    code: tuple[int, int] = (-1, -1)


# Words right after a name that make it the name of something else, and those that only go with it.
_LONGER = re.compile(
    r"(?:(?:主力|夜市|夜盘|日间|股指|[0-9]{1,2}月|指数)*(?:夜期|期货|期指|期权|主力合约|合约|认沽|认购|看[涨跌]期权)"
    r"|牛证|熊证|认股证|窝轮|(?:公司)?ADR|GDR|ETF(?!F)|联接基金|指数基金|基金(?!经理)|"
    r"成[份分]股|概念股?(?!念)|产业链|板块|系(?!数|统|列)|旗下|分类指数|行业指数|波幅指数|比例指数|价值指数|等权|成长指数|"
    r"影业|音乐|健康|图片|文学|云计算|云(?!集)|大文娱|金服|智能汽车|创投|资本(?!开支|支出|金)|电商|商城|"
    r"外卖|闪购|大模型|交易所|研究院|研究所|证券研究|物流|财险|人寿|"
    r"(?<=[^\u4e00-\u9fff])股票|汇丰)"
    r"|(?:'s)? (?:futures|E-minis?|options|ETFs?|Health|Pictures|Cloud|Music|Video|Ventures|Capital|"
    r"members?|constituents|components|sub-?index|volatility index|unit\b|subsidiary|supplier|"
    r"Miners?|Resources|Fields|ADRs?)\b",
    re.IGNORECASE,
)
_OF_A_METAL = re.compile(
    r"(?:ETF|股(?!价)|矿业?|概念|珠宝|首饰|饰品|投资|储备|资产|白银|期权|积存|品牌|零售|消费|酒店|坑|交易所|协会)"
    r"| (?:ETFs?|shares|min(?:ers?|ing)|producers?|Trust|mines?|jewel\w+|reserves|holdings|medal|standard|"
    r"options|demand|card)\b",
    re.IGNORECASE,
)
_PART_OF_INDEX = re.compile(
    r" (?:(?:PSU |Private |Financial |Consumer )?(?:Bank|IT|Auto|Pharma|Healthcare|FMCG|Metals?|"
    r"Realty|Energy|Media|PSU|Mid-?cap|Small-?cap|MidCap|SmallCap|Services|Durables|Next|Infra|Oil)\b)"
)
_OTHER_INDEX = re.compile(
    "(?<!指数)(?<!指)(?!(?:科技|国企|综合|中国企业|三大|两大|主要)?指数|[收现]?报)"
    "(?:[^\\W涨升跌挫收报、和与及较比是为的年今近跑赢输]{1,12}指数"
    "|[^\\W涨升跌挫收报、和与及较比是为的年今近跑赢输]{0,12}综指)"
)
"""恒生医疗保健指数, 恒生综指, 创业板中盘200指数: another index that begins like a known one."""
_OF_A_SECTOR = re.compile(
    r" (?!(?:benchmark|composite|stock|share|price|headline|blue|dollar|currency|equity|market)\b)[a-z]+ (?:sub-?index|index|sector)\b"
)
_JOINED = re.compile(" ?(?:和|与|及|、|and|,|&|/) ?(?:the )?")
_CONNECT = "通"  # 港股通 are the buyers, not the market
_ONLY_WHERE = re.compile(
    "(?:的|市场的?)?(?:股价|股份)|(?:[今昨][日早晚]|一度|盘[中前后]|收盘)*(?:双双|齐齐|均|各[升涨跌])|(?:的|市场)?[A-Za-z\u4e00-\u9fff]{1,8}(?:板块|概念股)"
)
"""港股的股价, 美股双双大涨: where shares are listed, whosever they are."""
_AGENCY = re.compile(r"\(Dow Jones\)|.?Dow Jones (?:News|Market Data|& Co|Risk|VentureSource)")
_RATERS = frozenset(["标普", "标准普尔", "标普全球", "穆迪", "S&P"])
_RATES = re.compile(
    "(?:全球|信评|信用)?(?:评级|料|表示|预[计测料期估]|认为|指出|发[表布]|称|[上下]调|维持|确认|给予|警告)"
    r"| (?:Global Ratings|said|says|expects|forecasts|estimates|affirmed|upgraded|downgraded|rates)\b"
)
"""The house of ratings, not the index of its name: 標普料租金跌8%."""
_SPOT = frozenset(["XAU", "XAGUSD", "XPTUSD", "XPDUSD"])
_FUTURES = re.compile("(?:主力)?(?:期[货指权]|合约)| futures| options")
_DERIVED = re.compile("期货|期指|期权|夜期|看[涨跌]|futures|options|E-mini", re.IGNORECASE)
_CURRENCY_PAIR = re.compile(" ?(?:/|兑|对|-)")

_SET_APART = re.compile(
    " (?:(?<=[\u4e00-\u9fff] )(?=[A-Za-z0-9])|(?<=[A-Za-z0-9] )(?=[\u4e00-\u9fff]))"
)
_LATIN_RUN = re.compile(
    r"(?<![\w&.'/\-])[A-Z0-9][\w&.'/\-]*"
    r"(?:,? (?:of |and |& |de |the )?(?:&|[A-Z0-9][\w&.'/\-]*))*[*\s]*$"
)
_SHARES_OF = re.compile("(?:Shares|Stocks?|Units|ADRs) (?:of|in) (?:the )?")
_HAN_NAME = re.compile("[\u4e00-\u9fff]{2}")
_HAN_RUN = re.compile(r"[\u4e00-\u9fffA-Za-z0-9·&.\-]{2,30}\s?$")
_FORM_EN = re.compile(
    r"[, ]+(?:Inc|Corp(?:oration)?|Ltd|Limited|Co(?:mpany)?|Plc|PLC|LLC|N\.V|S\.A|AG|SE|ADR|Group|"
    r"Holdings?|Class [A-C])\.?$"
)
_FORM_ZH = re.compile(
    "(?:控股|集团|股份)?(?:有限责任公司|股份有限公司|有限公司|公司|集团|控股|股份)$|-[A-Z]{1,2}$|"
    "(?<=[\u4e00-\u9fff]{3})国际$"
)
_BEFORE_NAME_ZH = re.compile(
    "^.*(?:的|和(?![黄记铂誉])|及|与|其中|但|是|(?<!华)为|由|至(?!纯)|在|当中|连同|包括|例如|个股|板块|报道|显示|表示|称|指出|"
    "方面|随着|受|于|从|较|港股|美股|A股|今日|昨日|公司|子公司|龙头|巨头|商|报讯|[|:：])(?=.{2})"
)


class _Article:
    """The blocks of an article as one text, with what is known of its names so far."""

    def __init__(self, texts: Sequence[str], day: date | None, chinese: bool) -> None:
        self.text = "\n".join(texts)
        self.low = lowered(self.text)
        self.day = day
        self.iso = day.isoformat() if day else ""
        self.codes = coded.find_codes(self.text, day, chinese)
        self.defined: dict[str, tuple[str, ...]] = {}
        self.sure: set[str] = set()
        self.ordinary: set[str] = set()


def find_names(texts: Sequence[str], day: date | None, chinese: bool) -> list[tuple[Name, ...]]:
    """Find the names in the blocks of an article.

    Parameters
    ----------
    texts
        The normalised text of each block.
    day
        The day of the article, None where it is not known.
    chinese
        Whether it is written in Chinese.

    Returns
    -------
    list of tuple of Name
        Of each block, left to right, none overlapping.

    Examples
    --------
    >>> texts = ["恒指期货跌1%，腾讯（00700）升2%", "春潮控股（09998）升3%，春潮控股收报8元"]
    >>> [[(n.text, n.ids) for n in names] for names in find_names(texts, None, True)]
    [[('恒指期货', ('HSI=F',)), ('腾讯', ('0700.HK',))], [('春潮控股', ('9998.HK',)), \
('春潮控股', ('9998.HK',))]]
    """
    article = _Article(texts, day, chinese)
    spots = _longest([*index().spots(article.text, article.low, article.iso), *_apart(article)])
    brackets = [(code.start, code.end) for code in article.codes]
    names = [
        _made(article, spot)
        for spot in spots
        if not any(start <= spot.start < end for start, end in brackets)
        and not (spot.entry.source == "loose" and _ONLY_WHERE.match(article.text, spot.end))
    ]
    names = _with_codes(article, names)
    names = _free_of(names + list(_aliases(article, names)))
    names = _all_futures(article.text, names)
    elsewhere = {_company(one) for name in names for one in name.ids}
    elsewhere |= {_company(one) for one in article.sure}
    names = [_supported(article, name, names, elsewhere) for name in names]
    return _by_block(texts, names)


def _apart(article: _Article) -> Iterator[Spot]:
    """Return the names that are set with spaces between scripts: "沪深 300", "MSCI 中国指数"."""
    text = article.text
    if _SET_APART.search(text) is None:
        return
    gone = {match.start() for match in _SET_APART.finditer(text)}
    places = [i for i in range(len(text)) if i not in gone]
    tight = "".join(text[i] for i in places)
    for spot in index().spots(tight, lowered(tight), article.iso):
        start, end = places[spot.start], places[spot.end - 1] + 1
        if end - start > spot.end - spot.start:
            yield Spot(start, end, spot.entry)


def _longest(spots: Iterable[Spot]) -> list[Spot]:
    """Return the spots that stay where they overlap: sure names before words, longer before shorter."""
    ordered = sorted(
        spots, key=lambda s: (bool(s.entry.traits & Trait.RISKY), s.start - s.end, s.start)
    )
    kept: list[Spot] = []
    taken: set[int] = set()
    for spot in ordered:
        if not taken.intersection(range(spot.start, spot.end)):
            kept.append(spot)
            taken.update(range(spot.start, spot.end))
    return sorted(kept, key=lambda spot: spot.start)


def _made(article: _Article, spot: Spot) -> Name:
    """Return the name at a spot, the longer one where it is only a part of one."""
    text, entry = article.text, spot.entry
    kind = _kind(entry.ids[0])
    end = spot.end
    if kind == "commodity" and (entry.ids[0] not in _SPOT or not _FUTURES.match(text, end)):
        longer = _OF_A_METAL.match(text, end)
    elif kind == "fx" and _CURRENCY_PAIR.match(text, end):
        longer = None
    else:
        longer = _LONGER.match(text, end)
        if longer is None and kind == "index":
            longer = (
                _PART_OF_INDEX.match(text, end)
                or _OTHER_INDEX.match(text, end)
                or _OF_A_SECTOR.match(text, end)
            )
    if longer is not None and longer.end() > end:
        words = text[spot.start : longer.end()]
        return Name(spot.start, longer.end(), words, (), "longer", of=entry.ids)
    doubtful = entry.traits & Trait.RISKY or entry.shared
    if doubtful or kind in ("commodity", "etf"):
        begin = begin_of_longer(text, spot.start, end)
        if begin < spot.start:
            return Name(begin, end, text[begin:end], (), "longer", of=entry.ids)
    words = text[spot.start : end]
    if words == "Dow Jones" and _AGENCY.match(text, max(0, spot.start - 1)):
        return Name(spot.start, end, words, (), "longer", of=entry.ids)
    if words in _RATERS and _RATES.match(text, end):
        return Name(spot.start, end, words, (), "longer", of=entry.ids)
    if entry.source == "loose" and text.startswith(_CONNECT, end):
        return Name(spot.start, end + 1, words + _CONNECT, (), "longer", of=entry.ids)
    if entry.source == "loose":
        return Name(spot.start, end, words, entry.ids, "loose", True)
    how: How = "word" if doubtful else entry.source
    if entry.traits & Trait.RISKY and len(words) <= _SHORT:
        article.ordinary.add(words)
    if doubtful:
        return Name(spot.start, end, words, (), how, of=entry.ids)
    return Name(spot.start, end, words, entry.ids, how)


_SHORT = 3  # letters of a word of any text, such as 机器人, which its repetition makes no name


def _kind(identity: str) -> str:
    from springtide.market import instruments

    return instruments.of_id(identity).kind


def _with_codes(article: _Article, names: list[Name]) -> list[Name]:
    """Let every code in brackets say what the name before it means, and add bare codes."""
    by_end = {name.end: i for i, name in enumerate(names)}
    made: list[Name] = []
    for code in article.codes:
        if not code.bracketed:
            made.append(
                Name(code.start, code.end, code.text, (code.id,) if code.id else (), "code")
            )
            article.sure.add(code.id)
            continue
        before = article.text[: code.start].rstrip(" *-")
        place = by_end.get(len(before))
        if place is None and (suffix := re.search(r"-[A-Z]{1,3}$", before)):
            place = by_end.get(suffix.start())
        if place is None and _may_be_any_number(article, code):
            continue
        if place is not None:
            coded_name = _coded(article, names[place], code)
            if coded_name is not None:
                names[place] = coded_name
            continue
        own = _own(article, code)
        if own is not None:
            made.append(own)
        elif code.sure and code.id:
            made.append(Name(code.start, code.end, code.text, (code.id,), "code"))
            article.sure.add(code.id)
    inside = [(one.start, one.end) for one in made]
    kept = [
        name
        for name in names
        if not any(start < name.end and name.start < end for start, end in inside)
    ]
    return sorted(kept + made, key=lambda name: name.start)


def _may_be_any_number(article: _Article, code: Code) -> bool:
    """Say whether digits in brackets behind a name that no table holds may be no code at all.

    Three digits are one only where the table has no Chinese name that the company's would have to
    agree with, and right behind Chinese words: "維他奶國際（345）", but not "沪深（300）".
    """
    if not code.text.isdigit() or len(code.text) != _FEW_DIGITS:
        return False
    row = listed.facts(code.id)
    named = row is None or _HAN_NAME.search(row.zh_cn) is not None
    return named or _HAN_NAME.search(article.text[max(0, code.start - 2) : code.start]) is None


def _coded(article: _Article, name: Name, code: Code) -> Name | None:
    """Return a known name with the code after it; None where the code is none of its own."""
    possible = name.ids or name.of
    if name.how == "longer" and code.id in possible and _DERIVED.search(name.text):
        return replace(name, code=(code.start, code.end))
    fits = code.id in possible or _company(code.id) in {_company(one) for one in possible}
    fits = fits or (len(code.text) == _FEW_DIGITS and _is_of_family(name.text, code.id))
    if not fits and (not code.sure or (name.ids and listed.facts(code.id) is None)):
        return None
    ids = (code.id,) if code.id else ()
    _define(article, name.text, code)
    return replace(name, ids=ids, how="alias", of=(), loose=False, code=(code.start, code.end))


def _own(article: _Article, code: Code) -> Name | None:
    """Return the name before a code that no table holds as it is written."""
    begin = max(0, code.start - 60, article.text.rfind("\n", 0, code.start) + 1)
    before = article.text[begin : code.start].rstrip("* ")
    chinese = bool(re.search("[\u4e00-\u9fff]", before[-8:]))
    match = (_HAN_RUN if chinese else _LATIN_RUN).search(before)
    if match is None:
        return None
    words = match.group().strip(" *")
    start = begin + match.start() + (len(match.group()) - len(match.group().lstrip(" *")))
    if chinese:
        cut = _BEFORE_NAME_ZH.match(words)
        if cut:
            start, words = start + cut.end(), words[cut.end() :]
    words = words.rstrip(",")
    lead = _SHARES_OF.match(words)
    if lead:
        start, words = start + lead.end(), words[lead.end() :]
    if len(words) < 2 or not re.search("[A-Za-z\u4e00-\u9fff]", words):
        return None
    short = code.text.isdigit() and len(code.text) == _FEW_DIGITS  # has no name to agree with
    if not code.sure and not short and not _resembles(words, code.id):
        return None
    _define(article, words, code)
    ids = (code.id,) if code.id else ()
    return Name(start, start + len(words), words, ids, "alias", code=(code.start, code.end))


def _resembles(words: str, identity: str) -> bool:
    """Say whether a name and a code that may be a mere word (NYSE tickers) belong together."""
    row = listed.facts(identity)
    if row is None:
        return False
    one = set(re.findall("[a-z]{3,}", words.lower()))
    other = set(re.findall("[a-z]{3,}", row.en.lower()))
    latin = bool(one & other) or not other
    return latin or any(part and (part in words or words in part) for part in (row.zh_cn,))


def _define(article: _Article, words: str, code: Code) -> None:
    """Take note of what a name means from here on, with its shorter forms and its ticker."""
    ids = (code.id,) if code.id else ()
    article.sure.update(ids)
    for form in (_FORM_EN, _FORM_ZH):
        shorter = words
        while (match := form.search(shorter)) and match.start() >= 2:
            shorter = shorter[: match.start()]
            article.defined.setdefault(shorter, ids)
    article.defined[words] = ids
    if re.fullmatch("[A-Z]{3,5}", code.text):
        article.defined.setdefault(code.text, ids)


def _aliases(article: _Article, names: list[Name]) -> Iterator[Name]:
    """Find again what codes in brackets have defined in the article."""
    if not article.defined:
        return
    words = sorted(article.defined, key=lambda word: -len(word))
    pattern = "|".join(map(re.escape, words))
    known_words = re.compile(
        rf"(?<![A-Za-z0-9])(?:{pattern})(?![A-Za-z0-9])|(?<![A-Za-z])(?:{pattern})(?![a-z0-9])"
    )
    inside = [(code.start, code.end) for code in article.codes]
    for match in known_words.finditer(article.text):
        if any(start <= match.start() < end for start, end in inside):
            continue
        longer = _LONGER.match(article.text, match.end())
        ids = article.defined[match.group()]
        if longer is not None and longer.end() > match.end():
            text = article.text[match.start() : longer.end()]
            yield Name(match.start(), longer.end(), text, (), "longer", of=ids)
        else:
            yield Name(match.start(), match.end(), match.group(), ids, "alias")


def _free_of(names: list[Name]) -> list[Name]:
    """Return the names without those that lie inside or across better ones."""
    rank = {"registry": 1, "table": 1, "longer": 1, "alias": 0, "code": 1, "loose": 2, "word": 3}
    ordered = sorted(
        names,
        key=lambda n: (n.code == (-1, -1) and n.how == "word", n.start - n.end, rank.get(n.how, 2)),
    )
    kept: list[Name] = []
    taken: set[int] = set()
    for name in ordered:
        if not taken.intersection(range(name.start, name.end)):
            kept.append(name)
            taken.update(range(name.start, name.end))
    return sorted(kept, key=lambda name: name.start)


def _all_futures(text: str, names: list[Name]) -> list[Name]:
    """Make every index of a list futures where its last one is: "S&P 500 and Nasdaq 100 futures"."""
    made: list[Name] = []
    for name in reversed(names):
        after = made[-1] if made else None
        derived = _DERIVED.search(after.text) if after is not None else None
        joined = after is not None and _JOINED.fullmatch(text, name.end, after.start)
        if derived and joined and name.ids and _kind(name.ids[0]) == "index":
            name = replace(name, ids=(), how="longer", of=name.ids)
        made.append(name)
    return made[::-1]


def _supported(
    article: _Article, name: Name, names: list[Name], elsewhere: Collection[str]
) -> Name:
    """Return a word as a name where something speaks for it; put the listing first that a code named.

    ``elsewhere`` holds the companies that the article names beyond doubt.
    """
    if name.how != "word":
        chosen = [one for one in name.ids if one in article.sure]
        if chosen and len(name.ids) > 1:
            others = tuple(one for one in name.ids if one not in chosen)
            return replace(name, ids=(*chosen, *others))
        return name
    if any(_company(one) in elsewhere for one in name.of):
        return replace(name, ids=name.of, how="table", of=())
    if _kind(name.of[0]) == "etf" and len(name.text) < 6:
        return name  # "黄金ETF" may be any: only a code says which
    same = sum(other.text == name.text for other in names)
    again = same > 1 and len(name.text) > 2 and not name.text.isascii()
    if (again and name.text not in article.ordinary) or is_meant(
        article.text, name.start, name.end
    ):
        return replace(name, ids=name.of, how="table", of=())
    return name


_FEW_DIGITS = 3
"""Digits of a code of Hong Kong without its zeros, which alone could be any number."""


def _is_of_family(words: str, identity: str) -> bool:
    """Say whether a listed company's name begins like some words: 东风汽车, 东风集团股份."""
    row = listed.facts(identity)
    return row is not None and len(words) >= 2 and row.zh_cn.startswith(words[:2])


def _company(identity: str) -> str:
    row = listed.facts(identity)
    return row.company if row else identity


def _by_block(texts: Sequence[str], names: list[Name]) -> list[tuple[Name, ...]]:
    starts = [0]
    for text in texts:
        starts.append(starts[-1] + len(text) + 1)
    blocks: list[list[Name]] = [[] for _ in texts]
    for name in names:
        i = bisect_right(starts, name.start) - 1
        shift = starts[i]
        code = (name.code[0] - shift, name.code[1] - shift) if name.code[0] >= 0 else name.code
        blocks[i].append(replace(name, start=name.start - shift, end=name.end - shift, code=code))
    return [tuple(block) for block in blocks]
