#!/usr/bin/env bash
# Babel (CLDR): short forms of large numbers in the Chinese of Hong Kong.
# Expected: 1,445億 as papers and brokers of Hong Kong print it, since zh_Hant says 1444.8億.
# Seen with Babel 2.19.0: zh_Hant_HK and zh_HK say 144.5B, 123.5M and 10K, the English letters; the
# mainland (zh_Hans_CN) and Taiwan (zh_Hant) have their own words. A trillion of Taiwan is 兆, which in
# the mainland is a million.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check Babel==2.19.0
"$work/venv/bin/python" -W ignore - <<'PY'
from babel.numbers import format_compact_decimal as short

seen = {locale: [short(number, locale=locale, fraction_digits=1) for number in (10_000, 123_456_789, 144_477_660_000)]
        for locale in ("zh_Hans_CN", "zh_Hant", "zh_Hant_HK", "zh_HK")}
print(seen)
assert seen["zh_Hans_CN"] == ["1万", "1.2亿", "1444.8亿"]
assert seen["zh_Hant"] == ["1萬", "1.2億", "1444.8億"]
assert seen["zh_Hant_HK"] == seen["zh_HK"] == ["10K", "123.5M", "144.5B"]
PY
