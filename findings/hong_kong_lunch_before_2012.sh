#!/usr/bin/env bash
# exchange_calendars: hours of the Hong Kong exchange before March 2012.
# Facts (HKEX notices): until 4 March 2011 10:00-12:30 and 14:30-16:00, four hours; from 7 March 2011
# 9:30-12:00 and 13:30-16:00, five hours; from 5 March 2012 9:30-12:00 and 13:00-16:00, five and a half.
# Expected: the times of the day asked for, since the opening at 10:00 is known to it.
# Seen with exchange_calendars 4.13.2: the lunch of today (12:00-13:00) on every day back to 1990, so
# that a day of 2008 has 300 minutes of trading instead of 240, half an hour of the real morning is lunch,
# and 90 minutes of the real lunch are trade. Only a half day of that time ends rightly at 12:30.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check exchange-calendars==4.13.2
"$work/venv/bin/python" -W ignore - <<'PY'
import exchange_calendars

hong_kong = exchange_calendars.get_calendar("XHKG", start="2008-01-02", end="2013-12-31")
seen = {}
for day in ("2008-12-23", "2008-12-24", "2011-03-04", "2011-03-07", "2012-03-02", "2012-03-05"):
    times = hong_kong.schedule.loc[day, ["open", "break_start", "break_end", "close"]]
    seen[day] = "".join(f"{time.tz_convert('Asia/Hong_Kong'):%H:%M} " if time == time else "" for time in times), len(hong_kong.session_minutes(day))
print(seen)
assert seen == {
    "2008-12-23": ("10:00 12:00 13:00 16:00 ", 300), "2008-12-24": ("10:00 12:30 ", 150),
    "2011-03-04": ("10:00 12:00 13:00 16:00 ", 300), "2011-03-07": ("09:30 12:00 13:00 16:00 ", 330),
    "2012-03-02": ("09:30 12:00 13:00 16:00 ", 330), "2012-03-05": ("09:30 12:00 13:00 16:00 ", 330)}
PY
