"""The charts of the page on the track record, as SVG on white for light and dark pages."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from springtide.outlook.model import HORIZONS
from springtide.outlook.record import Group, TrackRecord
from springtide.outlook.report_tables import NAMES, OWN, both

INK, SOFT_INK, GRID, ACCENT, SECOND = "#1e293b", "#64748b", "#e2e8f0", "#b45309", "#1f6f8b"
_COLOURS = (ACCENT, SECOND, "#0f8b6d", "#7c3aed", "#be185d", SOFT_INK)


def draw(record: TrackRecord) -> dict[str, str]:
    """Return the charts by file name; one that has nothing to show is left out."""
    charts = {
        "outlook-skill.svg": skill_chart(record),
        "outlook-decades.svg": decade_chart(record),
        "outlook-calibration.svg": calibration_chart(record),
        "outlook-pit.svg": pit_chart(record),
    }
    return {name: _svg(chart) for name, chart in charts.items() if chart is not None}


def skill_chart(record: TrackRecord) -> Any:
    """Draw every method's skill against base rates by horizon, all beside indices alone."""
    rows = []
    for label, group in both(record):
        for horizon in (0, *HORIZONS):
            scored = group.target("peak", horizon)
            for one in scored.methods if scored else ():
                skill = one.against("climatology")
                if skill is not None and not math.isnan(skill.low):
                    horizon_name = "top is in" if horizon == 0 else f"within {horizon}"
                    rows.append(_row(label, horizon_name, NAMES[one.method], skill))
    if not rows:
        return None
    horizons = ["top is in", *(f"within {horizon}" for horizon in HORIZONS)]
    methods = [NAMES[one] for one in reversed(record.methods) if one != "climatology"]
    return _dots(rows, horizons, methods, "Skill against base rates, Brier score, 95% interval")


def decade_chart(record: TrackRecord) -> Any:
    """Draw the pool's skill against base rates and simulation at 60 sessions by decade."""
    rows = []
    labels = {"decade": "all", "index decade": "indices"}
    references = {"climatology": "against base rates", "garch": "against GARCH simulation"}
    for group in record.groups:
        scored = group.target("peak", 60) if group.by in labels else None
        own = scored.method(OWN) if scored else None
        for reference, name in references.items() if own else ():
            skill = own.against(reference) if own else None
            if skill is not None and not math.isnan(skill.low):
                rows.append(_row(labels[group.by], f"{group.name}s", name, skill))
    if not rows:
        return None
    decades = sorted({str(row["of"]) for row in rows})
    title = "Skill of the pool by decade: peak within 60 sessions, 95% interval"
    return _dots(rows, decades, list(references.values()), title)


def _row(part: str, of: str, name: str, skill: object) -> dict[str, object]:
    value, low, high = (getattr(skill, key) for key in ("value", "low", "high"))
    # A very bad method would squeeze all others; what is cut off is in the table.
    ends = {"value": value, "low": low, "high": high}
    cut = {key: max(-1.0, round(number, 4)) for key, number in ends.items()}
    return {"part": part, "of": of, "name": name, **cut}


def _dots(
    rows: Sequence[dict[str, object]], groups: Sequence[str], names: Sequence[str], title: str
) -> Any:
    import altair as alt

    colour = alt.Color("name:N", title=None, sort=list(names)).scale(
        domain=list(names), range=list(_COLOURS[: len(names)])
    )
    base = alt.Chart().encode(
        y=alt.Y("of:N", sort=list(groups), title=None),
        yOffset=alt.YOffset("name:N", sort=list(names)),
        color=colour.legend(orient="top", symbolOpacity=1),
    )
    x = alt.X("low:Q", title="skill (100% is perfect, 0 no better)").axis(format="%")
    rules = base.mark_rule(strokeWidth=2).encode(x=x, x2="high:Q")
    dots = base.mark_circle(size=50, opacity=1).encode(x=alt.X("value:Q"))
    zero = alt.Chart().mark_rule(color=INK, strokeDash=[4, 3]).encode(x=alt.datum(0))
    data = alt.InlineData(values=list(rows))
    layered = alt.layer(zero, rules, dots, data=data).properties(width=330, height=alt.Step(13))
    return layered.facet(column=alt.Column("part:N", title=None)).properties(title=title)


