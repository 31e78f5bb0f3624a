#!/usr/bin/env bash
# technicalindicators (npm): RSI(14) just under the border of "overbought", beside trading-signals (npm)
# and TA-Lib. Fourteen changes with gains of 69.996 and losses of 30.004 in all: RSI is 69.996.
# Expected: 69.996 from all three; rounding is for the screen.
# Seen with technicalindicators 3.1.0: RSI is rounded to two decimals inside (its averages are not), so it
# is 70, and 70 is overbought; trading-signals 8.3.0 and TA-Lib 0.8.2 say 69.996.
# Who meets it: whoever counts crossings of 70 or 30, or compares libraries to more than two decimals.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check TA-Lib==0.8.2 numpy==2.4.6
npm install --silent --no-audit --no-fund --prefix "$work/node" technicalindicators@3.1.0 trading-signals@8.3.0 >/dev/null
closes='[500, 510, 500, 520, 510, 530, 519.996, 529.996, 529.996, 539.992, 539.992, 539.992, 539.992, 539.992, 539.992]'
"$work/venv/bin/python" - "$closes" <<'PY'
import json, sys
import numpy as np, talib

value = float(talib.RSI(np.array(json.loads(sys.argv[1])), 14)[-1])
print("TA-Lib", value)
assert abs(value - 69.996) < 1e-9 and value < 70
PY
cat > "$work/node/rsi.mjs" <<'JS'
import indicators from "technicalindicators";
import { RSI } from "trading-signals";
const closes = JSON.parse(process.argv[2]);
const other = new RSI(14);
for (const close of closes) other.add(close);
const seen = {
  "trading-signals": Number(other.getResult()),
  "technicalindicators": indicators.RSI.calculate({ values: closes, period: 14 }).at(-1),
  "its average": indicators.SMA.calculate({ values: closes.map((x) => x / 7), period: 14 }).at(-1),
};
console.log(seen);
if (Math.abs(seen["trading-signals"] - 69.996) > 1e-9) process.exit(1);
if (seen["technicalindicators"] !== 70) process.exit(1);
if (seen["its average"] === Number(seen["its average"].toFixed(2))) process.exit(1);
JS
node "$work/node/rsi.mjs" "$closes"
