#!/usr/bin/env bash
# newspaper4k: the text of an article with a table of closing prices in it.
# Expected: cells with something between them, or no table.
# Seen with newspaper4k 0.9.6: the cells are run together with nothing in between. Tencent's row (00700,
# 421.60, -1.2%) is 00700421.60-1.2%, and where the page has no line breaks between its rows the next
# row follows at once: 00700421.60-1.2%09988118.30+2.5%. Whoever takes numbers from the text finds a
# price of 700,421.60 and a change of 9,988,118.30.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check newspaper4k==0.9.6 lxml_html_clean
"$work/venv/bin/python" -W ignore - <<'PY'
import newspaper

first = ("The index closed at 21,814 on Thursday, down 43 points, as turnover on the main board was HK$253 billion "
         "and investors from the mainland sold a net HK$1 billion of shares, the first time in a month.")
second = ("Analysts said that the market had risen too far in too short a time and that investors should be ready for "
          "others to take their profits before the results of the largest companies are published.")
rows = [("Code", "Close", "Change"), ("00700", "421.60", "-1.2%"), ("09988", "118.30", "+2.5%")]

def text(between):
    table = between.join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    article = newspaper.Article("https://example.com/news.html")
    article.download(input_html=f"<html><body><article><h1>Close</h1><p>{first}</p><table>{table}</table><p>{second}</p></article></body></html>")
    article.parse()
    assert first in article.text and second in article.text
    return article.text.replace(first, "").replace(second, "").split()

print(text("\n"), text(""))
assert text("\n")[-2:] == ["00700421.60-1.2%", "09988118.30+2.5%"]
assert text("")[-1] == "CodeCloseChange00700421.60-1.2%09988118.30+2.5%"
PY
