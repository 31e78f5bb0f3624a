"""Whether a word that is also a company's name is meant as the company: 苹果, Target, 小米."""

from __future__ import annotations

import re

_PRICE_AFTER_ZH = re.compile(
    r"(?:-[A-Z]{1,2})?(?:[（(][^）)]{1,16}[）)])?(?:[AHB]股)?(?:公司)?(?:股价|股份|集团|盘[前后中]|"
    r"(?:的)?(?:目标价|市值|市盈率|沽空|做空|ADR)|[获遭][^，。；0-9]{0,6}净|净[流买卖沽]|"
    r"(?:贡献|拖累)了?约?[0-9]|[^，。；：、]{0,8}?(?:大?[涨跌升挫飙泻]|[收现]?报|高[开见]|低[开见]|回落|回升|走[高低强弱]|弹|"
    r"\+[0-9]|-[0-9]|[0-9.]+%))"
)
_PRICE_BEFORE_ZH = re.compile(
    "(?:净[买卖]入?出?|净沽出?|净流[入出]|权重股|龙头|个股|股王|公司|巨头|大厂|制造商)$"
)
_TRADE_BEFORE_ZH = re.compile("(?:制造商|运营商|开发商|供应商|厂商|巨头|大厂|电商平台)$")
_PRICE_AFTER_EN = re.compile(
    r"(?:'s)?,? (?:\([^)]{1,24}\) ?)?(?:Inc|Corp|Ltd|plc|PLC|Co|shares?|stock|Stock|Shares|rose|fell|gained|"
    r"lost|jumped|surged|dropped|slid|slipped|climbed|added|advanced|rallied|sank|tumbled|plunged|"
    r"soared|closed|is (?:up|down|trading)|was (?:up|down)|were (?:up|down)|shed|popped|retreated|edged|"
    r"declined|eased|dipped|trad(?:es|ed)|report(?:s|ed)|posted|beat|missed)\b"
)
_PRICE_BEFORE_EN = re.compile(
    r"(?:[Ss]hares (?:of|in)|[Ss]tocks? (?:of|in|like)|maker|giant|retailer|company) (?:the )?$"
)
_INITIALS = 4
"""Letters up to which a name in a Chinese text may be initials of anything: TTM, EMA."""


def is_meant(text: str, start: int, end: int) -> bool:
    """Say whether a verb of prices or words of shares stand with a word of a text.

    Examples
    --------
    >>> [is_meant(text, 0, 2) for text in ("小米升3%", "小米目标价60元", "小米粥每碗3元")]
    [True, True, False]
    """
    before = text[max(0, start - _BEFORE) : start]
    if text[start:end].isascii():
        english = _PRICE_AFTER_EN.match(text, end) or _PRICE_BEFORE_EN.search(before)
        chinese = end - start > _INITIALS and _PRICE_AFTER_ZH.match(text, end)
        return bool(english or chinese)
    said = _PRICE_BEFORE_ZH if end - start > 2 else _TRADE_BEFORE_ZH
    return bool(said.search(before) or _PRICE_AFTER_ZH.match(text, end))


_BEFORE = 16
"""Characters before a word that are looked at."""
