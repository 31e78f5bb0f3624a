#!/usr/bin/env bash
# holidays: trading holidays of the Hong Kong exchange (financial_holidays("XHKG")), year by year.
# Expected: Christmas Day of 2013 is one, or the year is refused.
# Seen with holidays 0.109: from 2014 on there are 14 to 17 days a year, the storm days among them;
# 2013 and every year before has none and nothing is said, so that 25 December 2013 is a working day. New
# York's days begin in 1863.
# Who meets it: counts of sessions, ages of rallies and returns over n days in longer histories.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check holidays==0.109
"$work/venv/bin/python" -W error - <<'PY'
import datetime

import holidays

hong_kong = holidays.financial_holidays("XHKG", years=range(2008, 2026))
new_york = holidays.financial_holidays("XNYS")
days = {year: sum(day.year == year for day in hong_kong) for year in range(2008, 2026)}
print(days)
assert all(days[year] == 0 for year in range(2008, 2014))
assert all(days[year] >= 14 for year in range(2014, 2026))
assert hong_kong.is_working_day(datetime.date(2013, 12, 25))
assert datetime.date(1900, 12, 25) in new_york
PY
