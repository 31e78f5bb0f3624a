#!/usr/bin/env bash
# htmldate: the publication date of a page whose only date is written in Chinese.
# Expected: 2025-02-13, or no date.
# Seen with htmldate 1.11.0: 2025-01-01, for a dateline, for a <time> element and for "published at".
# The same page with "13 February 2025" gives 2025-02-13. With extensive_search=False: no date.
# So an article about Thursday is checked against the closes known on New Year's Day.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check htmldate==1.11.0
"$work/venv/bin/python" -W ignore - <<'PY'
from htmldate import find_date

def day(body, **options):
    return find_date(f"<html><body>{body}</body></html>", original_date=True, **options)

pages = ["<p>2025年2月13日，指数收盘下跌。</p>", "<p>发布时间：2025年2月13日 16:30</p>", "<time>2025年2月13日</time>"]
seen = [day(page) for page in pages]
print(seen, day("<p>13 February 2025</p>"), [day(page, extensive_search=False) for page in pages])
assert seen == ["2025-01-01"] * 3
assert day("<p>13 February 2025</p>") == "2025-02-13"
assert [day(page, extensive_search=False) for page in pages] == [None] * 3
PY
