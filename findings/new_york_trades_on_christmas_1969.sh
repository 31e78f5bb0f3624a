#!/usr/bin/env bash
# exchange_calendars: sessions of the New York Stock Exchange before 1970.
# Expected: Christmas, Thanksgiving and Independence Day are holidays whenever the calendar answers.
# Seen with exchange_calendars 4.13.2: a calendar may be had from 1950 on (start="1950-01-01", no
# warning), but no holiday that follows a rule is known before 1970: it "trades" on Christmas Day 1969,
# on 4 July 1969 and on Thanksgiving 1968, though single closures such as the Wednesdays of the paper
# crisis of 1968 are known. London, Paris, Frankfurt, Sydney and Toronto: Christmas 1969 likewise.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check exchange-calendars==4.13.2
"$work/venv/bin/python" -W ignore - <<'PY'
import exchange_calendars

york = exchange_calendars.get_calendar("XNYS", start="1950-01-01")
days = ("1955-07-04", "1968-11-28", "1969-07-04", "1969-12-25")
print({day: york.is_session(day) for day in days}, "1970:", york.is_session("1970-12-25"))
assert all(york.is_session(day) for day in days)
assert not york.is_session("1970-12-25") and not york.is_session("1968-06-12")
for code in ("XLON", "XPAR", "XETR", "XASX", "XTSE"):
    calendar = exchange_calendars.get_calendar(code, start="1960-01-01")
    print(code, calendar.is_session("1969-12-25"), calendar.is_session("1970-12-25"))
    assert calendar.is_session("1969-12-25") and not calendar.is_session("1970-12-25")
PY
