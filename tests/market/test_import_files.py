"""Files as vendors export them, and files that are no good."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from springtide.errors import DataError
from springtide.market.ingest import import_bars, import_observations
from springtide.market.lake import Lake
from springtide.market.sources.bars import Stated, read_bars
from springtide.market.sources.files import read_observations
from springtide.market.view import View

# Three sessions of the Hang Seng Index (Hang Seng Indexes; open and high of no account here).
DAYS = [date(2025, 2, 11), date(2025, 2, 12), date(2025, 2, 13)]
CLOSE = [21294.86, 21857.92, 21814.37]

YAHOO = """Date,Open,High,Low,Close,Adj Close,Volume
2025-02-11,21500.5,21600,21200,21294.86,20000.1,4000000000
2025-02-12,21300,21870,21290,21857.92,20500.2,5000000000
2025-02-13,21900,22300,21700,21814.37,20450.3,null
"""
EASTMONEY = """日期,开盘,收盘,最高,最低,成交量,成交额,振幅,涨跌幅,涨跌额,换手率
2025-02-11,21500.5,21294.86,21600,21200,4000000000,2.1e11,1.88,-1.06,-227.1,0
2025-02-12,21300,21857.92,21870,21290,5000000000,2.5e11,2.72,2.64,563.06,0
2025-02-13,21900,21814.37,22300,21700,6000000000,3.1e11,2.74,-0.2,-43.55,0
"""
TRADITIONAL = str.maketrans("开盘额涨换", "開盤額漲換")
STOOQ = """<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>
^HSI,D,20250211,000000,21500.5,21600,21200,21294.86,4000000000,0
^HSI,D,20250212,000000,21300,21870,21290,21857.92,5000000000,0
^HSI,D,20250213,000000,21900,22300,21700,21814.37,6000000000,0
"""
INVESTING = """"Date","Price","Open","High","Low","Vol.","Change %"
"02/13/2025","21,814.37","21,900.00","22,300.00","21,700.00","6.00B","-0.20%"
"02/12/2025","21,857.92","21,300.00","21,870.00","21,290.00","5.00B","2.64%"
"02/11/2025","21,294.86","21,500.50","21,600.00","21,200.00","4.00B","-1.06%"
"""
INVESTING_ZH = """"日期","收盘","开盘","高","低","交易量","涨跌幅"
"2025年2月13日","21,814.37","21,900.00","22,300.00","21,700.00","60.00亿","-0.20%"
"2025年2月12日","21,857.92","21,300.00","21,870.00","21,290.00","50.00亿","2.64%"
"2025年2月11日","21,294.86","21,500.50","21,600.00","21,200.00","40.00亿","-1.06%"
"""
WIND = """代码,名称,日期,开盘价(元),最高价(元),最低价(元),收盘价(元),成交量(万股)
HSI.HI,恒生指数,2025-02-11,"21,500.50","21,600.00","21,200.00","21,294.86","400,000"
HSI.HI,恒生指数,2025-02-12,"21,300.00","21,870.00","21,290.00","21,857.92","500,000"
HSI.HI,恒生指数,2025-02-13,"21,900.00","22,300.00","21,700.00","21,814.37","600,000"
数据来源：Wind
"""
EUROPEAN = """Datum;Date;Open;High;Low;Close;Volume
x;11.02.2025;21.500,50;21.600,00;21.200,00;21.294,86;4000000000
x;12.02.2025;21.300,00;21.870,00;21.290,00;21.857,92;5000000000
x;13.02.2025;21.900,00;22.300,00;21.700,00;21.814,37;6000000000
"""


@pytest.mark.parametrize(
    ("name", "text", "encoding"),
    [
        ("^HSI.csv", YAHOO, "utf-8"),
        ("^HSI.csv", YAHOO, "utf-8-sig"),
        ("HSI.csv", EASTMONEY, "utf-8"),
        ("HSI.csv", EASTMONEY, "gb18030"),
        ("HSI.csv", EASTMONEY, "utf-16"),
        ("HSI.csv", EASTMONEY, "utf-16-le"),
        ("恒生指數.csv", EASTMONEY.translate(TRADITIONAL), "big5hkscs"),
        ("hk.txt", STOOQ, "ascii"),
        ("Hang Seng Historical Data.csv", INVESTING, "utf-8"),
        ("恒生指数历史数据.csv", INVESTING_ZH, "utf-8-sig"),
        ("export.csv", WIND, "gb18030"),
        ("hsi.tsv", YAHOO.replace(",", "\t"), "utf-8"),
        ("hsi.csv", EUROPEAN, "utf-8"),
        ("hsi.csv", "历史行情\n\n" + EASTMONEY, "utf-8"),
        ("hsi.csv", YAHOO.replace("\n", "\r\n"), "utf-8"),
    ],
)
def test_what_vendors_export_is_read(tmp_path: Path, name: str, text: str, encoding: str) -> None:
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    frame = read_bars(path).frame.sort("date")
    assert frame["symbol"].unique().to_list() == ["HSI"]
    assert frame["date"].to_list() == DAYS
    assert frame["close"].to_list() == CLOSE
    assert frame["open"].to_list() == [21500.5, 21300.0, 21900.0]
    assert frame["low"].to_list() == [21200.0, 21290.0, 21700.0]
    assert frame["volume"].to_list()[:2] == [4e9, 5e9]


def excel(rows: list[list[object]]) -> bytes:
    """A minimal workbook with one sheet, written by hand: cells are numbers or inline texts."""

    def cell(value: object) -> str:
        if isinstance(value, int | float):
            return f"<c><v>{value}</v></c>"
        return f'<c t="inlineStr"><is><t>{value}</t></is></c>'

    body = "".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows)
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    relations = f'<Relationships xmlns="{package}/relationships"><Relationship Id="r" '
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{types}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{types}.worksheet+xml"/>'
        "</Types>",
        "_rels/.rels": f'{relations}Type="{office}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>",
        "xl/workbook.xml": f'<workbook {main} xmlns:r="{office}"><sheets>'
        '<sheet name="s" sheetId="1" r:id="r"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'{relations}Type="{office}/worksheet" '
        'Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f"<worksheet {main}><sheetData>{body}</sheetData></worksheet>",
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return file.getvalue()


def test_excel_with_a_title_and_a_footer(tmp_path: Path) -> None:
    rows: list[list[object]] = [["历史行情"], ["日期", "开盘价", "收盘价", "成交量(万股)"]]
    rows += [[str(d), 21500.5, c, 400000] for d, c in zip(DAYS, CLOSE, strict=True)]
    rows += [["数据来源：Wind"]]
    path = tmp_path / "hsi.xlsx"
    path.write_bytes(excel(rows))
    frame = read_bars(path).frame
    assert frame["date"].to_list() == DAYS
    assert frame["close"].to_list() == CLOSE
    assert frame["volume"].to_list() == [4e9] * 3


def test_parquet_panels_keep_their_symbols(tmp_path: Path, lake: Lake) -> None:
    frame = pl.DataFrame(
        {
            "date": DAYS * 2,
            "symbol": pl.Series(["600519.SS"] * 3 + ["00005.HK"] * 3, dtype=pl.Categorical),
            "close": pl.Series([1430.5, 1421.25, 1435.0, 82.5, 83.25, 83.5], dtype=pl.Float32),
        }
    )
    frame.write_parquet(tmp_path / "panel.parquet")
    report = import_bars(lake, [tmp_path])
    assert (report.total("new"), report.total("refused")) == (6, 0)
    view = View(lake, DAYS[-1])
    assert view.symbols() == ("0005.HK", "600519.SH")
    assert view.bars("600519.SH").close.tolist() == [1430.5, 1421.25, 1435.0]


def test_lots_are_brought_to_shares_by_the_amount_traded(tmp_path: Path) -> None:
    path = tmp_path / "510300.SH.csv"
    path.write_text(
        "日期,收盘,成交量,成交额\n2025-02-12,4.0,1000000,400000000\n2025-02-13,4.1,2000000,820000000\n"
    )
    batch = read_bars(path)
    assert batch.frame["volume"].to_list() == [1e8, 2e8]
    assert "lots of 100" in batch.warnings[0]


@pytest.mark.parametrize(
    ("texts", "first"),
    [
        (["01/02/2025", "13/02/2025"], date(2025, 2, 1)),
        (["02/01/2025", "02/13/2025"], date(2025, 2, 1)),
        (["03/02/2025", "04/02/2025", "05/02/2025"], date(2025, 2, 3)),
        (["02/03/2025", "02/04/2025", "02/05/2025"], date(2025, 2, 3)),
        (["Feb 12, 2025", "Feb 13, 2025"], date(2025, 2, 12)),
        (["20250212", "20250213"], date(2025, 2, 12)),
        (["2025-02-12 00:00:00+08:00", "2025-02-13 00:00:00+08:00"], date(2025, 2, 12)),
    ],
)
def test_dates_are_read_in_the_one_order_that_fits(
    tmp_path: Path, texts: list[str], first: date
) -> None:
    path = tmp_path / "hsi.csv"
    path.write_text("Date,Close\n" + "".join(f'"{text}",1.5\n' for text in texts))
    assert read_bars(path).frame["date"].to_list()[0] == first


PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00\x01" * 99
BAD = {
    "empty": ("hsi.csv", b"", "is empty"),
    "only spaces": ("hsi.csv", b"  \n\n ", "is empty"),
    "binary": ("hsi.csv", bytes(range(256)) * 20, "binary file"),
    "an image": ("hsi.csv", PNG, "binary file"),
    "no known encoding": (
        "hsi.csv",
        b"Date,Close\n2025-02-13,\xff\xff\xff1.0\n",
        "line 2: byte 0xff",
    ),
    "no header": ("hsi.csv", b"2025-02-13,21814.37\n2025-02-14,1.0\n", "no line of column names"),
    "no close": ("hsi.csv", b"Date,Open,High\n2025-02-13,1,2\n", "no column for close"),
    "only adjusted": (
        "hsi.csv",
        b"Date,Adj Close,Open,High\n2025-02-13,1,1,2\n",
        "only adjusted prices",
    ),
    "header only": ("hsi.csv", b"Date,Close\n", "no rows"),
    "too many fields": (
        "hsi.csv",
        b"Date,Close\n2025-02-12,21857.92\n2025-02-13,21,814.37\n",
        "line 3: 3 fields where the header has 2",
    ),
    "no dates": (
        "hsi.csv",
        b"Date,Close\nyesterday,1.0\ntoday,2.0\n",
        "line 2, column Date: 'yesterday'",
    ),
    "no instrument": ("data.csv", b"Date,Close\n2025-02-13,1.0\n", "not say which instrument"),
    "day or month": (
        "hsi.csv",
        b"Date,Close\n01/02/2025,1.0\n05/06/2025,2.0\n03/04/2025,3.0\n",
        "01/02/2025 is 2025-01-02 or 2025-02-01: give the date format",
    ),
    "damaged parquet": ("hsi.parquet", b"PAR1 and then nothing of use", "damaged Parquet"),
    "damaged excel": ("hsi.xlsx", b"PK\x03\x04 and then nothing", "not an Excel file"),
    "a web page": ("hsi.csv", b"<!DOCTYPE html><html>Too many requests</html>", "column names"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_files_say_what_is_wrong_and_leave_the_lake_alone(
    tmp_path: Path, lake: Lake, case: str
) -> None:
    name, data, message = BAD[case]
    (tmp_path / name).write_bytes(data)
    before = lake.versions()
    with pytest.raises(DataError, match=message) as caught:
        import_bars(lake, [tmp_path / name])
    assert name in str(caught.value)
    assert caught.value.exit_code == 1
    assert lake.versions() == before


def test_a_bad_cell_refuses_its_row_by_line_and_column(tmp_path: Path, lake: Lake) -> None:
    path = tmp_path / "hsi.csv"
    path.write_text(YAHOO.replace("21857.92", "oops"))
    (report,) = import_bars(lake, [path]).files
    assert (report.rows, report.new, report.refused) == (3, 2, 1)
    assert report.refusals[0].reason == "line 3, column Close: 'oops' is not a number"
    assert View(lake, DAYS[-1]).bars("HSI").close.tolist() == [CLOSE[0], CLOSE[2]]


def test_a_folder_is_reported_file_by_file(tmp_path: Path, lake: Lake) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "hsi.csv").write_text(YAHOO)
    (tmp_path / "b_broken.csv").write_bytes(b"\x00\x01\x02" * 50)
    (tmp_path / "notes.md").write_text("not data")
    told: list[tuple[str, int, int]] = []
    report = import_bars(lake, [tmp_path], progress=lambda *each: told.append(each))
    assert [(each.name, each.new, bool(each.error)) for each in report.files] == [
        ("hsi.csv", 3, False),
        ("b_broken.csv", 0, True),
    ]
    assert told == [("hsi.csv", 0, 2), ("b_broken.csv", 1, 2), ("", 2, 2)]
    assert [each.name for each in report.errors] == ["b_broken.csv"]


def test_nothing_to_import(tmp_path: Path, lake: Lake) -> None:
    with pytest.raises(DataError, match="No data files"):
        import_bars(lake, [tmp_path])
    with pytest.raises(DataError, match="There is no file"):
        import_bars(lake, [tmp_path / "nowhere.csv"])


def test_the_symbol_can_be_given(tmp_path: Path) -> None:
    path = tmp_path / "data.csv"
    path.write_text(YAHOO)
    assert read_bars(path, Stated(symbol="^hsi")).frame["symbol"].unique().to_list() == ["HSI"]


def test_observations_are_read_with_their_words(tmp_path: Path, lake: Lake) -> None:
    path = tmp_path / "o.csv"
    path.write_text(
        "subject,field,date,value,unit,text,source,known_at\n"
        "^HSTECH,forward_pe,2025-02-13,17.4,x,,broker,2025-02-13T14:19:12Z\n"
        "KC,rating,2025-02-13,,,neutral,broker,\n"
        "KC,target_price,2025-02-13,thirteen,USD,,broker,\n"
        "KC,,2025-02-13,13,USD,,broker,\n"
    )
    (report,) = import_observations(lake, [path]).files
    assert (report.new, report.refused) == (2, 2)
    assert "column value: 'thirteen' is not a number" in report.refusals[0].reason
    view = View(lake, DAYS[-1])
    assert [o.value for o in view.observations("HSTECH", "forward_pe")] == [17.4]
    assert [o.text for o in view.observations("KC", "rating")] == ["neutral"]


def test_observations_need_their_columns(tmp_path: Path) -> None:
    path = tmp_path / "o.csv"
    path.write_text("date,close\n2025-02-13,1.0\n")
    with pytest.raises(DataError, match="no column subject and no column field"):
        read_observations(path)
