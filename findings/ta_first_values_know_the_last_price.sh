#!/usr/bin/env bash
# ta: do values of the first 250 days change when 50 more days arrive?
# Expected: no; an indicator of a day is made of that day and earlier ones.
# Seen with ta 0.11.0: of all its features (add_all_ta_features) five do. The "Know Sure Thing" and its
# signal, in their first 44 and 52 days: what is not there yet is filled with the mean of the whole
# column, that of days to come included (fillna is False). And the "visual" Ichimoku lines, in their
# first 26 days, likewise; their name is no warning of it.
# Who meets it: a backtest that begins with the file, and a model trained on all features.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check ta==0.11.0 pandas==3.1.1 numpy==2.4.6
"$work/venv/bin/python" -W ignore - <<'PY'
import numpy as np, pandas as pd, ta

steps = np.random.default_rng(1).normal(0, 0.01, 300)
close = pd.Series(100 * np.exp(np.cumsum(steps)), index=pd.date_range("2024-01-01", periods=300))
bars = pd.DataFrame(
    {"Open": close, "High": close * 1.005, "Low": close * 0.995, "Close": close, "Volume": 1e6}
)
columns = ("Open", "High", "Low", "Close", "Volume")
later = ta.add_all_ta_features(bars.copy(), *columns).iloc[:250]
then = ta.add_all_ta_features(bars.iloc[:250].copy(), *columns)
changed = {
    name: np.flatnonzero(~np.isclose(later[name].astype(float), then[name].astype(float), equal_nan=True))
    for name in then
}
changed = {name: int(days.max()) + 1 for name, days in changed.items() if len(days)}
print(changed)
assert changed == {
    "trend_kst": 44, "trend_kst_sig": 52, "trend_kst_diff": 52,
    "trend_visual_ichimoku_a": 26, "trend_visual_ichimoku_b": 26,
}
PY
