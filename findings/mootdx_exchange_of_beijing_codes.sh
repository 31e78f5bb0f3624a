#!/usr/bin/env bash
# mootdx: the exchange that a share's code belongs to, which decides whom it asks and which file it opens.
# Fact: since 9 October 2025 all shares of the Beijing exchange have codes beginning with 920; their old
# ones (43, 83, 87) are gone. The B shares of Shanghai begin with 900.
# Expected: 920799 is of Beijing, as 430047 was.
# Seen with mootdx 0.11.7: every code that begins with 9 is Shanghai's, so that no share that Beijing has
# today is Beijing's, while the codes that no longer exist are. The day file of 920799, where Tongdaxin
# puts it (vipdoc/bj/lday), is not opened: an empty table, as of a share that never traded.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check mootdx==0.11.7
HOME="$work" "$work/venv/bin/python" -W ignore - <<'PY'
import pathlib, struct, tempfile

from mootdx.reader import Reader
from mootdx.utils import get_stock_market

seen = {code: get_stock_market(code, string=True) for code in ("600519", "000001", "900901", "430047", "830799", "920799", "920047")}
print(seen)
folder = pathlib.Path(tempfile.mkdtemp())
bar = struct.pack("<IIIIIfII", 20251113, 970, 990, 960, 981, 1.2e9, 12_345_600, 0)
for name in ("bj920799", "sh600519"):
    path = folder / "vipdoc" / name[:2] / "lday" / f"{name}.day"
    path.parent.mkdir(parents=True)
    path.write_bytes(bar)
reader = Reader.factory(market="std", tdxdir=str(folder))
tables = {code: reader.daily(symbol=code) for code in ("600519", "920799")}
print({code: len(table) for code, table in tables.items()}, "rows")
assert seen == {"600519": "sh", "000001": "sz", "900901": "sh", "430047": "bj", "830799": "bj", "920799": "sh", "920047": "sh"}
assert tables["600519"]["close"].tolist() == [9.81] and len(tables["920799"]) == 0
PY
