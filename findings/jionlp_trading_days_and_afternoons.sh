#!/usr/bin/env bash
# jionlp: times in sentences about markets, read at 16:00 on Thursday, 13 February 2025.
# Expected: the last twenty trading days begin in January; 午后两点 (two in the afternoon) is 14:00; a
# 20日均线 (20-day average) and 5526.9点 (points of an index) are no times, or not these.
# Seen with jionlp 1.5.31: "the last twenty (or five, or three) trading days" begin today at midnight,
# with no word that the number was dropped, while 近二十天 begins on 24 January. Two in the afternoon is
# two at night (下午两点 is right). A 20-day average is the 20th of February, next week; an index at
# 5526.9 points is "nine o'clock".
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check jionlp==1.5.31
"$work/venv/bin/python" -W ignore - <<'PY'
from datetime import datetime

import jionlp

now = datetime(2025, 2, 13, 16).timestamp()

def times(sentence):
    return [(part["text"], part["detail"]["time"][0]) for part in jionlp.ner.extract_time(sentence, time_base=now)]

seen = {sentence: times(sentence) for sentence in
        ("指数近二十天上涨", "指数近二十个交易日上涨", "指数前三个交易日上涨", "指数下午两点转升", "指数午后两点转升", "指数升穿20日均线", "指数报5526.9点")}
print(seen)
assert seen == {
    "指数近二十天上涨": [("近二十天", "2025-01-24 16:00:00")], "指数近二十个交易日上涨": [("近二十个交易日", "2025-02-13 00:00:00")],
    "指数前三个交易日上涨": [("前三个交易日", "2025-02-13 00:00:00")],
    "指数下午两点转升": [("下午两点", "2025-02-13 14:00:00")], "指数午后两点转升": [("午后两点", "2025-02-13 02:00:00")],
    "指数升穿20日均线": [("20日", "2025-02-20 00:00:00")], "指数报5526.9点": [("9点", "2025-02-13 09:00:00")]}
PY
