#!/usr/bin/env bash
# Hours of the Korea Exchange on the day of the national college exam, in the two usual calendars.
# Facts (KRX notices of each November): on that one Thursday everything is an hour later, 10:00 to 16:30,
# in 2020 (3 December) as in 2021 (18 November), 2022 (17), 2023 (16), 2024 (14) and 2025 (13 November).
# Expected: the same rule every year, or no rule at all.
# Seen: exchange_calendars 4.13.2 knows the day until 2020 and 9:00-15:30 in every year after, without
# a word; pandas_market_calendars 5.5.0 has 9:00-15:30 on all of them. Closes taken at "the close" of
# these five Thursdays are prices an hour before the end, and the last hour is after hours.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check exchange-calendars==4.13.2 pandas-market-calendars==5.5.0
"$work/venv/bin/python" -W ignore - <<'PY'
import exchange_calendars, pandas_market_calendars

first = exchange_calendars.get_calendar("XKRX").schedule
second = pandas_market_calendars.get_calendar("XKRX").schedule("2019-01-02", "2025-12-30")
def hours(*times):
    return "-".join(f"{time.tz_convert('Asia/Seoul'):%H:%M}" for time in times)

seen = {day: (hours(*first.loc[day, ["open", "close"]]), hours(*second.loc[day, ["market_open", "market_close"]]))
        for day in ("2019-11-14", "2020-12-03", "2021-11-18", "2022-11-17", "2023-11-16", "2024-11-14", "2025-11-13")}
print(seen)
assert seen == {day: ("10:00-16:30" if day < "2021" else "09:00-15:30", "09:00-15:30") for day in seen}
PY
