#!/usr/bin/env bash
# Amounts written out in English, with a fraction before the million, by word2number and text2num.
# Expected: "two point three million" is 2,300,000 and "four and a half billion" 4,500,000,000, or an error.
# Seen with word2number 1.1: 2 and 4,000,000,000; "half a million" is a whole one, and
# "one point oh five" is 1.5. With text2num 3.1.0 (alpha2digit): "2.3 1000000", two numbers side by side.
# Who meets it: a reader of transcripts and of prose that spells its numbers; nothing says that a part
# of the amount was left out.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check word2number==1.1 text2num==3.1.0
"$work/venv/bin/python" - <<'PY'
from text_to_num import alpha2digit
from word2number import w2n

words = ("two million", "two point three million", "four and a half billion", "half a million", "one point oh five")
seen = {phrase: w2n.word_to_num(phrase) for phrase in words}
print(seen)
assert list(seen.values()) == [2_000_000, 2, 4_000_000_000, 1_000_000, 1.5]
turnover = alpha2digit("two point three million shares", "en")
print(turnover)
assert alpha2digit("two million shares", "en") == "2000000 shares"
assert turnover == "2.3 1000000 shares"
PY
