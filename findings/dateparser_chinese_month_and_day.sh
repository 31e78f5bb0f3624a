#!/usr/bin/env bash
# dateparser: days without a year in Chinese sentences (dateparser.search, Chinese, 13 February 2025).
# Expected: 2月13日 is 13 February and 去年10月7日 is 7 October of last year, as 2024年10月7日 is understood.
# Seen with dateparser 1.5.0: the same characters say "month" of a date and "months" of a stretch of
# time; without a year they are counted back from today. 2月13日 (two months and thirteen days ago) is
# 2024-11-30, 10月7日 is 2024-04-06 and 去年10月7日 2023-04-06: days on which no such thing happened.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check dateparser==1.5.0
"$work/venv/bin/python" -W ignore - <<'PY'
from datetime import datetime

from dateparser.search import search_dates

def days(sentence):
    found = search_dates(sentence, languages=["zh"], settings={"RELATIVE_BASE": datetime(2025, 2, 13)})
    return [(text, str(day.date())) for text, day in found or []]

seen = {sentence: days(sentence) for sentence in
        ("指数2024年10月7日见顶", "指数2月13日收跌", "指数10月7日见顶", "指数去年10月7日见顶")}
print(seen)
assert seen == {
    "指数2024年10月7日见顶": [("2024年10月7", "2024-10-07")], "指数2月13日收跌": [("2月13日", "2024-11-30")],
    "指数10月7日见顶": [("10月7日", "2024-04-06")], "指数去年10月7日见顶": [("去年10月7日", "2023-04-06")]}
PY
