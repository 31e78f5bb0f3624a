from __future__ import annotations

import json
import re
import struct
import zlib
from datetime import date
from importlib.resources import files

import altair as alt
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from springtide.brief import drawing
from springtide.brief.charts import drawdown_chart, price_chart, rsi_chart
from springtide.brief.drawing import Span, thin
from springtide.brief.model import Brief, Chart
from springtide.brief.render import chart_svg, render_png, render_svg
from springtide.errors import DataError
from springtide.language.messages import catalogue, say
from springtide.language.types import Language
from springtide.market.types import Bars

AS_OF = date(2000, 3, 10)
NAMES = {"en": "Nasdaq Composite", "zh-cn": "纳斯达克综合指数"}


def all_charts(brief: Brief) -> list[Chart]:
    return [chart for section in brief.sections for chart in section.charts]


def values_shown(chart: Chart) -> list[dict[str, object]]:
    return chart.spec["en"]["datasets"]["shown"]


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
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": 30,
        "height": 30,
        "data": {"values": [{"t": text}]},
        "mark": {"type": "text", "fontSize": 22},
        "encoding": {"text": {"field": "t", "type": "nominal"}},
        "config": {
            "font": say("charts.fonts", language),
            "view": {"stroke": None},
            "background": "white",
        },
    }
    return pixels(render_png(spec, 1)).tobytes()


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


def test_specs_are_valid_vega_lite(brief: Brief):
    # The schema that Altair ships, which building skips for speed.
    for chart in all_charts(brief):
        for spec in chart.spec.values():
            alt.LayerChart.from_dict(spec, validate=True)


def test_every_chart_is_drawn_in_every_language(brief: Brief):
    for chart in all_charts(brief):
        for language in brief.languages:
            svg = render_svg(chart.spec[language])
            assert svg.startswith("<svg")
            assert chart.title[language] in svg
            assert "NaN" not in svg
            assert "undefined" not in svg


def test_rises_are_green_in_english_and_red_in_chinese(bars: Bars):
    days = bars.dates.tolist()
    rising = [Span(days[1], days[-1], rising=True)]
    chart = price_chart(bars, rising, AS_OF, NAMES)
    assert drawing.GREEN in render_svg(chart.spec["en"])
    assert drawing.RED not in render_svg(chart.spec["en"])
    assert drawing.RED in render_svg(chart.spec["zh-cn"])
    assert drawing.GREEN not in render_svg(chart.spec["zh-cn"])


def test_a_phase_that_began_before_the_data_is_not_shaded(bars: Bars):
    days = bars.dates.tolist()
    known = [Span(days[0], days[-300], rising=None), Span(days[-300], days[-1], rising=False)]
    chart = price_chart(bars, known, AS_OF, NAMES)
    svg = render_svg(chart.spec["en"])
    assert drawing.RED in svg
    assert drawing.GREEN not in svg
    assert "Not shaded: began before the data" in svg
    assert "The phase that began before the data is not shaded." in chart.alt["en"]
    assert "未着色：始于数据之前" in render_svg(chart.spec["zh-cn"])
    assert "Not shaded" not in render_svg(price_chart(bars, known[1:], AS_OF, NAMES).spec["en"])


def test_chinese_axes_speak_of_years_and_months_and_wan(bars: Bars):
    chart = price_chart(bars, [], AS_OF, NAMES)
    assert "2000年" in render_svg(chart.spec["zh-cn"])
    assert "年" not in render_svg(chart.spec["en"])
    large = Bars(
        bars.symbol, bars.dates, bars.open, bars.high, bars.low, bars.close * 1000, bars.volume,
        bars.source,
    )  # fmt: skip
    svg = render_svg(price_chart(large, [], AS_OF, NAMES).spec["zh-cn"])
    assert "万<" in svg
    svg = render_svg(price_chart(large, [], AS_OF, NAMES).spec["en"])
    assert "m<" in svg


def test_a_log_scale_says_so(bars: Bars):
    chart = price_chart(bars, [], AS_OF, NAMES, log=True)
    assert "Log scale" in render_svg(chart.spec["en"])
    assert "对数坐标" in render_svg(chart.spec["zh-cn"])


def test_no_time_zone_moves_a_session(bars: Bars):
    # Sessions are calendar days: 1 January stands at the same place wherever the machine is.
    chart = price_chart(bars, [], AS_OF, NAMES)
    spec = json.dumps(chart.spec["en"])
    assert '"type": "utc"' in spec
    assert "timeFormat(" not in spec


def test_nothing_after_the_as_of_date_is_shown(bars: Bars):
    days = bars.dates.tolist()
    chart = price_chart(bars, [Span(days[0], days[-1], rising=True)], date(1998, 6, 30), NAMES)
    assert max(row["d"] for row in values_shown(chart)) <= "1998-06-30"
    spans = [
        row["to"] for rows in chart.spec["en"]["datasets"].values() for row in rows if "to" in row
    ]
    assert all(day <= "1998-06-30" for day in spans)


def test_shown_values_are_those_given(bars: Bars):
    given_ = dict(zip(bars.dates.astype(str).tolist(), bars.close.tolist(), strict=True))
    shown = values_shown(price_chart(bars, [], AS_OF, NAMES))
    assert len(shown) > 900
    assert all(given_[row["d"]] == row["v"] for row in shown)


def test_missing_values_are_passed_over(bars: Bars):
    close = bars.close.copy()
    close[-10:-5] = np.nan
    gone = set(bars.dates[-10:-5].astype(str).tolist())
    shown = values_shown(drawdown_chart(bars.dates, close * 0, AS_OF, NAMES))
    assert gone.isdisjoint(row["d"] for row in shown)


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
