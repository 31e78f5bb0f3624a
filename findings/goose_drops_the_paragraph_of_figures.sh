#!/usr/bin/env bash
# goose3: market news in Chinese, extracted with the stop words for Chinese that it brings.
# Expected: all paragraphs of the article, whose first one says where the index closed.
# Seen with goose3 3.1.22: paragraphs are kept for the little words in them, and a sentence of figures
# has none. The first paragraph (close, change, turnover, net sales) is dropped, the two of opinion
# stay; news that is nothing but figures comes back empty. The same news in English is complete.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check goose3==3.1.22 jieba==0.42.1 lxml_html_clean
"$work/venv/bin/python" -W ignore - <<'PY' 2> /dev/null
from goose3 import Goose
from goose3.text import StopWordsChinese

chinese = ("恒生指数周四收报21814点，跌43点，跌幅0.2%，主板成交额2,534亿元。科技指数跌1.2%，报5432点。南向资金全日净卖出10.2亿元，为上月以来首次。",
           "分析员认为，市场短期升幅已大，投资者宜留意获利回吐压力，股价由年初的低位已经升了两成，而企业的盈利并没有同样的增长。",
           "展望后市，该行预计指数将在两万一千点至两万三千点之间上落，企业业绩是短期内的主要催化剂，投资者可留意本月底公布的数据。")
english = ("The Hang Seng Index closed at 21,814 on Thursday, down 43 points or 0.2%, on a turnover of HK$253.4 billion. The technology index fell 1.2% to 5,432.",
           "Analysts said the market had risen too far and that investors should be aware of others who would like to take their profits in the days that follow.",
           "The broker expects that the index will stay between 21,000 and 23,000 and that the results of the largest companies will be what moves it in the short run.")

def kept(paragraphs, **options):
    page = "<html><body><article><h1>News</h1>" + "".join(f"<p>{text}</p>" for text in paragraphs) + "</article></body></html>"
    text = Goose(options).extract(raw_html=page).cleaned_text
    return [paragraph in text for paragraph in paragraphs], text

all_chinese, figures = kept(chinese, stopwords_class=StopWordsChinese)[0], kept(chinese[:1], stopwords_class=StopWordsChinese)
print(all_chinese, figures, kept(english)[0])
assert all_chinese == [False, True, True]
assert figures == ([False], "")
assert kept(english)[0] == [True, True, True]
PY
