#!/usr/bin/env bash
# pyexuber: the bubble test GSADF of 100 prices of which one is missing (NaN).
# Expected: an error, or NaN, as its plain ADF statistic of the same prices answers.
# Seen with pyexuber 0.1.0: windows with the missing price lose every comparison and drop out of the
# maximum. All prices: GSADF 5.98, far above the critical 1.9, and one episode. Without the 51st, ten
# sessions before the bubble begins: -0.24 and no episode, so "no bubble". With the 11th missing, -inf.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pyexuber==0.1.0 numpy==2.4.6
"$work/venv/bin/python" -W ignore - <<'PY'
import exuber, numpy as np

price = 100 + np.cumsum(np.random.default_rng(1).normal(0, 1, 100))
price[60:80] += 2 * 1.15 ** np.arange(20)
critical = exuber.radf_mc_cv(100, nrep=300, seed=1)
seen = {}
for missing in (None, 10, 50):
    prices = price.copy()
    if missing is not None:
        prices[missing] = np.nan
    result = exuber.radf(prices)
    seen[missing] = float(result.gsadf[0]), float(result.adf[0]), sum(map(len, exuber.datestamp(result, critical).values()))
print("95% critical", critical.gsadf_cv[1], "(GSADF, ADF, episodes):", seen)
assert 1.5 < critical.gsadf_cv[1] < 2.3
assert abs(seen[None][0] - 5.984) < 0.01 and seen[None][2] == 1
assert seen[10][0] == -np.inf and abs(seen[50][0] + 0.243) < 0.01
assert np.isnan(seen[10][1]) and np.isnan(seen[50][1]) and seen[10][2] == seen[50][2] == 0
PY
