#!/usr/bin/env bash
# feedparser: the day of an item of a news feed, as sites of the mainland and Taiwan write it in pubDate.
# Expected: 13 February 2025, or no date (as feedparser answers for 13/02/2025 16:30).
# Seen with feedparser 6.0.14: "2025年2月13日 16:30" and "2025/02/13 16:30" are 1 November 2025 at midnight, a
# valid day months ahead; "2025-02-13 下午 04:30:00" (afternoon) is midnight. No flag is raised (bozo is 0).
# Who meets it: whoever dates an article by its feed and asks for the close of that day.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check feedparser==6.0.14
"$work/venv/bin/python" - <<'PY'
import feedparser


def published(words):
    feed = feedparser.parse(
        "<rss version='2.0'><channel><title>n</title><item><title>t</title>"
        f"<pubDate>{words}</pubDate></item></channel></rss>"
    )
    assert not feed.bozo
    when = feed.entries[0].get("published_parsed")
    return when and tuple(when)[:5]


seen = {
    words: published(words)
    for words in (
        "2025-02-13 16:30:00", "2025年2月13日 16:30", "2025/02/13 16:30",
        "2025-02-13 下午 04:30:00", "13/02/2025 16:30",
    )
}
for words, when in seen.items():
    print(words, when)
assert seen["2025-02-13 16:30:00"] == (2025, 2, 13, 16, 30)
assert seen["2025年2月13日 16:30"] == seen["2025/02/13 16:30"] == (2025, 11, 1, 0, 0)
assert seen["2025-02-13 下午 04:30:00"] == (2025, 2, 13, 0, 0)
assert seen["13/02/2025 16:30"] is None
PY
