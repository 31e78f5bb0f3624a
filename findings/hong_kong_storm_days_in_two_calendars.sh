#!/usr/bin/env bash
# Days on which Hong Kong did not trade at all because of storms, in the two usual calendars.
# Facts (HKEX notices): no trading on 2020-10-13 (typhoon Nangka), 2021-10-13 (Kompasu), 2023-07-17
# (Talim), 2023-09-01 (Saola), 2023-09-08 (black rain), 2024-09-06 (Yagi), nor on 2021-04-06 (a holiday
# in place of Ching Ming, which fell on Easter Sunday).
# Seen: exchange_calendars 4.13.2 takes 2023-09-01 and 2023-09-08 for sessions; pandas_market_calendars
# 5.5.0 knows these two, and takes 2020-10-13, 2021-04-06, 2021-10-13 and 2024-09-06 for sessions.
# Neither is right, and neither contains the other; only together do they know all the closures.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check exchange-calendars==4.13.2 pandas-market-calendars==5.5.0
"$work/venv/bin/python" -W ignore - <<'PY'
import exchange_calendars, pandas_market_calendars

closed = {"2020-10-13", "2021-04-06", "2021-10-13", "2023-07-17", "2023-09-01", "2023-09-08", "2024-09-06"}
first = exchange_calendars.get_calendar("XHKG").sessions_in_range("2020-01-01", "2024-12-31")
second = pandas_market_calendars.get_calendar("HKEX").valid_days("2020-01-01", "2024-12-31")
open_in_first = closed & {str(day.date()) for day in first}
open_in_second = closed & {str(day.date()) for day in second}
print("exchange_calendars trades on", sorted(open_in_first))
print("pandas_market_calendars trades on", sorted(open_in_second))
assert open_in_first == {"2023-09-01", "2023-09-08"}
assert open_in_second == {"2020-10-13", "2021-04-06", "2021-10-13", "2024-09-06"}
PY
