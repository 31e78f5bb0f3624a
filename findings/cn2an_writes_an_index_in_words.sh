#!/usr/bin/env bash
# cn2an: numbers of a sentence written out in Chinese words (transform, "an2cn"), as a reader aloud needs.
# Expected: 23,091.87 in words is what 23091.87 in words is, and a company keeps its name.
# Seen with cn2an 0.5.24: 23091.87 is 二万三千零九十一点八七; with the comma that every paper prints it is
# 二十三,九十一点八七 (twenty-three, ninety-one point eight seven): the thousands and the zero are gone.
# The other way ("cn2an") the figures inside names become digits: 三一重工 31重工, 七匹狼 7匹狼.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check cn2an==0.5.24
"$work/venv/bin/python" -W ignore - <<'PY'
import cn2an

words = {text: cn2an.transform(text, "an2cn") for text in ("恒指报23091.87点", "恒指报23,091.87点", "成交1,000,000股", "市值1,005亿元")}
names = {text: cn2an.transform(text, "cn2an") for text in ("三一重工上涨一成", "七匹狼涨三点五")}
print(words, names)
assert words == {
    "恒指报23091.87点": "恒指报二万三千零九十一点八七点", "恒指报23,091.87点": "恒指报二十三,九十一点八七点",
    "成交1,000,000股": "成交一,零,零股", "市值1,005亿元": "市值一,五亿元"}
assert names == {"三一重工上涨一成": "31重工上涨1成", "七匹狼涨三点五": "7匹狼涨3.5"}
PY
