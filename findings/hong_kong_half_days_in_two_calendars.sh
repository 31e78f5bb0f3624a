#!/usr/bin/env bash
# Half days of the Hong Kong exchange (the eves of Christmas, New Year and Lunar New Year), which close
# at 12:00, in the two usual calendars.
# Expected: a schedule with a column market_close says when the market closes, as it does for New York.
# Seen with pandas_market_calendars 5.5.0: its calendar HKEX closes at 16:00 on each of them, with an
# afternoon after lunch, and early_closes() is empty over twenty years; exchange_calendars 4.13.2 closes
# at 12:00. So "two sessions of 5.5 hours" before Christmas, and minutes of the afternoon look missing.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check exchange-calendars==4.13.2 pandas-market-calendars==5.5.0
"$work/venv/bin/python" -W ignore - <<'PY'
import exchange_calendars, pandas_market_calendars

first = exchange_calendars.get_calendar("XHKG")
second = pandas_market_calendars.get_calendar("HKEX")
schedule = second.schedule("2007-01-02", "2026-10-30", tz="Asia/Hong_Kong")
seen = {day: (f"{first.session_close(day).tz_convert('Asia/Hong_Kong'):%H:%M}", f"{schedule.loc[day, 'market_close']:%H:%M}")
        for day in ("2024-02-09", "2024-12-24", "2024-12-31", "2025-01-28", "2025-02-13")}
print(seen, "early closes:", len(second.early_closes(schedule)))
assert seen == {day: ("16:00" if day == "2025-02-13" else "12:00", "16:00") for day in seen}
assert len(second.early_closes(schedule)) == 0
york = pandas_market_calendars.get_calendar("NYSE")
assert len(york.early_closes(york.schedule("2024-01-01", "2024-12-31"))) == 3
PY
