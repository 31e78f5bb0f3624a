#!/usr/bin/env bash
# workalendar: the working days of Japan, against the sessions of Tokyo (exchange_calendars) in 2024.
# Where a national holiday of Japan falls on a Sunday, the law gives the next working day off (1973),
# and Tokyo does not trade. Expected: these Mondays among the holidays.
# Seen with workalendar 17.0.0: of the five such days of 2024 (12 February, 6 May, 12 August, 23 September,
# 4 November) none is a holiday, neither of Japan nor of JapanBank; all five are working days, on which
# exchange_calendars 4.13.2 has no session.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check workalendar==17.0.0 exchange_calendars==4.13.2
"$work/venv/bin/python" -W ignore - <<'PY'
from datetime import date

import exchange_calendars
from workalendar.asia import Japan, JapanBank

tokyo = set(exchange_calendars.get_calendar("XTKS", start="2024-01-01", end="2024-12-31").sessions.date)
days = [date(2024, 2, 12), date(2024, 5, 6), date(2024, 8, 12), date(2024, 9, 23), date(2024, 11, 4)]
seen = [(str(day), Japan().is_working_day(day), JapanBank().is_working_day(day), day in tokyo) for day in days]
print(*seen, sep="\n")
assert all(plain and bank and not trades for _, plain, bank, trades in seen)
PY
