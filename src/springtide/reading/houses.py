"""Brokers and banks whose targets articles report: they are who says it, not what it is about."""

from __future__ import annotations

import re

_ZH = (
    "高盛|摩根士丹利|摩根大通|摩根资产管理|大摩|小摩|摩通|花旗|瑞银|瑞信|美国银行|美银证券|美银|里昂|野村|中金|中信证券|中信建投|"
    "中信里昂|招商证券国际|招商证券|招银国际|建银国际|交银国际|农银国际|工银国际|中银国际|汇丰环球研究|汇丰|巴克莱|杰富瑞|富瑞|麦格理|"
    "星展|大和|法国巴黎银行|法巴|德意志银行|德银|富国银行|国泰君安|国泰海通|华泰证券|海通国际|海通证券|光大证券|东吴证券|兴业证券|"
    "广发证券|申万宏源|天风证券|国信证券|浦银国际|第一上海|晨星|穆迪|惠誉|韦德布什|奥本海默|伯恩斯坦|联博|瑞穗|渣打|大华继显|"
    "凯基|银河证券|国金证券|民生证券|开源证券|东方证券|安信|浙商证券|信达证券|西部证券"
)
_EN = (
    "Goldman Sachs|Goldman|Morgan Stanley|JPMorgan(?: Chase)?|JP Morgan(?: Chase)?|J\\.P\\. Morgan|Citigroup|Citi|UBS|BofA(?: Securities)?|"
    "Bank of America|Jefferies|HSBC|Barclays|DBS(?: Group Research)?|Nomura|Macquarie|CLSA|Deutsche Bank|Wells Fargo|"
    "Bernstein|Evercore(?: ISI)?|Wedbush|Piper Sandler|Raymond James|Mizuho|KeyBanc|Truist|RBC(?: Capital(?: Markets)?)?|"
    "Scotiabank|Oppenheimer|Stifel|Baird|Needham|Argus|TD Cowen|BMO(?: Capital)?|BTIG|Guggenheim|Rosenblatt|Susquehanna|"
    "Loop Capital|Canaccord|Roth|Daiwa|Maybank|RHB|CIMB|Kenanga|Morningstar|Berenberg|Redburn|Wolfe|Cantor|"
    "Rothschild|Societe Generale|BNP Paribas|Santander|Nuvama|Motilal Oswal|Kotak|ICICI Securities|Bocom|CICC|Ord Minnett"
)
_HOUSE = re.compile(f"(?:{_ZH})|\\b(?:{_EN})\\b")


def house(words: str) -> tuple[int, int] | None:
    """Return where the last house in some words is named.

    Examples
    --------
    >>> text = "Morgan Stanley raised its price target"
    >>> text[slice(*house(text))]
    'Morgan Stanley'
    >>> house("the company raised its forecast") is None
    True
    """
    houses = list(_HOUSE.finditer(words))
    return houses[-1].span() if houses else None
