#!/usr/bin/env bash
# quantulum3: quantities with the abbreviations of market news.
# Expected: millions, quarters of a year and basis points, or numbers without a unit.
# Seen with quantulum3 0.10.0 (without its classifier, as it is installed by default): "$17bn" is 17
# dollar barn newtons and "HK$17bn" 17 barn newtons; "$1.5m" is 1.5 dollar metres, "1.5m shares" 1.5
# metres, "3Q profit" three quintals and "5bps" five bits a second. Written out, "$1.5 million" is
# right, but HK$ is no currency: "HK$1.5 billion" is 1,500,000,000 of nothing.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check quantulum3==0.10.0
"$work/venv/bin/python" -W ignore - <<'PY'
from quantulum3 import parser

seen = {text: [(quantity.value, quantity.unit.name) for quantity in parser.parse(text)]
        for text in ("$1.5 million", "$1.5m", "turnover of 1.5m shares", "3Q profit fell", "yields rose 5bps", "HK$1.5 billion", "HK$17bn", "$17bn")}
print(seen)
assert seen == {
    "$1.5 million": [(1.5e6, "dollar")], "$1.5m": [(1.5, "dollar metre")], "turnover of 1.5m shares": [(1.5, "metre")],
    "3Q profit fell": [(3, "quintal")], "yields rose 5bps": [(5, "bit per second")], "HK$1.5 billion": [(1.5e9, "dimensionless")],
    "HK$17bn": [(17, "barn newton")], "$17bn": [(17, "dollar barn newton")]}
PY
