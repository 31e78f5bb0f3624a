from __future__ import annotations

import json
import re
import struct
import zlib
from datetime import date
from importlib.resources import files
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.brief.conftest import day_of, line_of

from springtide.brief import drawing
from springtide.brief.charts import drawdown_chart, price_chart, rsi_chart
from springtide.brief.drawing import Span, thin
from springtide.brief.model import Brief, Chart
from springtide.brief.plot import Shade
from springtide.brief.render import chart_svg, render_png
from springtide.brief.render.figure import figure_html
from springtide.brief.render.fitting import text_width
from springtide.brief.render.svg import INKS
from springtide.errors import DataError
from springtide.language.messages import catalogue, say
from springtide.language.types import Language
from springtide.market.types import Bars

AS_OF = date(2000, 3, 10)
GREEN, RED = INKS["green"], INKS["red"]
NAMES = {"en": "Nasdaq Composite", "zh-cn": "纳斯达克综合指数"}


def all_charts(brief: Brief) -> list[Chart]:
    return [chart for section in brief.sections for chart in section.charts]


def values_shown(chart: Chart) -> dict[str, float]:
    line = line_of(chart.plot["en"])
    return dict(zip(map(day_of, line.xs), line.ys, strict=True))


def pixels(png: bytes) -> np.ndarray:
    """Decode an 8-bit RGBA PNG by the specification (ISO/IEC 15948), without an image library."""
    width, height, depth, colour = struct.unpack(">IIBB", png[16:26])
    assert (depth, colour) == (8, 6)
    data, at = b"", 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            data += png[at + 8 : at + 8 + length]
        at += 12 + length
    raw = np.frombuffer(zlib.decompress(data), np.uint8).reshape(height, 1 + 4 * width)
    out = np.zeros((height + 1, 4 * width + 4), np.int32)
    for y in range(height):
        method, line = raw[y, 0], raw[y, 1:]
        for x in range(4 * width):
            left, up, corner = int(out[y + 1, x]), int(out[y, x + 4]), int(out[y, x])
            guess = left + up - corner
            near = min((abs(guess - v), i) for i, v in enumerate((left, up, corner)))[1]
            add = (0, left, up, (left + up) // 2, (left, up, corner)[near])[method]
            out[y + 1, x + 4] = (int(line[x]) + add) & 255
    return out[1:, 4:].reshape(height, width, 4)


def drawn_text(text: str, language: Language = "zh-cn") -> bytes:
    fonts = say("charts.fonts", language)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="30" height="30" font-family="{fonts}">'
        f'<rect width="100%" height="100%" fill="#fff"/><text y="24" font-size="22">{text}</text>'
        "</svg>"
    )
    return pixels(render_png(svg, 1)).tobytes()


@pytest.mark.parametrize(
    ("language", "characters"),
    [("zh-cn", "纳斯达克年月点▲▼万亿"), ("zh-hk", "納斯達克恒年月點▲▼萬億")],
)
def test_chinese_labels_are_glyphs_not_boxes(language: Language, characters: str):
    # A missing glyph is drawn as the same box whatever the character: U+10FFFD is in no font.
    box = drawn_text("\U0010fffd", language)
    drawn = {character: drawn_text(character, language) for character in characters}
    assert box not in drawn.values()
    assert len(set(drawn.values())) == len(drawn)


@pytest.mark.parametrize(
    ("language", "file", "least"),
    [
        ("zh-cn", "SpringtideSansSC-Regular.otf", 6763),
        ("zh-hk", "SpringtideSansHK-Regular.otf", 5401),
    ],
)
def test_font_draws_every_name_and_word_that_a_chart_can_print(
    language: Language, file: str, least: int
):
    from fontTools.ttLib import TTFont

    from springtide.market import instruments

    folder = files("springtide.brief") / "assets" / "fonts"
    font = TTFont(str(folder / file))
    covered = set(font.getBestCmap())
    words = "".join(catalogue.entries("charts", language).values()).replace("\n", "")
    names = "".join(instrument.name(language) for instrument in instruments.all())
    lacking = {character for character in words + names if ord(character) not in covered}
    assert not lacking, f"add to EXTRA in tools/make_chart_font.py and run it: {lacking}"
    han = {code for code in covered if 0x4E00 <= code <= 0x9FFF}
    assert len(han) >= least
    assert "SIL OPEN FONT LICENSE Version 1.1" in (folder / "OFL.txt").read_text()


