"""What the columns of a sheet of calls may be called."""

from __future__ import annotations

from collections.abc import Mapping

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "made": ("made", "date", "日期", "作出日期"),
    "who": ("who", "person", "analyst", "人物", "分析师", "姓名"),
    "house": ("house", "firm", "机构"),
    "subject": ("subject", "symbol", "标的", "代码"),
    "metric": ("metric", "指标"),
    "params": ("params", "参数"),
    "level": ("level", "target", "价位", "目标"),
    "due": ("due", "到期日", "到期"),
    "quote": ("quote", "words", "原话"),
    "url": ("url", "link", "链接"),
    "corrects": ("corrects", "更正"),
}
"""What a column is for, and what it may be called."""
