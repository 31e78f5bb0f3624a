#!/usr/bin/env bash
# Times of Asian news feeds with the zone by its letters, read by feedparser and by rss-parser (npm).
# "Thu, 13 Feb 2025 16:30:00 HKT" is 08:30 in UTC; so is CST, if a mainland paper writes it (China
# Standard Time; the RFC for mail knows the letters as US Central, and no HKT, SGT, JST or IST).
# Expected: 08:30, or no time, or one marked as without a zone.
# Seen with feedparser 6.0.14: HKT, SGT, JST and IST are taken for UTC (16:30, published_parsed is
# documented as UTC), CST for 22:30, a day after in Hong Kong. rss-parser 3.13.0: no time for HKT, 22:30
# for CST.
# Who meets it: an article of the close in Hong Kong is dated after midnight there, a session late.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check feedparser==6.0.14
npm install --silent --no-audit --no-fund --prefix "$work/node" rss-parser@3.13.0 >/dev/null
"$work/venv/bin/python" - <<'PY'
import feedparser

seen = {}
for zone in ("+0800", "HKT", "SGT", "JST", "IST", "CST"):
    feed = feedparser.parse(
        "<rss version='2.0'><channel><title>n</title><item><title>t</title>"
        f"<pubDate>Thu, 13 Feb 2025 16:30:00 {zone}</pubDate></item></channel></rss>"
    )
    seen[zone] = tuple(feed.entries[0].published_parsed)[2:5]
print(seen)
assert seen["+0800"] == (13, 8, 30)
assert all(seen[zone] == (13, 16, 30) for zone in ("HKT", "SGT", "JST", "IST"))
assert seen["CST"] == (13, 22, 30)
PY
cat > "$work/node/read.js" <<'JS'
const Parser = require("rss-parser");
(async () => {
  const seen = {};
  for (const zone of ["+0800", "HKT", "CST"]) {
    const feed = await new Parser().parseString(
      "<rss version='2.0'><channel><title>n</title><item><title>t</title>" +
      `<pubDate>Thu, 13 Feb 2025 16:30:00 ${zone}</pubDate></item></channel></rss>`);
    seen[zone] = feed.items[0].isoDate;
  }
  console.log(seen);
  if (seen["+0800"] !== "2025-02-13T08:30:00.000Z") process.exit(1);
  if (seen.HKT !== undefined || seen.CST !== "2025-02-13T22:30:00.000Z") process.exit(1);
})();
JS
TZ=UTC node "$work/node/read.js"
