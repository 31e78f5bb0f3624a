"""English names of companies that end in a word of the tables: "Senco Gold", "Concord Biotech".

Only words that stand for a metal, or that are doubtful as names, are looked at: before "Nvidia" a
capital says little ("Chipmaker Nvidia"), before "Gold" it makes another name.
"""

from __future__ import annotations

import re

_BEFORE = re.compile(r"(?<![\w.'’])(?P<words>(?:[A-Z][a-z]+(?:['’]s)? ){1,3})$")
_STARTS = (
    "A|After|Also|Although|An|And|Another|As|At|Because|Before|Both|But|By|Can|Could|Did|Do|"
    "Does|During|Even|For|From|Has|Have|Here|How|However|If|In|Into|Is|Its|Just|Like|May|"
    "Meanwhile|More|Most|My|New|No|Not|Now|Of|On|Once|One|Only|Or|Other|Our|Over|Should|Since|"
    "So|Some|Still|Such|Than|That|The|Their|Then|These|They|This|Those|Though|Through|To|Today|"
    "Two|Under|Until|Was|We|Were|What|When|Where|Which|While|Who|Why|Will|With|Would|Yesterday|"
    "Your"
)
_ANYWHERE = (
    "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|June|"
    "July|August|September|October|November|December|American|Asian|Australian|British|Canadian|"
    "Chinese|Dutch|European|French|German|Global|Indian|International|Israeli|Italian|Japanese|"
    "Korean|Spanish|Swiss|Taiwanese"
)
_OF_SHARES = (
    "Buy|Hold|Sell|Buying|Selling|Trading|Share|Shares|Stock|Stocks|Price|Prices|Spot|Physical|"
    "Comex|Futures|Higher|Lower|Rising|Falling|Record|Investors|Analysts|Traders|Markets|"
    "Commodities|Commodity|Metal|Metals|Precious|Industrial|Company|Companies|Giant|Giants|"
    "Rival|Rivals|Peer|Peers|Owner|Parent|Chief|Firm|Group|Airline|Bank|Bankers|Insurer|"
    "Insurers|Carrier|Operator|Producer|Retailer|Retailers|Miner|Miners|Lender|Lenders|"
    "Developer|Developers|Tech|Technology|Software"
)
_NO_PART = re.compile(f"{_STARTS}|{_ANYWHERE}|{_OF_SHARES}|[A-Z][a-z]*(?:makers?|chain|house)")
_WORD = re.compile(r"[A-Za-z][a-z]{3,}")


def begin_of_longer(text: str, start: int, end: int) -> int:
    """Return where the name begins that a word of the tables ends, ``start`` where it stands alone.

    Parameters
    ----------
    text
        All blocks of an article, joined by line ends.
    start, end
        The word of the tables.

    Examples
    --------
    >>> text = "Shares of Senco Gold fell 20% while spot Gold rose"
    >>> begin_of_longer(text, 16, 20), begin_of_longer(text, 40, 44)
    (10, 40)
    """
    words = text[start:end]
    if not (words.isascii() and words[:1].isupper() and words.isalpha()):
        return start
    before = _BEFORE.search(text, max(0, start - 48), start)
    if before is None:
        return start
    begin = start
    for word in reversed(list(re.finditer(r"\S+", before["words"]))):
        plain = re.sub("['’]s$", "", word.group())
        if _NO_PART.fullmatch(plain) or plain != word.group():
            break
        begin = before.start("words") + word.start()
    if begin == start or (_in_title_case(text, start) and not _again(text, begin, end)):
        return start
    return begin


def _in_title_case(text: str, place: int) -> bool:
    """Say whether most words of a line begin with capitals, so that a capital says nothing."""
    first = text.rfind("\n", 0, place) + 1
    words = (
        _WORD.findall(text[place:].split("\n", 1)[0])[1:] + _WORD.findall(text[first:place])[1:-1]
    )
    return len(words) > 1 and sum(word[0].isupper() for word in words) > 0.75 * len(words)


def _again(text: str, begin: int, end: int) -> bool:
    """Say whether the longer name stands elsewhere too, where capitals mean something."""
    words = text[begin:end]
    places = [match.start() for match in re.finditer(rf"\b{re.escape(words)}\b", text)]
    return any(not _in_title_case(text, place) for place in places)
