#!/usr/bin/env bash
# lunardate, zhdate, LunarCalendar, borax: days of the Chinese calendar that close the exchange of Hong
# Kong (the day after Mid-Autumn, Chung Yeung, the ninth of the ninth month).
# Expected: one calendar, and one day for each. Months begin on the day of a new moon, and some new moons
# fall within minutes of midnight, where the libraries' tables part.
# Seen with lunardate 0.3.0, zhdate 0.1, LunarCalendar 0.0.9 and borax 4.1.3: from 1901 to 2099 all agree on
# every New Year. Mid-Autumn of 1978 is 16 September in lunardate and
# the 17th in the others; that of 2089 is 18 September in lunardate and zhdate, and the 19th in the other two;
# Chung Yeung of 2057 is 6 October in lunardate and zhdate, and the 7th in the other two.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    lunardate==0.3.0 zhdate==0.1 LunarCalendar==0.0.9 borax==4.1.3
"$work/venv/bin/python" -W ignore - <<'PY'
from borax.calendars.lunardate import LunarDate as Borax
from lunarcalendar import Converter, Lunar
from lunardate import LunarDate
from zhdate import ZhDate


def days(year: int, month: int, day: int) -> tuple[str, ...]:
    return (
        str(LunarDate(year, month, day).toSolarDate()),
        str(ZhDate(year, month, day).to_datetime().date()),
        str(Converter.Lunar2Solar(Lunar(year, month, day)).to_date()),
        str(Borax(year, month, day).to_solar_date()),
    )


assert all(len(set(days(year, 1, 1))) == 1 for year in range(1901, 2100))
parted = {
    (year, month, day): days(year, month, day)
    for year in range(1901, 2100)
    for month, day in ((8, 15), (9, 9))
    if len(set(days(year, month, day))) > 1
}
print(parted)
assert parted == {
    (1978, 8, 15): ("1978-09-16", "1978-09-17", "1978-09-17", "1978-09-17"),
    (2057, 9, 9): ("2057-10-06", "2057-10-06", "2057-10-07", "2057-10-07"),
    (2089, 8, 15): ("2089-09-18", "2089-09-18", "2089-09-19", "2089-09-19"),
}
PY
