"""Exports as vendors write them: one small file of each shape, with what has to come of it.

Figures are made up. The page ``docs/reference/formats.md`` is written from this table.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import date

from springtide.market.sources.bars import Stated

Row = tuple[str, date, float | None, float, float | None]
"""Symbol, date, open, close, volume."""


@dataclass(frozen=True)
class Case:
    """A file, what is said of it, and the rows (or the refusal) that have to come of it."""

    vendor: str
    shape: str
    name: str
    text: str
    rows: tuple[Row, ...] = ()
    stated: Stated = field(default_factory=Stated)
    note: str = ""
    adjusted: str = ""
    refused: str = ""
    """What the message says, of a file or of rows that are refused."""
    encoding: str = "utf-8"

    def content(self) -> bytes:
        """Return the file's bytes; ``.xlsx`` from lines of cells with | between them."""
        return (
            workbook(self.text) if self.name.endswith(".xlsx") else self.text.encode(self.encoding)
        )


def workbook(text: str) -> bytes:
    """Write sheets (``[name]`` begins one) of cells; whole numbers and dates stay what they are."""
    import openpyxl

    file = io.BytesIO()
    book = openpyxl.Workbook()
    sheet = book.active
    begun = False
    for line in text.strip("\n").split("\n"):
        if line.startswith("["):
            sheet = book.create_sheet(line.strip("[]")) if begun else sheet
            sheet.title, begun = line.strip("[]"), True
        else:
            sheet.append([_cell(each) for each in line.split("|")])
    book.save(file)
    return file.getvalue()


def _cell(text: str) -> object:
    for read in (date.fromisoformat, float):
        try:
            return read(text)
        except ValueError:
            continue
    return text or None


D10, D11, D12, D13 = (date(2025, 2, day) for day in (10, 11, 12, 13))
OWN = Stated(symbol="SPRING")
SPRING: tuple[Row, ...] = (("SPRING", D12, 10.1, 10.3, 1000.0), ("SPRING", D13, 10.3, 10.6, 2000.0))
PLAIN = "{0},10.10,10.40,10.00,10.30,1000\n{1},10.30,10.70,10.20,10.60,2000\n"


def prices(first: str, second: str, header: str = "Date,Open,High,Low,Close,Volume") -> str:
    """Return two plain rows under a header, with these dates."""
    return f"{header}\n" + PLAIN.format(first, second)


def _of(symbol: str) -> tuple[Row, ...]:
    return tuple((symbol, *row[1:]) for row in SPRING)


def _dated(vendor: str, shape: str, first: str, second: str, **more: str) -> Case:
    return Case(vendor, shape, "x.csv", prices(first, second), SPRING, OWN, **more)


