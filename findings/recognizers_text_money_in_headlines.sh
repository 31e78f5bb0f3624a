#!/usr/bin/env bash
# Recognizers-Text (Microsoft's reader of numbers and amounts) on amounts as headlines have them.
# Expected: the amount, or nothing.
# Seen with recognizers-text-number and -number-with-unit 1.0.2a2: "HK$17 billion" is 17,000,000,000
# Hong Kong dollars and "HK$17bn" is 17; "RMB3.5 billion" is the number 5 billion, its 3 gone with the
# letters; "$.50" is the number 50 and "12 and a half percent" half a percent. In Chinese 负百分之二 (minus
# two percent) is 2%, 1234.5亿 is read and 1,234.5亿 is not.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check recognizers-text==1.0.2a2 recognizers-text-number==1.0.2a2 recognizers-text-number-with-unit==1.0.2a2 "emoji<2"
"$work/venv/bin/python" -W ignore - <<'PY'
from recognizers_number import Culture, recognize_number, recognize_percentage
from recognizers_number_with_unit import recognize_currency

def values(recognize, text, culture=Culture.English):
    return [result.resolution["value"] for result in recognize(text, culture)]

money = {text: values(recognize_currency, text) for text in ("HK$17 billion", "HK$17bn", "US$3.5bn")}
numbers = {text: values(recognize_number, text) for text in ("RMB 3.5 billion", "RMB3.5 billion", "$.50")}
percent = {text: values(recognize_percentage, text) for text in ("12.5 percent", "12 and a half percent")}
chinese = {text: values(recognize_percentage if "百分" in text else recognize_number, text, Culture.Chinese)
           for text in ("负百分之二", "1234.5亿", "1,234.5亿")}
print(money, numbers, percent, chinese)
assert money == {"HK$17 billion": ["17000000000"], "HK$17bn": ["17"], "US$3.5bn": ["3.5"]}
assert numbers == {"RMB 3.5 billion": ["3500000000"], "RMB3.5 billion": ["5000000000"], "$.50": ["50"]}
assert percent == {"12.5 percent": ["12.5%"], "12 and a half percent": ["0.5%"]}
assert chinese == {"负百分之二": ["2%"], "1234.5亿": ["123450000000"], "1,234.5亿": []}
PY