def test_every_chart_is_drawn_in_every_language(brief: Brief):
    for chart in all_charts(brief):
        for language in brief.languages:
            svg = chart_svg(chart, language)
            ElementTree.fromstring(svg)  # raises where it is no XML
            words = "".join(re.findall(r"<text[^>]*>([^<]*)", svg))
            assert chart.title[language].replace(" ", "") in words.replace(" ", "")
            assert "nan" not in svg.lower()


def test_rises_are_green_in_english_and_red_in_chinese(bars: Bars):
    days = bars.dates.tolist()
    rising = [Span(days[1], days[-1], rising=True)]
    chart = price_chart(bars, rising, AS_OF, NAMES)
    assert GREEN in chart_svg(chart, "en")
    assert RED not in chart_svg(chart, "en")
    assert RED in chart_svg(chart, "zh-cn")
    assert GREEN not in chart_svg(chart, "zh-cn")


def test_a_phase_that_began_before_the_data_is_not_shaded(bars: Bars):
    days = bars.dates.tolist()
    known = [Span(days[0], days[-300], rising=None), Span(days[-300], days[-1], rising=False)]
    chart = price_chart(bars, known, AS_OF, NAMES)
    svg = chart_svg(chart, "en")
    assert RED in svg
    assert GREEN not in svg
    assert "Not shaded: began before the data" in svg
    assert "The phase that began before the data is not shaded." in chart.alt["en"]
    assert "未着色：始于数据之前" in chart_svg(chart, "zh-cn")
    assert "Not shaded" not in chart_svg(price_chart(bars, known[1:], AS_OF, NAMES), "en")


def test_chinese_axes_speak_of_years_and_months_and_wan(bars: Bars):
    chart = price_chart(bars, [], AS_OF, NAMES)
    assert "2000年" in chart_svg(chart, "zh-cn")
    assert "年" not in chart_svg(chart, "en")
    large = Bars(
        bars.symbol, bars.dates, bars.open, bars.high, bars.low, bars.close * 1000, bars.volume,
        bars.source,
    )  # fmt: skip
    svg = chart_svg(price_chart(large, [], AS_OF, NAMES), "zh-cn")
    assert "万<" in svg
    svg = chart_svg(price_chart(large, [], AS_OF, NAMES), "en")
    assert "m<" in svg


def test_a_log_scale_says_so(bars: Bars):
    chart = price_chart(bars, [], AS_OF, NAMES, log=True)
    assert "Log scale" in chart_svg(chart, "en")
    assert "对数坐标" in chart_svg(chart, "zh-cn")


def test_nothing_after_the_as_of_date_is_shown(bars: Bars):
    days = bars.dates.tolist()
    chart = price_chart(bars, [Span(days[0], days[-1], rising=True)], date(1998, 6, 30), NAMES)
    assert max(values_shown(chart)) <= "1998-06-30"
    (shade,) = [mark for mark in chart.plot["en"].marks if isinstance(mark, Shade)]
    assert day_of(shade.last) == "1998-06-30"


def test_shown_values_are_those_given(bars: Bars):
    given_ = dict(zip(bars.dates.astype(str).tolist(), bars.close.tolist(), strict=True))
    shown = values_shown(price_chart(bars, [], AS_OF, NAMES))
    assert len(shown) > 900
    assert all(given_[day] == value for day, value in shown.items())


def test_missing_values_are_passed_over(bars: Bars):
    close = bars.close.copy()
    close[-10:-5] = np.nan
    gone = set(bars.dates[-10:-5].astype(str).tolist())
    shown = values_shown(drawdown_chart(bars.dates, close * 0, AS_OF, NAMES))
    assert gone.isdisjoint(shown)