CASES: tuple[Case, ...] = (
    # Headers
    Case(
        "yfinance", "three lines of header, one instrument", "a.csv",
        "Price,Close,High,Low,Open,Volume\nTicker,0700.HK,0700.HK,0700.HK,0700.HK,0700.HK\n"
        "Date,,,,,\n2025-02-12,10.3,10.4,10.0,10.1,1000\n2025-02-13,10.6,10.7,10.2,10.3,2000\n",
        _of("0700.HK"),
    ),
    Case(
        "yfinance", "two lines of header, tickers first, several instruments", "a.csv",
        "Ticker,NVDA,NVDA,AAPL,AAPL\nPrice,Open,Close,Open,Close\nDate,,,,\n"
        "2025-02-13,10,11,20,21\n",
        (("AAPL", D13, 20.0, 21.0, None), ("NVDA", D13, 10.0, 11.0, None)),
    ),
    Case(
        "Bloomberg", "instruments in a line above PX_LAST", "a.xlsx",
        "|HSI Index||HSTECH Index|\nDates|PX_LAST|VOLUME|PX_LAST|VOLUME\n"
        "2025-02-13|21814.37|1000|5250.5|2000\n",
        (("HSI", D13, None, 21814.37, 1000.0), ("HSTECH", D13, None, 5250.5, 2000.0)),
    ),
    Case(
        "FRED", "a column named after its series", "a.csv",
        "observation_date,SP500\n2025-02-12,6051.97\n2025-02-13,6115.07\n",
        (("SPX", D12, None, 6051.97, None), ("SPX", D13, None, 6115.07, None)),
    ),
    Case(
        "sheets of one's own", "a column of closes for each instrument", "a.csv",
        "日期,恒生指数,恒生科技指数\n2025-02-13,21814.37,5250.5\n",
        (("HSI", D13, None, 21814.37, None), ("HSTECH", D13, None, 5250.5, None)),
    ),
    Case(
        "sheets of one's own", "one column that no name tells", "a.csv",
        "date,value of the fund\n2025-02-12,10.3\n2025-02-13,10.6\n",
        (("SPRING", D12, None, 10.3, None), ("SPRING", D13, None, 10.6, None)),
        OWN, note="column value of the fund is taken for the close",
    ),
    Case(
        "pandas, JoinQuant", "dates under no header", "a.csv",
        prices("2025-02-12 00:00:00", "2025-02-13 00:00:00", ",open,high,low,close,volume"),
        SPRING, OWN,
    ),
    Case(
        "pandas", "a column of row numbers", "a.csv",
        ",trade_date,open,high,low,close,vol\n0,20250213,10.3,10.7,10.2,10.6,2000\n"
        "1,20250212,10.1,10.4,10.0,10.3,1000\n",
        SPRING, OWN,
    ),
    Case(
        "Tongdaxin", "title with code and kind, header padded, GB18030", "SH#600111.txt",
        "600111 某某股份 日线 不复权\n      日期\t    开盘\t    最高\t    最低\t    收盘\t    成交量\n"
        "2025/02/12\t10.10\t10.40\t10.00\t10.30\t1000\n2025/02/13\t10.30\t10.70\t10.20\t10.60\t2000\n"
        "#数据来源:通达信\n",
        _of("600111.SH"), adjusted="as traded", encoding="gb18030",
    ),
    Case(
        "Tongdaxin", "tabs in the header, commas in the rows", "export.txt",
        "600111 某某股份 日线 前复权\n日期\t开盘\t最高\t最低\t收盘\t成交量\n"
        + PLAIN.format("2025/02/12", "2025/02/13"),
        _of("600111.SH"), adjusted="adjusted forward", encoding="gb18030",
    ),
    Case(
        "Tonghuashun", "text called .xls, a weekday in the date, lots", "600111.xls",
        "时间\t开盘\t最高\t最低\t收盘\t总手\t金额\n"
        "2025-02-12,三\t10.10\t10.40\t10.00\t10.30\t1,000\t1,030,000\n"
        "2025-02-13,四\t10.30\t10.70\t10.20\t10.60\t2,000\t2,120,000\n",
        tuple(("600111.SH", row[1], row[2], row[3], 100 * (row[4] or 0)) for row in SPRING),
        note="column 总手 counts lots of 100", encoding="gb18030",
    ),
    Case(
        "Choice", "交易时间, a footer", "a.csv",
        "证券代码,证券名称,交易时间,开盘价,最高价,最低价,收盘价,成交量\n"
        "0700.HK,某某控股,2025-02-12,10.1,10.4,10.0,10.3,1000\n"
        "0700.HK,某某控股,2025-02-13,10.3,10.7,10.2,10.6,2000\n数据来源:东方财富Choice数据,,,,,,,\n",
        _of("0700.HK"), encoding="gb18030",
    ),
    Case(
        "CSIndex", "names in two languages, codes of indices, 万手", "a.csv",
        "日期Date,指数代码Index Code,指数中文简称Index Chinese Name,开盘Open,最高High,最低Low,"
        "收盘Close,涨跌幅(%)Change(%),成交量（万手）Volume(M Shares)\n"
        "20250213,000300,沪深300,3919.1,3930.2,3890.3,3905.1,-0.38,1500.5\n",
        (("CSI300", D13, 3919.1, 3905.1, 1.5005e9),),
    ),
    Case(
        "Hang Seng Indexes", "a second sheet, names in two languages", "恒生科技指数.xlsx",
        "[Terms]\nTerms of use\n[Data]\nIndex daily close\n\n"
        "Date 日期|Day High 最高|Day Low 最低|Index Close 收市|% Change 變動百分率\n"
        "2025-02-12|5300|5200|5250.5|0.012\n2025-02-13|5301|5201|5251.5|0.012\n",
        (("HSTECH", D12, None, 5250.5, None), ("HSTECH", D13, None, 5251.5, None)),
    ),
    Case(
        "workbooks", "a sheet an instrument", "all.xlsx",
        "[HSI]\nDate|Close\n2025-02-13|21814.37\n[0700.HK]\nDate|Close\n2025-02-13|431\n",
        (("0700.HK", D13, None, 431.0, None), ("HSI", D13, None, 21814.37, None)),
    ),
    Case(
        "Wind", "units in brackets, 万股", "600111.xlsx",
        "日期|开盘价(元)|最高价(元)|最低价(元)|收盘价(元)|成交量(万股)\n"
        "2025-02-12|10.1|10.4|10|10.3|0.1\n2025-02-13|10.3|10.7|10.2|10.6|0.2\n数据来源：Wind\n",
        _of("600111.SH"),
    ),
    Case(
        "Euronext", "lines above, semicolons, Last beside Close", "a.csv",
        '"Historical Data"\n"From 2025-02-12 to 2025-02-13"\nXX0000000001\n'
        'Date;Open;High;Low;Last;Close;"Number of Shares";"Number of Trades"\n'
        "13/02/2025;10.3;10.7;10.2;10.5;10.6;2000;9\n12/02/2025;10.1;10.4;10.0;10.2;10.3;1000;9\n",
        SPRING, OWN, note="columns Close and Last: Close is taken",
    ),
    Case(
        "Nasdaq", "Close/Last, dollar signs", "NVDA.csv",
        "Date,Close/Last,Volume,Open,High,Low\n02/13/2025,$10.60,2000,$10.30,$10.70,$10.20\n"
        "02/12/2025,$10.30,1000,$10.10,$10.40,$10.00\n",
        _of("NVDA"),
    ),
    Case(
        "Yahoo, copied", "rows of dividends", "KC.tsv",
        "Date\tOpen\tHigh\tLow\tClose\tAdj Close\tVolume\n"
        "Feb 13, 2025\t10.30\t10.70\t10.20\t10.60\t10.55\t2,000\nFeb 13, 2025\t0.55 Dividend\n"
        "Feb 12, 2025\t10.10\t10.40\t10.00\t10.30\t10.00\t1,000\n",
        _of("KC"), note="1 row of dividends or splits",
    ),
    Case(
        "MetaTrader", "<DATE>, no volume but a count of ticks", "HSI.csv",
        "<DATE>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\n"
        "2025.02.12\t10.1\t10.4\t10.0\t10.3\t31234\t0\n2025.02.13\t10.3\t10.7\t10.2\t10.6\t35234\t0\n",
        tuple(("HSI", *row[1:4], None) for row in SPRING), note="is 0 in every row",
    ),
    Case(
        "any", "no header at all, columns named at the command", "old.txt",
        "Feb 12, 2025\t10.10\t10.40\t10.00\t10.30\t1,000\nFeb 13, 2025\t10.30\t10.70\t10.20\t10.60\t2,000\n",
        SPRING, Stated(symbol="SPRING", columns=("date", "open", "high", "low", "close", "volume")),
    ),
    Case(
        "any", "lines that end in CR only", "a.csv",
        prices("2025-02-12", "2025-02-13").replace("\n", "\r"), SPRING, OWN,
    ),
    Case(
        "any", "a separator too many in every row", "a.csv",
        "Date,Close\n2025-02-12,10.3,\n2025-02-13,10.6,\n",
        (("SPRING", D12, None, 10.3, None), ("SPRING", D13, None, 10.6, None)), OWN,
    ),
    # Languages
    *(
        Case(
            vendor, f"in {language}", "a.csv", prices("2025-02-12", "2025-02-13", header), SPRING, OWN
        )
        for vendor, language, header in (
            ("Stooq", "Polish", "Data,Otwarcie,Najwyzszy,Najnizszy,Zamkniecie,Wolumen"),
            ("Investing.com", "German", "Datum,Eröffn.,Hoch,Tief,Zuletzt,Vol."),
            ("Investing.com", "French", "Date,Ouv.,Plus Haut,Plus Bas,Dernier,Vol."),
            ("Investing.com", "Spanish", "Fecha,Apertura,Máximo,Mínimo,Último,Vol."),
            ("Investing.com", "Italian", "Data,Apertura,Massimo,Minimo,Ultimo,Vol."),
            ("Investing.com", "Portuguese", "Data,Abertura,Máxima,Mínima,Último,Vol."),
            ("Investing.com", "Turkish", "Tarih,Açılış,Yüksek,Düşük,Şimdi,Hac."),
            ("Investing.com", "Russian", "Дата,Откр.,Макс.,Мин.,Цена,Объём"),
            ("Investing.com", "Japanese", "日付け,始値,高値,安値,終値,出来高"),
            ("Investing.com", "Korean", "날짜,시가,고가,저가,종가,거래량"),
            ("Investing.com", "Hong Kong Chinese", "日期,開市,最高,最低,收市,成交量"),
        )
    ),
    Case(
        "Investing.com", "decimal commas between quotation marks", "a.csv",
        'Datum,Zuletzt,Eröffn.,Vol.\n13.02.2025,"21.814,37","21.900,00","6,00B"\n'
        '12.02.2025,"21.857,92","21.300,00","5,00B"\n',
        (("SPRING", D12, 21300.0, 21857.92, 5e9), ("SPRING", D13, 21900.0, 21814.37, 6e9)), OWN,
    ),
    # Dates
    _dated("any", "year first, one digit", "2025/2/12", "2025/2/13"),
    _dated("any", "month first, told by a day over 12", "2/12/2025", "2/13/2025"),
    _dated("any", "with the time of day", "2/12/2025 16:00:00", "2/13/2025 16:00:00"),
    _dated("any", "two digits of the year", "12/02/25", "13/02/25"),
    _dated("any", "numbers of a float column", "20250212.0", "20250213.0"),
    _dated("Excel", "serial numbers", "45700", "45701"),
    _dated("any", "weekday before", "Wed 2025-02-12", "Thu 2025-02-13"),
    _dated("any", "weekday after", "2025-02-12 (星期三)", "2025-02-13 (星期四)"),
    Case(
        "any", "day first, told by the order of the rows", "a.csv",
        "Date,Close\n10/02/2025,1\n11/02/2025,2\n12/02/2025,3\n",
        tuple(("SPRING", day, None, close, None) for day, close in ((D10, 1.0), (D11, 2.0), (D12, 3.0))),
        OWN,
    ),
    Case(
        "TradingView", "seconds since 1970 at the opening", "0700.HK.csv",
        prices("1739323800", "1739410200"), _of("0700.HK"),
    ),
    Case(
        "any", "milliseconds since 1970, midnight", "0700.HK.csv",
        prices("1739318400000", "1739404800000"), _of("0700.HK"),
    ),
    Case(
        "TradingView", "the market's own offset", "0700.HK.csv",
        prices("2025-02-12T09:30:00+08:00", "2025-02-13T09:30:00+08:00"), _of("0700.HK"),
    ),
    Case(
        "yfinance", "world time of Hong Kong's midnight", "0700.HK.csv",
        prices("2025-02-11 16:00:00+00:00", "2025-02-12 16:00:00+00:00"), _of("0700.HK"),
    ),
    Case(
        "any", "midnight of world time, of a share of New York: dates", "NVDA.csv",
        prices("2025-02-12T00:00:00Z", "2025-02-13T00:00:00Z"), _of("NVDA"),
    ),
    # Codes
    *(
        Case(
            "any", f"code {code}", "a.csv",
            f"code,date,close\n{code},2025-02-13,10.6\n", ((known, D13, None, 10.6, None),),
        )
        for code, known in (
            ("HK.00700", "0700.HK"), ("SH.600519", "600519.SH"), ("sh600519", "600519.SH"),
            ("600519.XSHG", "600519.SH"), ("000001.XSHE", "000001.SZ"), ("700 HK Equity", "0700.HK"),
            ("hk00700", "0700.HK"), ("HKG:0700", "0700.HK"), ("HSI:IND", "HSI"),
            ("'600111", "600111.SH"), ("sh.600111", "600111.SH"), ("SPX Index", "SPX"),
        )
    ),
    Case(
        "Eastmoney", "000001 of shares", "a.csv", "日期,股票代码,收盘\n2025-02-13,000001,11.4\n",
        (("000001.SZ", D13, None, 11.4, None),),
    ),
    Case(
        "Eastmoney", "000001 of indices", "a.csv", "日期,代码,名称,收盘\n2025-02-13,000001,上证指数,3332.5\n",
        (("SSE", D13, None, 3332.5, None),),
    ),
    # Units
    Case(
        "Tushare", "lots, and the amount in thousands", "a.csv",
        "ts_code,trade_date,open,close,vol,amount\n600111.SH,20250213,10.3,10.6,20.0,21.2\n",
        (("600111.SH", D13, 10.3, 10.6, 2000.0),),
        note="column vol counts lots of 100, and the amount thousands",
    ),
    Case(
        "Eastmoney", "lots by the amount", "a.csv",
        "日期,股票代码,开盘,收盘,成交量,成交额\n2025-02-13,600111,10.3,10.6,20,21200\n",
        (("600111.SH", D13, 10.3, 10.6, 2000.0),), note="column 成交量 counts lots of 100",
    ),
    Case(
        "any", "units in the cells", "600111.csv",
        "日期,收盘,成交量\n2025-02-12,10.3元,11.35万手\n2025-02-13,10.6元,2000股\n",
        (("600111.SH", D12, None, 10.3, 11.35e6), ("600111.SH", D13, None, 10.6, 2000.0)),
    ),
    Case(
        "any", "hundreds of millions of shares, currency in the header", "0700.HK.csv",
        "日期,收盘(港元),成交量(亿股)\n2025-02-13,431.0,0.19\n",
        (("0700.HK", D13, None, 431.0, 1.9e7),),
    ),
    # Adjustment
    Case(
        "Baostock", "adjustflag 2, a day without trading", "a.csv",
        "date,code,open,close,volume,adjustflag,tradestatus\n2025-02-11,sh.600111,10,10,,2,0\n"
        "2025-02-12,sh.600111,10.1,10.3,1000,2,1\n2025-02-13,sh.600111,10.3,10.6,2000,2,1\n",
        _of("600111.SH"), adjusted="adjusted forward", note="1 row of days without trading",
    ),
    Case(
        "Baostock", "adjustflag 3", "a.csv",
        "date,code,close,adjustflag\n2025-02-13,sz.000001,11.4,3\n",
        (("000001.SZ", D13, None, 11.4, None),), adjusted="as traded",
    ),
    Case(
        "any", "hfq in the file's name", "600111_hfq.csv", prices("2025-02-12", "2025-02-13"),
        _of("600111.SH"), adjusted="adjusted backward",
    ),
    Case(
        "any", "复权状态", "a.csv", "日期,证券代码,收盘,复权状态\n2025-02-13,600111,10.6,后复权\n",
        (("600111.SH", D13, None, 10.6, None),), adjusted="adjusted backward",
    ),
    Case(
        "Alpha Vantage, Yahoo", "an adjusted close beside the close", "BABA.csv",
        "timestamp,open,close,adjusted_close,volume\n2025-02-13,10.3,10.6,9.9,2000\n",
        (("BABA", D13, 10.3, 10.6, 2000.0),),
    ),
    # Refusals
    Case(
        "any", "02/03/2025, where nothing tells the month", "a.csv", "Date,Close\n02/03/2025,1\n",
        stated=OWN, refused="02/03/2025 is 2025-02-03 or 2025-03-02: give the date format",
    ),
    Case(
        "Investing.com", "monthly rows", "HSTECH.csv",
        "日期,收盘\n2025-2-1,5520.1\n2025-1-1,4706\n2024-12-1,4468\n",
        refused="monthly rows are no daily bars",
    ),
    Case(
        "any", "weekly rows", "HSI.csv",
        "Date,Close\n2025-01-24,1\n2025-02-07,2\n2025-02-14,3\n2025-02-21,4\n",
        refused="weekly rows are no daily bars",
    ),
    Case(
        "any", "prices in several currencies", "0700.HK.csv",
        "Date,Close\n2025-02-12,HK$430\n2025-02-13,US$55.3\n", refused="prices in several currencies",
    ),
    Case(
        "any", "a currency that is not the instrument's", "a.csv",
        "Date,Symbol,Close,Currency\n2025-02-13,0700.HK,55.3,USD\n",
        refused="in USD, where 0700.HK is priced in HKD",
    ),
    Case(
        "any", "a price too large for a number", "HSI.csv", "Date,Close\n2025-02-13,1e309\n",
        refused="'1e309' is not a number",
    ),
    Case(
        "any", "prices below zero", "600111_qfq.csv", "日期,收盘\n2025-02-12,-0.28\n2025-02-13,-0.22\n",
        refused="as prices adjusted forward",
    ),
    Case(
        "any", "prices of several kinds", "a.csv",
        "date,code,close,adjustflag\n2025-02-12,sh.600111,1,2\n2025-02-13,sh.600111,2,3\n",
        refused="prices of several kinds",
    ),
    Case(
        "any", "a name that is misspelt", "HSI.csv", "Date,Open,Clsoe\n2025-02-13,1,2\n",
        refused="Clsoe (close?)",
    ),
    Case(
        "any", "no header, no names given", "HSI.csv", "Feb 12, 2025\t1\t2\nFeb 13, 2025\t1\t2\n",
        refused="no line of column names",
    ),
    Case(
        "any", "seconds since 1970 of an unknown market", "a.csv",
        "time,close\n1739323800,10.3\n1739410200,10.6\n", stated=Stated(symbol="SPRINGZZ"),
        refused="in which market is not known",
    ),
    Case("any", "text called .xlsx", "HSI.xls", "PK\x03\x04no workbook", refused="not an Excel file"),
    Case(
        "any", "a quotation mark that is not closed", "HSI.csv", 'Date,Close\n2025-02-13,"1\n2025-02-14,2\n',
        refused="cannot be",
    ),
)  # fmt: skip


