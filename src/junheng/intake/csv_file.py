"""A .csv file as one sheet; spreadsheet programs in China save them in GB 18030 or UTF-8."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import PurePath

from junheng.intake import limits
from junheng.intake.cells import Raw
from junheng.intake.errors import DamagedWorkbookError, TextEncodingError, TooLargeError
from junheng.intake.package import refuse_other_formats
from junheng.intake.sheet import Sheet


def read_csv(name: str, content: bytes, *, place: str = "") -> Sheet:
    """The file's rows as a sheet named like the file.

    Raises:
        JunhengError: it is no text that we know, or larger than we read.
    """
    if content.startswith((b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1"))):
        refuse_other_formats(name, content)
        raise DamagedWorkbookError(
            file=name, part="文件头", reason="内容是 .xlsx 工作簿，扩展名却是 .csv，请改回扩展名"
        )
    text = _decode(name, content)
    rows: list[list[Raw]] = []
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text)):
            if len(row) > limits.COLUMNS:
                raise TooLargeError(file=name, what=f"第 {len(rows) + 1} 行的列数", size=len(row), limit=limits.COLUMNS)
            rows.append(list(row))
            if len(rows) > limits.ROWS:
                raise TooLargeError(file=name, what="行数", size=f"超过 {limits.ROWS}", limit=limits.ROWS)
    except csv.Error as error:
        raise DamagedWorkbookError(file=name, part=f"第 {len(rows) + 1} 行", reason=str(error)) from error
    stem = PurePath(name).stem
    return Sheet(name, stem, f"{place}{stem}", rows)


def _decode(name: str, content: bytes) -> str:
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    encodings = ["utf-16"] if marked else ["utf-8-sig", "gb18030"]
    reason = ""
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as error:
            reason = reason or f"第 {error.start + 1} 个字节不是文字"
            continue
        if "\x00" in text:
            raise TextEncodingError(file=name, reason="内容是二进制数据，不是文字")
        return text
    raise TextEncodingError(file=name, reason=reason)


def _delimiter(text: str) -> str:
    head = text[:5000].splitlines()[:5]
    return max(",\t;", key=lambda sign: sum(line.count(sign) for line in head))
