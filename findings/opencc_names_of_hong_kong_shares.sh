#!/usr/bin/env bash
# OpenCC with its Hong Kong configuration (s2hk): names of shares listed in Hong Kong.
# Expected: the simplified name becomes the name under which the company is listed and quoted.
# Seen with OpenCC 1.4.2: the Hang Seng Index comes out right (恒生 is in its phrases), but every other
# 恒 becomes 恆, 汇 is guessed, and 华发 (Huafa) becomes 華髮, "Chinese hair":
#   0101 恒隆地产 -> 恆隆地產 (listed as 恒隆地產)     0012 恒基地产 -> 恆基地產 (恒基地產)
#   1044 恒安国际 -> 恆安國際 (恒安國際)
#   0046 科联系统 -> 科聯繫統 (科聯系統)               0982 华发物业服务 -> 華髮物業服務 (華發物業服務)
#   0772 阅文集团 -> 閲文集團 (閱文集團)
# Of 2,893 listed names whose simplified form is a plain conversion, 108 did not come back. A name has
# to be looked up, not converted. And the counter of shares stays simplified: 50只股票, not 50隻股票.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check opencc==1.4.2
"$work/venv/bin/python" -W ignore - <<'PY'
import opencc

convert = opencc.OpenCC("s2hk").convert
seen = {name: convert(name) for name in ("恒生指数", "恒隆地产", "恒基地产", "恒安国际", "科联系统", "华发物业服务", "阅文集团", "50只股票")}
print(seen)
assert seen == {
    "恒生指数": "恒生指數", "恒隆地产": "恆隆地產", "恒基地产": "恆基地產", "恒安国际": "恆安國際",
    "科联系统": "科聯繫統", "华发物业服务": "華髮物業服務", "阅文集团": "閲文集團", "50只股票": "50只股票"}
PY
