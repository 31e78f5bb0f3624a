#!/usr/bin/env bash
# QuantLib: its calendars HongKong (the exchange, HKEX) and China (the Shanghai exchange, SSE).
# Facts: Hong Kong was closed on 27 December of 2005, 2010, 2021 and 2022, when
# Christmas or the day after fell on a weekend; Shanghai closed first for Ching Ming, the Dragon Boat and
# the Mid-Autumn festivals in 2008, and published closes on 2005-04-04, 2006-04-04, 2007-04-04,
# 2005-06-09 and 2005-09-15 (the indices of both exchanges have, or lack, a close on these days).
# Expected: these sessions, as exchange_calendars 4.13.2 has them.
# Seen with QuantLib 1.44: Hong Kong trades on all four days after Christmas (in 2011 and 2016 the
# substitute day is known), and Shanghai is closed on the five days on which it traded.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check QuantLib==1.44 exchange-calendars==4.13.2
"$work/venv/bin/python" -W ignore - <<'PY'
import exchange_calendars, QuantLib

def trades(calendar, day):
    year, month, day = map(int, day.split("-"))
    return calendar.isBusinessDay(QuantLib.Date(day, month, year))

hong_kong = exchange_calendars.get_calendar("XHKG", start="2005-01-03"), QuantLib.HongKong()
shanghai = exchange_calendars.get_calendar("XSHG", start="2005-01-04"), QuantLib.China(QuantLib.China.SSE)
for (known, calendar), days, expected in (
    (hong_kong, ("2005-12-27", "2010-12-27", "2021-12-27", "2022-12-27"), (False, True)),
    (hong_kong, ("2011-12-27", "2016-12-27"), (False, False)),
    (shanghai, ("2005-04-04", "2006-04-04", "2007-04-04", "2005-06-09", "2005-09-15"), (True, False)),
):
    seen = {day: (known.is_session(day), trades(calendar, day)) for day in days}
    print(calendar.name(), seen)
    assert set(seen.values()) == {expected}
PY