def page() -> str:
    """Return the page of the documentation: what is recognised, and what is refused."""
    read = [case for case in CASES if not case.refused]
    lines = [
        "# Files of bars that are read",
        "",
        "Written from the cases that the tests import, one small file each. Separators, encodings "
        "(UTF-8, UTF-16, GB18030, Big5) and the order of columns and rows do not matter.",
        "",
        "| From | Shape | Becomes | Said |",
        "| --- | --- | --- | --- |",
        *(
            f"| {case.vendor} | {_plain(case.shape)} | {_becomes(case)} | {_said(case)} |"
            for case in read
        ),
        "",
        "## What is refused",
        "",
        "| From | Shape | Because |",
        "| --- | --- | --- |",
        *(
            f"| {case.vendor} | {_plain(case.shape)} | {_plain(case.refused)} |"
            for case in CASES
            if case.refused
        ),
        "",
    ]
    return "\n".join(lines)


def _plain(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


def _becomes(case: Case) -> str:
    symbols = ", ".join(dict.fromkeys(row[0] for row in case.rows if row[0] != "SPRING"))
    last = max(case.rows, key=lambda row: row[1])
    parts = [symbols, f"{last[1]} close {last[3]:.10g}"]
    parts += [f"volume {last[4]:,.0f}"] if last[4] is not None else []
    return ", ".join(filter(None, parts))


def _said(case: Case) -> str:
    return _plain("; ".join(filter(None, [case.adjusted, case.note])))
