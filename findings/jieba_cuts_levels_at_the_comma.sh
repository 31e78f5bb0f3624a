#!/usr/bin/env bash
# jieba: words of a Chinese market sentence.
# Expected: a level is one word with its comma as it is without, as 3.38% is.
# Seen with jieba 0.42.1: 21814.37 is one word, 21,814.37 is three, of which the last is 814.37; the same
# number in full-width digits falls into single figures. The CSI 300 (沪深300) becomes 沪, 深 and a number,
# 300, that stands alone before 指数.
# Who meets it: bags of words, searches and tagging of market news: "814.37点" is found, "21,814.37" is not.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check jieba==0.42.1
"$work/venv/bin/python" -W ignore - <<'PY'
import jieba

jieba.setLogLevel(60)
plain = jieba.lcut("恒生指数收报21814.37点")
comma = jieba.lcut("恒生指数收报21,814.37点")
wide = jieba.lcut("收报２１８１４点")
name = jieba.lcut("沪深300指数跌1.2%")
for words in (plain, comma, wide, name):
    print(words)
assert "21814.37" in plain
assert comma[2:5] == ["21", ",", "814.37"]
assert wide[1:6] == list("２１８１４")
assert name == ["沪", "深", "300", "指数", "跌", "1.2%"]
PY
