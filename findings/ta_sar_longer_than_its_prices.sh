#!/usr/bin/env bash
# ta: the parabolic SAR of 300 daily bars, as its README has it (columns of a frame indexed by dates).
# Expected: 300 values, one for each day, as from the same bars without dates.
# Seen with ta 0.11.0 and the pandas that its installation brings (3.1.1): after each reversal the value
# is written under the number of the bar, not its date. The result has 318 entries, the last 18 under
# whole numbers, so that the "last value" is that of another day; and 47 of the 300 days have another SAR
# than without dates, for a reversal misses its first day. With pandas 2.3.3: 300 values, all the same.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cat > "$work/sar.py" <<'PY'
import sys

import numpy as np, pandas as pd, ta

rng = np.random.default_rng(3)
close = pd.Series(100 * np.exp(np.cumsum(rng.normal(0, 0.01, 300))))
high, low = close + rng.uniform(0.1, 2, 300), close - rng.uniform(0.1, 2, 300)
plain = ta.trend.PSARIndicator(high, low, close).psar()
days = pd.bdate_range("2024-01-01", periods=300)
dated = ta.trend.PSARIndicator(*(series.set_axis(days) for series in (high, low, close))).psar()
different = int((np.abs(dated.to_numpy()[:300] - plain.to_numpy()) > 1e-9).sum())
print("pandas", pd.__version__, len(plain), len(dated), "last", plain.iloc[-1], dated.iloc[-1], "under", dated.index[-1], "different", different)
assert len(plain) == 300
if sys.argv[1] == "wrong":
    assert len(dated) == 318 and dated.index[-1] == 262 and different == 47
    assert abs(plain.iloc[-1] - dated.iloc[-1]) > 1
else:
    assert len(dated) == 300 and different == 0
PY
for pandas in 3.1.1:wrong 2.3.3:right; do
  python3 -m venv "$work/${pandas#*:}"
  "$work/${pandas#*:}/bin/pip" install --quiet --disable-pip-version-check ta==0.11.0 "pandas==${pandas%:*}" numpy==2.4.6
  "$work/${pandas#*:}/bin/python" -W ignore "$work/sar.py" "${pandas#*:}"
done
