#!/usr/bin/env bash
# price-parser: prices of shares below one dollar, which Hong Kong quotes with three decimals.
# Three digits after a point are taken for thousands unless decimal_separator is given: that is
# documented, and a guess that one may make of 1.234.
# Expected: no such guess after a lone zero, which no group of thousands can follow.
# Seen with price-parser 0.5.1: HK$0.050 is 50 dollars, HK$0.123 is 123 and USD 0.999 is 999, while
# HK$0.05 and HK$0.0500 are five cents. A share that falls from HK$1.00 to HK$0.995 "rises" to 995.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check price-parser==0.5.1
"$work/venv/bin/python" -W ignore - <<'PY'
from price_parser import Price

seen = {text: str(Price.fromstring(text).amount) for text in ("HK$0.05", "HK$0.050", "HK$0.0500", "HK$0.123", "HK$0.995", "USD 0.999")}
print(seen)
assert str(Price.fromstring("HK$0.050", decimal_separator=".").amount) == "0.050"
assert seen == {"HK$0.05": "0.05", "HK$0.050": "50", "HK$0.0500": "0.0500", "HK$0.123": "123", "HK$0.995": "995", "USD 0.999": "999"}
PY