def calibration_chart(record: TrackRecord) -> Any:
    """Draw what came by what was said, by horizon, all and indices alone."""
    import altair as alt

    rows = [row for label, group in both(record) for row in _bins(label, group)]
    if not rows:
        return None
    said = alt.X("said:Q", title="said").axis(format="%").scale(domain=[0, 1])
    came = alt.Y("came:Q", title="came, with 95% interval").axis(format="%").scale(domain=[0, 1])
    line = [{"said": 0, "came": 0}, {"said": 1, "came": 1}]
    diagonal = (
        alt.Chart(alt.InlineData(values=line))
        .mark_line(color=SOFT_INK, strokeDash=[4, 4], strokeWidth=1)
        .encode(x=said, y=came)
    )
    base = alt.Chart(alt.InlineData(values=rows)).encode(x=said)
    rules = base.mark_rule(color=ACCENT, strokeWidth=1.5).encode(y=alt.Y("low:Q"), y2="high:Q")
    points = base.mark_circle(color=ACCENT, size=45, opacity=1).encode(y=came)
    panels = [
        alt.hconcat(
            *(
                alt.layer(
                    diagonal,
                    rules.transform_filter(_is(part, horizon)),
                    points.transform_filter(_is(part, horizon)),
                ).properties(width=150, height=150, title=f"{part}, {_horizon(horizon)}")
                for horizon in (0, *HORIZONS)
            )
        )
        for part in sorted({str(row["part"]) for row in rows})
    ]
    return alt.vconcat(*panels)


def pit_chart(record: TrackRecord) -> Any:
    """Draw where in what the pool said outcomes came, in tenths; right is one tenth in each."""
    import altair as alt

    rows = []
    for label, group in both(record):
        for name in ("sessions", "gain"):
            scored = group.target(name)
            own = scored.method(OWN) if scored else None
            what = f"{label}: {'sessions to the peak' if name == 'sessions' else 'further gain'}"
            for k, share in enumerate(own.pit if own else ()):
                rows.append({"part": what, "tenth": 10 * k + 5, "share": round(share, 4)})
    if not rows:
        return None
    bars = (
        alt.Chart()
        .mark_bar(color=ACCENT, opacity=0.75, size=11)
        .encode(
            x=alt.X("tenth:Q", title="% of what was said", scale=alt.Scale(domain=[0, 100])),
            y=alt.Y("share:Q", title=None, axis=alt.Axis(format="%"), scale=alt.Scale(zero=True)),
        )
    )
    even = alt.Chart().mark_rule(color=INK, strokeDash=[4, 3]).encode(y=alt.datum(0.1))
    layered = alt.layer(bars, even, data=alt.InlineData(values=rows)).properties(
        width=140, height=110
    )
    title = "Where in the pool's distributions outcomes came; even is right"
    return layered.facet(column=alt.Column("part:N", title=None)).properties(title=title)


def _bins(part: str, group: Group) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for horizon in (0, *HORIZONS):
        scored = group.target("peak", horizon)
        own = scored.method(OWN) if scored else None
        for one in own.bins if own else ():
            low, high = one.happened.low, one.happened.high
            if not math.isnan(low):
                ends = {"low": round(low, 4), "high": round(high, 4)}
                point = {"said": round(one.said, 4), "came": round(one.happened.value, 4)}
                rows.append({"part": part, "horizon": horizon, **point, **ends})
    return rows


def _is(part: str, horizon: int) -> str:
    return f"datum.part == '{part}' && datum.horizon == {horizon}"


def _horizon(horizon: int) -> str:
    return "top is in" if horizon == 0 else f"within {horizon}"


def _svg(chart: Any) -> str:
    import vl_convert

    styled = chart.configure_axis(labelColor=SOFT_INK, titleColor=SOFT_INK, gridColor=GRID)
    styled = styled.configure_view(stroke=None).configure_title(color=INK, anchor="start")
    return str(vl_convert.vegalite_to_svg({**styled.to_dict(), "background": "white"}))
