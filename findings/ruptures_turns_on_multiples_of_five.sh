#!/usr/bin/env bash
# ruptures: turning points of a series whose level changes after the 53rd and after the 111th value, by much.
# Expected: 53 and 111 from every exact method (Pelt and Dynp are exact for a penalty or a number).
# Seen with ruptures 1.1.10: Dynp, Binseg, BottomUp and Window say 55 and 110, Pelt says 50, 55 and 110 and
# so makes a third regime of five days up: only every fifth place is looked at (jump=5 is the default of
# all of them), and the answer does not say so. KernelCPD, the compiled one, says 53 and 111, and so do
# all with jump=1.
# Who meets it: whoever dates bull and bear markets; a turn is up to two days off and may be split.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check ruptures==1.1.10 numpy==2.4.6
"$work/venv/bin/python" - <<'PY'
import numpy as np
import ruptures as rpt

noise = np.random.default_rng(0).normal(0, 0.1, 174)
level = np.repeat([0.0, 5.0, 0.0], [53, 58, 63]) + noise


def turns(method, **how):
    return [int(place) for place in method.fit(level).predict(**how)[:-1]]


seen = {
    "Pelt": turns(rpt.Pelt(model="l2"), pen=5),
    "Dynp": turns(rpt.Dynp(model="l2"), n_bkps=2),
    "Binseg": turns(rpt.Binseg(model="l2"), n_bkps=2),
    "BottomUp": turns(rpt.BottomUp(model="l2"), n_bkps=2),
    "Window": turns(rpt.Window(width=20, model="l2"), n_bkps=2),
    "KernelCPD": turns(rpt.KernelCPD(kernel="linear"), n_bkps=2),
    "Pelt, jump 1": turns(rpt.Pelt(model="l2", jump=1), pen=5),
    "Dynp, jump 1": turns(rpt.Dynp(model="l2", jump=1), n_bkps=2),
}
print(seen)
assert seen["Pelt"] == [50, 55, 110]
assert all(seen[name] == [55, 110] for name in ("Dynp", "Binseg", "BottomUp", "Window"))
assert all(seen[name] == [53, 111] for name in ("KernelCPD", "Pelt, jump 1", "Dynp, jump 1"))
PY
