#!/usr/bin/env bash
# stockstats: the 50-day moving average of a price on its first days.
# Expected: missing until there are 50 closes, as in TA-Lib, pandas and the charts of brokers.
# Seen with stockstats 0.6.10: the "50-day average" of the first day is the close itself, that of the
# second the mean of two; RSI(14) starts with 50 on the first day and stands at 100 on the second.
# A scan for "above its 50-day average" therefore fills with shares that were listed last week.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check stockstats==0.6.10
"$work/venv/bin/python" -W ignore - <<'PY'
import pandas as pd, stockstats

close = pd.Series([float(price) for price in range(100, 160)])
bars = stockstats.wrap(pd.DataFrame({"open": close, "high": close + 1, "low": close - 1, "close": close, "volume": close}))
mean, rsi = bars["close_50_sma"].tolist(), bars["rsi_14"].tolist()
print("50-day average", mean[:3], "RSI(14)", rsi[:3])
assert mean[:3] == [100.0, 100.5, 101.0]
assert rsi[:3] == [50.0, 100.0, 100.0]
PY
