#!/usr/bin/env bash
# nzh (npm): numbers in Chinese words back to digits (decodeS).
# Expected: 两 is 2, as 二 is: before 百, 千, 万 and 亿 it is the usual word, so 两万一千八百 is 21,800.
# Seen with nzh 1.0.14: 两 is left out without a word: 两万一千八百 is 1,800, 一万两千 is 10,000 and
# 两百亿 is 0, while 二万一千八百 is 21,800. The fraction before 亿 is left as it is: 一点二万亿 (1.2
# trillion) is 1.2.
# Who meets it: whoever reads levels and turnovers from Chinese prose.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
npm install --silent --no-audit --no-fund --prefix "$work/node" nzh@1.0.14 >/dev/null
cat > "$work/node/words.js" <<'JS'
const Nzh = require("nzh");
const expected = { "二万一千八百": 21800, "两万一千八百": 1800, "一万两千": 10000, "两百亿": 0, "一点二万亿": 1.2 };
for (const [words, value] of Object.entries(expected)) {
  const seen = Number(Nzh.cn.decodeS(words));
  console.log(words, seen);
  if (seen !== value) process.exit(1);
}
JS
node "$work/node/words.js"
