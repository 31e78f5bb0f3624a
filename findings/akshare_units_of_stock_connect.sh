#!/usr/bin/env bash
# AKShare: daily flows of Stock Connect (stock_hsgt_hist_em), one service, six symbols.
# The service answers in millions; here it is a stand-in that answers one row of that shape.
# Expected: one unit for a column, and the index that the money goes into.
# Seen with akshare 1.19.5: the same 3,500,000 million of net purchases since the start (历史累计净买额)
# are 3.5 for 南向资金, 北向资金, 港股通沪 and 港股通深 (trillions) and 35,000 for 沪股通 and 深股通 (hundreds
# of millions), while the day's net purchases are hundreds of millions everywhere. And the level that
# comes with southbound money, whose market is Hong Kong, is headed 沪深300, the index of the mainland;
# for its two parts (港股通沪, 港股通深) the same field is headed 恒生指数.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check akshare==1.19.5
"$work/venv/bin/python" -W ignore - <<'PY'
import json
from unittest import mock

from akshare.stock_feature import stock_hsgt_em

row = {"MUTUAL_TYPE": "006", "TRADE_DATE": "2025-02-13 00:00:00", "FUND_INFLOW": -1100.0, "NET_DEAL_AMT": -1023.66,
       "QUOTA_BALANCE": 84000.0, "ACCUM_DEAL_AMT": 3_500_000.0, "BUY_AMT": 68000.0, "SELL_AMT": 69023.66,
       "LEAD_STOCKS_CODE": "00001", "LEAD_STOCKS_NAME": "A", "LS_CHANGE_RATE": 1.0, "INDEX_CLOSE_PRICE": 21814.37,
       "INDEX_CHANGE_RATE": -0.2, "HOLD_MARKET_CAP": 1.0}
answer = mock.Mock(json=lambda: json.loads(json.dumps({"result": {"pages": 1, "data": [row]}})))
seen = {}
with mock.patch.object(stock_hsgt_em.requests, "get", return_value=answer):
    for symbol in ("南向资金", "北向资金", "港股通沪", "港股通深", "沪股通", "深股通"):
        table = stock_hsgt_em.stock_hsgt_hist_em(symbol)
        seen[symbol] = (float(table["当日成交净买额"].iloc[0]), float(table["历史累计净买额"].iloc[0]), table.columns[10])
print(seen)
assert all(abs(net + 10.2366) < 1e-9 for net, _, _ in seen.values())
assert [seen[s][1] for s in ("南向资金", "北向资金", "港股通沪", "港股通深", "沪股通", "深股通")] == [3.5, 3.5, 3.5, 3.5, 35000, 35000]
assert seen["南向资金"][2] == "沪深300" and seen["港股通沪"][2] == "恒生指数"
PY
