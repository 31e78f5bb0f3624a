#!/usr/bin/env bash
# chrono (npm chrono-node): days in sentences about markets, read on 13 February 2025, Chinese and English.
# Expected: 去年10月7日 is 7 October 2024; points (点) of an index are no hours; a name is no weekday.
# Seen with chrono-node 2.10.3: in Chinese, "去年" (last year) is passed over and the rest is 7 October
# 2025, months ahead; "5526.9点" is nine o'clock, the same character being "point" and "o'clock". In
# English, "closed at 21,814.37" is 21:00, "fell 2.5 Jan. 31" is 5 January 2031, and Sun Hung Kai (a
# developer) is next Sunday.
# Who meets it: whoever dates the sentences of market news with it.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
npm install --silent --no-audit --no-fund --prefix "$work/node" chrono-node@2.10.3 >/dev/null
cat > "$work/node/days.mjs" <<'JS'
import * as chrono from "chrono-node";
const read = new Date(2025, 1, 13, 16, 30);
const first = (reader, words) => {
  const when = reader.parse(words, read)[0]?.start;
  return when && [when.get("year"), when.get("month"), when.get("day"), when.isCertain("hour") ? when.get("hour") : null].join("-");
};
const seen = [
  first(chrono.zh.hans, "2024年10月7日"),
  first(chrono.zh.hans, "去年10月7日"),
  first(chrono.zh.hans, "收报5526.9点"),
  first(chrono, "closed at 21,814.37"),
  first(chrono, "fell 2.5 Jan. 31"),
  first(chrono, "Sun Hung Kai fell 2%"),
];
console.log(seen);
const expected = ["2024-10-7-", "2025-10-7-", "2025-2-13-9", "2025-2-13-21", "2031-1-5-", "2025-2-16-"];
if (JSON.stringify(seen) !== JSON.stringify(expected)) process.exit(1);
JS
node "$work/node/days.mjs"
