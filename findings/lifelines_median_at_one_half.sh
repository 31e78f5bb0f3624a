#!/usr/bin/env bash
# Kaplan-Meier medians where exactly half of the observed are gone, by lifelines and statsmodels.
# Durations of 10, 20, ... days, all ended, an even number of them: half is left after the n/2-th.
# Expected: the n/2-th duration for every n (the first time at which no more than half is left), or for
# every n the one after it, or the middle, as R's survfit has it; in any case one rule.
# Seen with lifelines 0.30.3 and statsmodels 0.15.0: rounding decides. Steps are multiplied (or logs
# added), one half comes out as 0.5000000000000001 or 0.4999999999999998, and is compared as such.
# lifelines gives 20 of 4 (the 2nd) but 40 of 6 (the 4th); of 10 rallies one says 50 days, the other 60.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check lifelines==0.30.3 statsmodels==0.15.0 pandas==2.3.3 numpy==2.4.6
"$work/venv/bin/python" -W ignore - <<'PY'
import numpy as np
from lifelines import KaplanMeierFitter
from statsmodels.duration.survfunc import SurvfuncRight

seen = {}
for n in (4, 6, 8, 10, 16, 18):
    days = 10.0 * np.arange(1, n + 1)
    medians = KaplanMeierFitter().fit(days).median_survival_time_, SurvfuncRight(days, np.ones(n)).quantile(0.5)
    seen[n] = tuple(int(median / 10 - n / 2) for median in medians)
print("places after the n/2-th (lifelines, statsmodels):", seen)
assert seen == {4: (0, 1), 6: (1, 1), 8: (1, 1), 10: (0, 1), 16: (0, 1), 18: (1, 0)}
PY
