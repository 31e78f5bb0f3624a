#!/usr/bin/env bash
# dateparser: the day of an English sentence that has a price or a percentage right before it.
# Expected: "Feb 13" is 13 February, and "Thursday" the last Thursday.
# Seen with dateparser 1.5.0: the decimals of the number are drawn into the date. "closed at 21,814.37
# on Feb 13" is 13 February 2037, with or without a comma between; "rose 1.8% on Thursday" is a day of
# August, "fell 0.5 on Thursday" of May and "at 3.12 on Friday" of December: the decimals are the month,
# and the day of the week is dropped. After a whole number of points the day is right.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check dateparser==1.5.0
"$work/venv/bin/python" -W ignore - <<'PY'
from datetime import datetime

from dateparser.search import search_dates

def days(sentence):
    found = search_dates(sentence, languages=["en"], settings={"RELATIVE_BASE": datetime(2025, 2, 14)})
    return [(text, str(day.date())) for text, day in found or []]

seen = {sentence: days(sentence) for sentence in
        ("The index closed at 21,814.37 on Feb 13.", "On Feb 13 the index closed at 21,814.37.", "The index closed at 21,814.37, on Feb 13.",
         "The index rose 1.8% on Thursday.", "The index rose 43 points on Thursday.", "It ended at 3.12 on Friday.", "It fell 0.5 on Thursday.")}
print(seen)
assert list(seen.values()) == [
    [("37 on Feb 13", "2037-02-13")], [("On Feb 13 the", "2025-02-13")], [("37, on Feb 13", "2037-02-13")],
    [("8% on Thursday", "2025-08-14")], [("on Thursday", "2025-02-13")], [("12 on Friday", "2025-12-14")],
    [("5 on Thursday", "2025-05-14")]]
PY
