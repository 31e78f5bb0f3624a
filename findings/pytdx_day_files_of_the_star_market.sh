#!/usr/bin/env bash
# pytdx: day files of Tongdaxin (通达信), the usual way mainland traders keep daily bars on disk.
# Expected: a file of any share or fund of Shanghai is read; the layout is the same for all.
# Seen with pytdx 1.72: the price factor is taken from the first two digits of the code in the file's
# name. 600519 is read; the STAR market (688981), funds whose codes begin with 52, 56 or 58 (588000)
# and all of Beijing (bj920799) end in a bare NotImplementedError after a line on standard output.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pytdx==1.72 pandas
"$work/venv/bin/python" -W ignore - <<'PY'
import pathlib, struct, tempfile

from pytdx.reader import TdxDailyBarReader

folder = pathlib.Path(tempfile.mkdtemp())
bar = struct.pack("<IIIIIfII", 20250213, 9700, 9900, 9600, 9810, 1.2e9, 12_345_600, 0)
seen = {}
for name in ("sh600519", "sh510300", "sh688981", "sh588000", "sh562500", "bj920799"):
    path = folder / f"{name}.day"
    path.write_bytes(bar)
    try:
        seen[name] = float(TdxDailyBarReader().get_df(str(path))["close"].iloc[0])
    except NotImplementedError as error:
        seen[name] = repr(error)
print(seen)
assert abs(seen["sh600519"] - 98.10) < 1e-9 and abs(seen["sh510300"] - 9.81) < 1e-9
assert all(seen[name] == "NotImplementedError()" for name in ("sh688981", "sh588000", "sh562500", "bj920799"))
PY