def test_nothing_to_draw_says_so(bars: Bars):
    nothing = np.full(len(bars), np.nan)
    with pytest.raises(DataError, match="Nothing to draw between 1999-03-10 and 2000-03-10"):
        rsi_chart(bars.dates, nothing, AS_OF, NAMES)


def test_alternative_text_holds_no_figure_but_dates(brief: Brief):
    for chart in all_charts(brief):
        for language, text in chart.alt.items():
            assert NAMES[language] in text
            without = re.sub(r"\d+ March \d{4}|March \d{4}|\d{4}年\d+月(\d+日)?", "", text)
            assert not re.search(r"\d", without), text


def test_charts_in_one_page_do_not_share_identifiers(brief: Brief):
    seen: set[str] = set()
    for chart in all_charts(brief):
        for language in brief.languages:
            svg = chart_svg(chart, language)
            found = re.findall(r'\bid="([^"]*)"', svg)
            assert seen.isdisjoint(found)
            seen.update(found)
            assert set(re.findall(r"url\(#([^)]*)\)", svg)) <= set(found)
            assert 'role="img"' in svg
            assert "<desc" in svg


@given(
    values=st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=300),
    most=st.integers(min_value=4, max_value=60),
)
def test_thinning_keeps_ends_and_extremes(values: list[float], most: int):
    array = np.array(values)
    kept = thin(array, most)
    assert len(kept) <= max(most, 4) or len(array) <= most
    assert kept[0] == 0
    assert kept[-1] == len(array) - 1
    assert (np.diff(kept) > 0).all()
    assert array[kept].min() == array.min()
    assert array[kept].max() == array.max()


def test_long_histories_are_thinned():
    days = np.arange(np.datetime64("1950-01-01"), np.datetime64("2000-03-11"))
    values = -np.abs(np.sin(np.arange(len(days)) / 200) * 30)
    shown = values_shown(drawdown_chart(days, values, AS_OF, NAMES, years=50))
    assert 1000 < len(shown) <= drawing.MOST_POINTS


@pytest.mark.parametrize("language", ["en", "zh-cn"])
def test_nothing_is_drawn_outside_the_image(brief: Brief, language: Language):
    for chart in all_charts(brief):
        svg = chart_svg(chart, language)
        root = ElementTree.fromstring(svg)
        _, _, width, height = map(float, root.attrib["viewBox"].split())
        for text in root.iter("{http://www.w3.org/2000/svg}text"):
            size = float(text.attrib.get("font-size", root.attrib["font-size"]))
            long = text_width(text.text or "", size)
            x = float(text.attrib["x"]) + float(text.attrib.get("dx", 0))
            anchor = text.attrib.get("text-anchor", "start")
            left = {"start": x, "middle": x - long / 2, "end": x - long}[anchor]
            assert left >= -1, text.text
            assert left + long <= width + 1, text.text
            assert 0 < float(text.attrib["y"]) <= height, text.text


def test_labels_of_an_image_are_eleven_pixels_high_on_a_phone(brief: Brief):
    for chart in all_charts(brief):
        svg = chart_svg(chart, "en")
        width = float(ElementTree.fromstring(svg).attrib["viewBox"].split()[2])
        sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)"', svg)]
        assert min(sizes) * 390 / width >= 11


def test_no_two_labels_of_an_axis_touch(brief: Brief):
    for chart in all_charts(brief):
        for plot in chart.plot.values():
            texts = [text for _, text in plot.ticks]
            assert 2 <= len(texts) <= 7
            assert len(set(texts)) == len(texts)


def test_a_figure_of_a_page_tells_the_values_that_it_draws(brief: Brief):
    chart = all_charts(brief)[0]
    figure = figure_html(chart, "en")
    (data,) = re.findall(r'<script type="application/json">(.*?)</script>', figure)
    (line,) = json.loads(data)["panels"][0]["lines"]
    drawn = line_of(chart.plot["en"])
    assert np.cumsum(line["x"]).tolist() == list(drawn.xs)
    assert line["y"] == [list(drawn.ys)]
