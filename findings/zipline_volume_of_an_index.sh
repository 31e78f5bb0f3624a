#!/usr/bin/env bash
# zipline: daily bars of a large index or a penny share, written and read back.
# Expected: the volume and the close that were written.
# Seen with zipline-reloaded 3.2.1: bars are stored as 32-bit whole numbers, prices times 1,000.
# A day with more than 4,294,967,295 shares (an ordinary day of a Hong Kong index) comes back with
# volume 0, so that it looks like a day without trade; a close of 4.3 million points and one of 0.0004
# come back as NaN, and 0.04567 as 0.046. A warning is all that is said.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check zipline-reloaded==3.2.1
"$work/venv/bin/python" -W ignore - <<'PY'
import tempfile

import exchange_calendars, numpy as np, pandas as pd
from zipline.data.bcolz_daily_bars import BcolzDailyBarReader, BcolzDailyBarWriter

calendar = exchange_calendars.get_calendar("XHKG")
days = calendar.sessions_in_range("2025-02-10", "2025-02-13")
close = [0.0004, 0.04567, 21814.37, 4_300_000.0]
bars = pd.DataFrame({"open": close, "high": close, "low": close, "close": close, "volume": [1e9, 4.2e9, 4.5e9, 9e9]}, index=days)
folder = tempfile.mkdtemp()
BcolzDailyBarWriter(folder, calendar, days[0], days[-1]).write([(1, bars)], invalid_data_behavior="warn")
reader = BcolzDailyBarReader(folder)
closes, volumes = ([reader.get_value(1, day, column) for day in days] for column in ("close", "volume"))
print(closes, volumes)
assert volumes == [1_000_000_000, 4_200_000_000, 0, 0]
assert np.isnan(closes[0]) and closes[1] == 0.046 and closes[2] == 21814.37 and np.isnan(closes[3])
PY
