"""Brokers and banks that publish targets and ratings: one house by all of its names.

Articles and vendors write a house in many ways (高盛, Goldman, Goldman Sachs); whose target or
rating a figure is can only be told where these are one. A house that is not in the table is known
by the name that is written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from springtide.language.scanning import expression
from springtide.language.script import normalise
from springtide.language.types import Language

# Each line: English names, the one to print first; in Simplified Chinese; in Traditional Chinese
# where it is written otherwise.
_HOUSES = """
Goldman Sachs; Goldman | 高盛
Morgan Stanley | 摩根士丹利; 大摩 |
JPMorgan; JP Morgan; J.P. Morgan; JPMorgan Chase | 摩根大通; 小摩; 摩通 |
Citigroup; Citi | 花旗; 花旗集团 | 花旗; 花旗集團
UBS; UBS Group | 瑞银; 瑞银集团 | 瑞銀; 瑞銀集團
Credit Suisse | 瑞信 |
BofA Securities; BofA; Bank of America | 美银证券; 美银; 美国银行 | 美銀證券; 美銀; 美國銀行
BofA Securities; B of A Securities | 美银证券 | 美銀證券
HSBC; HSBC Global Research | 汇丰; 汇丰环球研究 | 滙豐; 滙豐環球研究
Barclays | 巴克莱 | 巴克萊
Jefferies | 杰富瑞; 富瑞 | 傑富瑞; 富瑞
Macquarie | 麦格理 | 麥格理
CLSA; CITIC CLSA | 里昂; 中信里昂 |
Nomura; Nomura Instinet | 野村 |
Daiwa; Daiwa Capital | 大和 |
Mizuho; Mizuho Securities | 瑞穗 | 瑞穗
DBS; DBS Group Research; DBS Vickers | 星展; 星展唯高达 | 星展; 星展唯高達
Deutsche Bank | 德意志银行; 德银 | 德意志銀行; 德銀
BNP Paribas; BNP Paribas Exane; Exane BNP Paribas | 法国巴黎银行; 法巴 | 法國巴黎銀行; 法巴
Societe Generale; Société Générale | 法国兴业银行; 法兴 | 法國興業銀行; 法興
Standard Chartered | 渣打; 渣打银行 | 渣打; 渣打銀行
Wells Fargo | 富国银行; 富国 | 富國銀行; 富國
Bernstein; AllianceBernstein | 伯恩斯坦; 联博 | 伯恩斯坦; 聯博
Wedbush | 韦德布什 | 韋德布什
Oppenheimer | 奥本海默 | 奧本海默
Morningstar | 晨星 |
CICC; China International Capital | 中金; 中金公司; 中国国际金融 | 中金; 中金公司; 中國國際金融
CITIC Securities | 中信证券 | 中信證券
China Securities; CSC Financial | 中信建投; 中信建投证券 | 中信建投; 中信建投證券
China Merchants Securities | 招商证券 | 招商證券
CMS International; China Merchants Securities International | 招商证券国际 | 招商證券國際
CMB International; CMBI | 招银国际 | 招銀國際
CCB International; CCBI | 建银国际 | 建銀國際
BOCOM International; Bocom | 交银国际 | 交銀國際
ABC International | 农银国际 | 農銀國際
ICBC International | 工银国际 | 工銀國際
BOC International; BOCI | 中银国际 | 中銀國際
SPDB International | 浦银国际 | 浦銀國際
Guotai Junan; Guotai Junan Securities | 国泰君安 | 國泰君安
Guotai Haitong | 国泰海通 | 國泰海通
Haitong Securities | 海通证券 | 海通證券
Haitong International | 海通国际 | 海通國際
Huatai Securities | 华泰证券; 华泰 | 華泰證券; 華泰
GF Securities | 广发证券 | 廣發證券
Everbright Securities | 光大证券 | 光大證券
Industrial Securities | 兴业证券 | 興業證券
Soochow Securities | 东吴证券 | 東吳證券
SWS Research; Shenwan Hongyuan | 申万宏源 | 申萬宏源
Tianfeng Securities | 天风证券 | 天風證券
Guosen Securities | 国信证券 | 國信證券
First Shanghai | 第一上海 |
UOB Kay Hian | 大华继显 | 大華繼顯
KGI Securities; KGI | 凯基; 凯基证券 | 凱基; 凱基證券
Galaxy Securities; China Galaxy Securities | 银河证券; 中国银河证券 | 銀河證券; 中國銀河證券
Sinolink Securities | 国金证券 | 國金證券
Minsheng Securities | 民生证券 | 民生證券
Kaiyuan Securities | 开源证券 | 開源證券
Orient Securities | 东方证券 | 東方證券
Zheshang Securities | 浙商证券 | 浙商證券
Cinda Securities | 信达证券 | 信達證券
Western Securities | 西部证券 | 西部證券
Evercore ISI; Evercore; Evercore ISI Group
Piper Sandler; Piper Jaffray
RBC Capital Markets; RBC Capital; RBC
TD Cowen; Cowen; Cowen & Co.
BMO Capital Markets; BMO Capital; BMO
Stifel; Stifel Nicolaus
KeyBanc; KeyBanc Capital Markets
Truist; Truist Securities
Roth; Roth Capital; Roth MKM
Canaccord; Canaccord Genuity
Wolfe Research; Wolfe
Cantor Fitzgerald; Cantor
Needham; Needham & Company
Raymond James
Baird; Robert W. Baird
Guggenheim; Guggenheim Securities
Rosenblatt; Rosenblatt Securities
Susquehanna; SIG
Loop Capital; Loop Capital Markets
Argus Research; Argus
BTIG
Scotiabank; Scotia Capital
Berenberg
B. Riley; B. Riley Securities
Leerink Partners; Leerink
JMP Securities; JMP
H.C. Wainwright; HC Wainwright
DA Davidson; D.A. Davidson
William Blair
Craig-Hallum
MoffettNathanson
Melius Research
New Street Research
Northland Capital Markets; Northland Securities
Tigress Financial; Tigress Financial Partners
Maybank; Maybank Securities; Maybank Investment Bank
RHB; RHB Research
CIMB; CGS International; CGS CIMB
Kenanga; Kenanga Research
Affin Hwang
Nuvama
Motilal Oswal
Kotak; Kotak Institutional Equities
ICICI Securities
Ord Minnett
Morgans; Morgans Financial
Redburn; Redburn Atlantic; Rothschild & Co Redburn
"""

_QUOTED = re.compile(r"[,，(（] ?(?:(?:quoted|cited) (?:by|in)\b|引述|转述|援引).*$", re.IGNORECASE)


def _rows() -> list[list[list[str]]]:
    lines = [line.split("|") for line in _HOUSES.strip().splitlines()]
    return [
        [[name.strip() for name in part.split(";") if name.strip()] for part in parts]
        for parts in lines
    ]


@cache
def _by_name() -> Mapping[str, str]:
    names = {}
    for english, *chinese in _rows():
        for name in (*english, *(each for part in chinese for each in part)):
            names[_key(name)] = english[0]
    return names


@cache
def _printed() -> Mapping[str, Mapping[Language, str]]:
    printed: dict[str, Mapping[Language, str]] = {}
    for english, *chinese in _rows():
        simplified = chinese[0][0] if chinese and chinese[0] else english[0]
        traditional = chinese[1][0] if len(chinese) > 1 and chinese[1] else simplified
        printed[english[0]] = {"en": english[0], "zh-cn": simplified, "zh-hk": traditional}
    return printed


def _key(name: str) -> str:
    return " ".join(normalise(name).casefold().split())


@cache
def canonical(name: str) -> str:
    """Return the name by which a house is known, whichever of its names is given.

    Who quotes it is no part of the name.

    Examples
    --------
    >>> canonical("高盛"), canonical("瑞銀"), canonical("JP Morgan"), canonical("Acme Securities")
    ('Goldman Sachs', 'UBS', 'JPMorgan', 'Acme Securities')
    >>> canonical("Goldman Sachs, quoted by Yicai on 2025-02-13")
    'Goldman Sachs'
    """
    bare = _QUOTED.sub("", normalise(name)).strip()
    known = _by_name().get(_key(bare))
    return known or name[: len(bare)].strip()


def printed(house: str, language: Language) -> str:
    """Return what a house is called in a language: its own name where the table has none.

    Examples
    --------
    >>> printed("UBS", "zh-hk"), printed("UBS", "en"), printed("Acme Securities", "zh-cn")
    ('瑞銀', 'UBS', 'Acme Securities')
    """
    names = _printed().get(house)
    return names[language] if names else house


@cache
def _anywhere() -> re.Pattern[str]:
    names = {normalise(name) for row in _rows() for part in row for name in part}
    ordered = sorted(names, key=lambda name: (-len(name), name))
    latin = "|".join(re.escape(name) for name in ordered if name.isascii())
    han = "|".join(re.escape(name) for name in ordered if not name.isascii())
    return re.compile(rf"(?<![A-Za-z0-9])(?:{latin})(?![A-Za-z])|(?:{han})")


# A house of which no table knows is told by the words around it alone.
_TOLD = expression(
    r"(?:\b[Tt]arget(?: price)?|\brating)\b(?:[^.;]|\.\d){0,30}? from "
    r"(?P<en>[A-Z][\w.&' -]{1,38}?)(?=[.,;] |[.,;]?$)"
    r"|\bseen (?P<seen>[A-Z][\w.&' -]{1,38}?) (?:raise|cut) its "
    r"|获(?P<zh>[^，。；、给将]{2,20}?)(?:给予|将(?:目标价|盈利预测))"
)
_NOBODY = expression("机构|大行|券商|投行|分析师|市场|[0-9%]|^其$")


def named(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return where houses are named in a normalised text, and which they are.

    Houses of the table, and where there is none, whom the words "a rating from" and 获…给予 name.

    Examples
    --------
    >>> named("Goldman and UBS raised their targets")
    ((0, 7, 'Goldman Sachs'), (12, 15, 'UBS'))
    >>> named('It has a "buy" rating from Acme Securities.')
    ((27, 42, 'Acme Securities'),)
    """
    known = tuple((*one.span(), canonical(one[0])) for one in _anywhere().finditer(text))
    if known:
        return known
    told = ((one, one.lastgroup or "") for one in _TOLD.finditer(text))
    return tuple(
        (*one.span(group), canonical(one[group]))
        for one, group in told
        if not _NOBODY.search(one[group])
    )
