"""One cell: from what was typed to a typed value, or to the rule it breaks. Nothing is guessed."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from datetime import time as clock
from decimal import Context, Decimal
from difflib import get_close_matches
from fractions import Fraction
from unicodedata import normalize

from junheng.base.exact import half_up, plain
from junheng.intake import rules
from junheng.intake.rules import Rule
from junheng.intake.wording import clean, compact, two_numbers
from junheng.tables.model import DECIMAL_PLACES, CodeList, Column, ColumnType
from junheng.tables.units import as_filed, how_many, is_unit

LONGEST_TEXT = 2000
_LONGEST_CODE = 64
_LARGEST = Decimal(10) ** 15
_EXACT = Context(prec=80)
_EXCEL_FIRST_DAY = date(1899, 12, 30)

_DASHES = frozenset({"-", "--", "/", "//", "\\", ".", "…", "...", "*"})
_ABSENT_WORDS = frozenset(
    {"无", "暂无", "没有", "没", "空", "缺", "不详", "不清楚", "未知", "未统计", "未填", "暂缺", "不适用", "无数据"}
    | {"n/a", "na", "null", "none", "nil"}
)
_NONE_WORDS = _ABSENT_WORDS | {"nan", "待填", "待定"}
_YES = frozenset({"是", "有", "对", "√", "✓", "✔", "y", "yes", "true", "t", "1", "是的", "寄宿"})
_NO = frozenset({"否", "无", "没有", "不是", "错", "×", "x", "✗", "✘", "n", "no", "false", "f", "0", "非", "非寄宿"})
_DENIALS = frozenset("未不没无非")
_NUMBER = re.compile(r"^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$")
_THOUSANDS = re.compile(r"^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d*)?$")
_WITH_UNIT = re.compile(r"^([+-]?[\d,]*\.?\d+)([^\d.,+-].*)$")
_SCIENTIFIC = re.compile(r"^[+-]?\d+(?:\.\d*)?e[+-]?\d+$", re.IGNORECASE)
_CODE = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._/-]*$")
_YEAR = re.compile(r"^(\d{4})(?:年|年度|学年|学年度)?$")
_YEAR_SPAN = re.compile(r"^(\d{4})(?:学?年)?[-/](\d{4}|\d{2})(?:年|年度|学年|学年度)?$")
_DATE = re.compile(r"^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:t?0{1,2}:00(?::00)?)?$", re.IGNORECASE)
_DATE_DIGITS = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_CODE_AND_WORD = re.compile(r"[\s():_-]+|(?<=\d)(?=[^\W\d_])")  # 211 小学, 211-小学, 小学（211）, 211小学
_ORDINALS = {word: number for number, word in enumerate("一二三四五六七八九", start=1)} | {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9,
}  # fmt: skip

ERROR_MEANINGS = {
    "#DIV/0!": "除数是零或空格",
    "#REF!": "引用的单元格已被删除",
    "#N/A": "没有查到对应的值",
    "#VALUE!": "参与计算的不是数字",
    "#NAME?": "公式名称写错",
    "#NUM!": "数太大或算不出",
    "#NULL!": "引用区域写错",
    "#SPILL!": "结果放不下",
    "#CALC!": "无法计算",
    "#FIELD!": "引用的字段不存在",
    "#GETTING_DATA": "数据还没有取到",
    "####": "列太窄，显示的不是数",
}


@dataclass(frozen=True, slots=True)
class ErrorCell:
    """A formula error such as ``#DIV/0!``; calamine gives a blank for it."""

    text: str


@dataclass(frozen=True, slots=True)
class EmptyFormula:
    """A formula that was saved without its result."""


@dataclass(frozen=True, slots=True)
class PercentCell:
    """A number that the sheet shows as a percentage: 0.125 shown as 12.5%."""

    value: float


@dataclass(frozen=True, slots=True)
class MergedCell:
    """A cell covered by a merged range that starts in another row."""

    area: str
    value: object


Raw = object  # float, str, bool, date, datetime, timedelta, None, or one of the classes above


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a cell does not read, or what should be said about how it was read."""

    rule: Rule
    parts: Mapping[str, object] = field(default_factory=dict)
    example: str = ""


@dataclass(frozen=True, slots=True)
class HeadUnit:
    """The unit a column was filed in: how many kept units one of it is, or why that cannot be said."""

    word: str
    size: Fraction
    missing: bool = False

    @property
    def exact(self) -> bool:
        return _has_finite_decimals(self.size)


Value = tuple[object, Fault | None]


def is_blank(raw: Raw) -> bool:
    return raw is None or (type(raw) is str and (not raw or not clean(raw)))


def typed(raw: Raw) -> str:
    """The cell as the person saw it in the sheet, for findings."""
    match raw:
        case None:
            return ""
        case bool():
            return "TRUE" if raw else "FALSE"
        case float():
            return shortest(raw)
        case datetime():
            return raw.isoformat(" ")
        case ErrorCell():
            return raw.text
        case PercentCell():
            return f"{plain(_EXACT.multiply(Decimal(repr(raw.value)), Decimal(100)), 10)}%"
        case MergedCell():
            return typed(raw.value)
        case EmptyFormula():
            return ""
        case _:
            return str(raw)[:200]


def shortest(number: float) -> str:
    """The shortest decimal text of a cell's number, never its binary neighbour and never with an exponent."""
    if not math.isfinite(number):
        return str(number)
    text = format(Decimal(repr(number)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def read_cell(column: Column, raw: Raw, unit: HeadUnit) -> Value:
    """The typed value of a cell of ``column`` and what has to be said about it; with a 错误 there is no value."""
    if is_blank(raw):
        return None, None
    match raw:
        case ErrorCell():
            return None, _error_cell(column, raw.text)
        case EmptyFormula():
            return None, Fault(rules.FORMULA_EMPTY, {"column": column.label.zh})
        case MergedCell():
            if column.type.is_number:
                return None, Fault(rules.MERGED_NUMBER, {"column": column.label.zh, "area": raw.area})
            return read_cell(column, raw.value, unit)
        case str() if (text := compact(raw).upper()) in ERROR_MEANINGS or (len(text) > 2 and set(text) == {"#"}):
            return None, _error_cell(column, text)
    return _READERS[column.type](column, raw, unit)


def _error_cell(column: Column, text: str) -> Fault:
    meaning = ERROR_MEANINGS.get(text, "公式算不出结果")
    return Fault(rules.ERROR_CELL, {"column": column.label.zh, "value": text, "meaning": meaning})


def _not_a_number(column: Column, raw: Raw, why: str = "") -> Value:
    parts = {"column": column.label.zh, "value": typed(raw), "why": why}
    return None, Fault(rules.NOT_A_NUMBER, parts, "35" if column.type is ColumnType.COUNT else "1234.5")


def _number(column: Column, raw: Raw, unit: HeadUnit) -> Value:
    match raw:
        case bool():
            return _not_a_number(column, raw, "（逻辑值）")
        case date() | timedelta() | clock():
            return _not_a_number(column, raw, "（单元格是日期或时间格式，请改成常规或数值格式后重填）")
        case PercentCell():
            return _percent(column, raw)
        case int() | float():
            if not math.isfinite(raw):
                return _not_a_number(column, raw, "（不是有限的数）")
            return _scaled(column, raw, Decimal(repr(raw)), unit)
        case str():
            return _number_from_text(column, raw, unit)
    return _not_a_number(column, raw)


def _percent(column: Column, raw: PercentCell) -> Value:
    if not math.isfinite(raw.value) or (column.unit and column.unit != "%"):
        return _not_a_number(column, raw, "（百分数格式）")
    value = Decimal(repr(raw.value))
    return _checked(column, raw, _EXACT.multiply(value, Decimal(100)) if column.unit else value)


def _number_from_text(column: Column, raw: str, unit: HeadUnit) -> Value:
    text = compact(raw).replace("，", ",").lstrip("'")
    word = text.casefold()
    if word in _DASHES:
        return None, Fault(rules.DASH, {"column": column.label.zh, "value": clean(raw)})
    if word in _NONE_WORDS:
        return None, Fault(rules.NONE_WORD, {"column": column.label.zh, "value": clean(raw)}, "0")
    if two_numbers(raw.replace("，", ",")):
        return _not_a_number(column, raw, "（像是两个数，不能连成一个）")
    if _NUMBER.match(text):
        return _scaled(column, raw, Decimal(text), unit)
    if _THOUSANDS.match(text):
        return _scaled(column, raw, Decimal(text.replace(",", "")), unit)
    if column.unit in ("年级", "级") and (number := _ORDINALS.get(word.removesuffix("年级").removesuffix("级"))):
        return _checked(column, raw, Decimal(number))
    if _SCIENTIFIC.match(text):
        return _not_a_number(column, raw, "（科学计数法可能已经丢了位数）")
    if match := _WITH_UNIT.match(text):
        digits = match[1]
        if "," in digits and not _THOUSANDS.match(digits):
            return _not_a_number(column, raw, "（逗号的位置不像千位分隔符）")
        return _with_unit(column, raw, Decimal(digits.replace(",", "")), match[2])
    return _not_a_number(column, raw)


def _with_unit(column: Column, raw: str, number: Decimal, word: str) -> Value:
    """A cell that carries its own unit; the head's unit does not touch it."""
    word = word.strip("()")
    if word.startswith("元/") or (word.endswith("/生") and column.unit.startswith("元")):
        word = "元"
    size = Fraction(1, 100) if word == "%" and not column.unit else how_many(column.unit, word) if column.unit else None
    if size is None:
        if not is_unit(word) and word not in ("%", "‰"):
            return _not_a_number(column, raw)
        return None, Fault(
            rules.CELL_UNIT_UNKNOWN, {"column": column.label.zh, "word": word, "unit": column.unit or "小数"}
        )
    value, rounded = _times(number, size)
    result, fault = _checked(column, raw, value)
    if fault or size == 1:
        return result, fault
    parts: dict[str, object] = {
        "column": column.label.zh,
        "word": word,
        "value": clean(raw),
        "result": plain(value, DECIMAL_PLACES),
        "unit": column.unit,
        "rounded": "（四舍五入到两位小数）" if rounded else "",
    }
    return result, Fault(rules.CELL_UNIT, parts)


def _times(number: Decimal, size: Fraction) -> tuple[Decimal, bool]:
    """``number`` in kept units, and whether that needed rounding (亩 → ㎡ has no exact decimals)."""
    if size.denominator == 1:
        return _EXACT.multiply(number, Decimal(size.numerator)), False
    if _has_finite_decimals(size):
        return _EXACT.divide(_EXACT.multiply(number, Decimal(size.numerator)), Decimal(size.denominator)), False
    exact = Fraction(number) * size
    return half_up(exact, 2), Fraction(half_up(exact, 2)) != exact


def _has_finite_decimals(size: Fraction) -> bool:
    rest = size.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1


def _scaled(column: Column, raw: Raw, number: Decimal, unit: HeadUnit) -> Value:
    if unit.missing and number:
        kept, form = column.unit, column.form_unit
        parts = {"head": column.label.zh, "unit": kept, "form_unit": form, "header": column.header}
        return None, Fault(rules.HEAD_WITHOUT_UNIT, parts)
    if unit.size != 1:
        number = _times(number, unit.size)[0]
    return _checked(column, raw, number)


def _checked(column: Column, raw: Raw, number: Decimal) -> Value:
    """Whole where it must be, inside its range, and not longer than a filed number can be."""
    label = column.label.zh
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    if abs(number) >= _LARGEST:
        return None, Fault(rules.TOO_LONG, {"column": label, "value": typed(raw), "why": "大得不可能"})
    if -exponent > DECIMAL_PLACES:
        number = _EXACT.normalize(number) if number else Decimal(0)
        exponent = number.as_tuple().exponent
        assert isinstance(exponent, int)
        if -exponent > DECIMAL_PLACES:
            why = f"有 {-exponent} 位小数"
            return None, Fault(rules.TOO_LONG, {"column": label, "value": typed(raw), "why": why})
    low, high = column.minimum, column.maximum
    if (low is not None and number < low) or (high is not None and number > high):
        return None, _out_of_range(column, raw, number)
    if column.type is ColumnType.COUNT:
        whole = int(number)
        if whole != number:
            return None, Fault(rules.NOT_WHOLE, {"column": label, "unit": column.unit or "个", "value": typed(raw)})
        return whole, None
    return number, None


def _out_of_range(column: Column, raw: Raw, number: Decimal) -> Fault:
    def limit(value: int | None) -> str:
        return "不限" if value is None else as_filed(Decimal(value), column.unit, column.form_unit)

    unit = ""
    if column.form_unit and column.maximum is not None and number > column.maximum:
        size = how_many(column.unit, column.form_unit) or 1
        if number <= column.maximum * size:
            unit = f"表头的单位是{column.form_unit}，这里像是按{column.unit}填的。"
    parts = {
        "column": column.label.zh,
        "value": typed(raw),
        "low": limit(column.minimum),
        "high": limit(column.maximum),
        "unit": unit,
    }
    return Fault(rules.OUT_OF_RANGE, parts)


def _code(column: Column, raw: Raw, _: HeadUnit) -> Value:
    label = column.label.zh

    def bad(why: str) -> Value:
        return None, Fault(rules.BAD_CODE, {"column": label, "value": typed(raw), "why": why})

    if isinstance(raw, bool | date | timedelta | clock | PercentCell):
        return bad("不是代码（单元格是日期、百分数或逻辑值）")
    if isinstance(raw, int | float):
        if not math.isfinite(raw) or raw != int(raw) or raw < 0:
            return bad("不是整数")
        if raw >= 1e15:
            return bad("超过 15 位，表格软件已经丢了末尾的数字")
        return str(int(raw)), None
    text = compact(str(raw)).lstrip("'`")
    if column.need.value in ("optional", "expected") and (text in _DASHES or text.casefold() in _ABSENT_WORDS):
        return None, Fault(rules.DASH, {"column": label, "value": clean(str(raw))})
    if _SCIENTIFIC.match(text) and "." in text:
        return bad("是科学计数法，末尾的数字已经丢失")
    if text.endswith(".0") and text[:-2].isdigit():
        text = text[:-2]
    if len(text) > _LONGEST_CODE or not _CODE.match(text):
        return bad("含有字母、数字、连字符以外的字符" if len(text) <= _LONGEST_CODE else "太长")
    return text, None


def _text(column: Column, raw: Raw, _: HeadUnit) -> Value:
    match raw:
        case bool():
            return ("是" if raw else "否"), None
        case int() | float():
            return shortest(float(raw)) if math.isfinite(raw) else str(raw), None
        case date() | timedelta() | clock():
            if column.need.value == "key":
                return None, Fault(rules.TURNED_INTO_DATE, {"column": column.label.zh, "value": typed(raw)})
            return raw.isoformat() if isinstance(raw, date) else str(raw), None
        case PercentCell():
            return typed(raw), None
    text = clean(str(raw))
    if len(text) > LONGEST_TEXT:
        parts = {"column": column.label.zh, "length": len(text), "limit": LONGEST_TEXT}
        return None, Fault(rules.TEXT_TOO_LONG, parts)
    return text or None, None


def _code_list(column: Column, raw: Raw, _: HeadUnit) -> Value:
    codes = column.codes
    assert codes is not None
    text = shortest(raw) if type(raw) is float else clean(str(raw))
    tried = (text, compact(text), compact(text).replace("(", "（").replace(")", "）"))
    for word in tried:
        if (code := codes.read(word)) is not None:
            return code, None
    pieces = {codes.read(piece) for piece in _CODE_AND_WORD.split(normalize("NFKC", text)) if _says(codes, piece)}
    if len(pieces) == 1 and (code := pieces.pop()) is not None:
        return code, None
    if compact(text) in _DASHES and column.need.value in ("optional", "expected"):
        return None, Fault(rules.DASH, {"column": column.label.zh, "value": text})
    labels = {code.label.zh: code.label.zh for code in codes.codes.values()}
    words = labels | {alias: code.label.zh for code in codes.codes.values() for alias in code.aliases}
    # A word and its denial look alike; one must never be suggested for the other.
    alike = [word for word in words if _denies(word) == _denies(text)]
    near = list(dict.fromkeys(words[word] for word in get_close_matches(compact(text)[:50], alike, 3, 0.6)))
    allowed = "、".join(list(labels)[:12]) + ("等" if len(labels) > 12 else "")
    parts = {
        "column": column.label.zh,
        "value": text[:80],
        "near": f"是不是“{'”还是“'.join(near)}”？" if near else "",
        "allowed": allowed,
    }
    return None, Fault(rules.NOT_IN_LIST, parts, near[0] if near else next(iter(labels), ""))


def _says(codes: CodeList, piece: str) -> bool:
    """Whether a piece of a cell says something in this list: 县级教育部门 beside a number of another list does."""
    words = (word for code in codes.codes.values() for word in (code.code, *code.aliases))
    return bool(piece) and (not piece.isdigit() or any(word.isdigit() for word in words))


def _denies(word: str) -> bool:
    return not _DENIALS.isdisjoint(word)


def _flag(column: Column, raw: Raw, _: HeadUnit) -> Value:
    if isinstance(raw, bool):
        return raw, None
    word = shortest(raw) if type(raw) is float else compact(str(raw)).casefold().rstrip("。.")
    if word in _YES:
        return True, None
    if word in _NO:
        return False, None
    if (word in _DASHES or word == "") and column.need.value in ("optional", "expected"):
        return None, Fault(rules.DASH, {"column": column.label.zh, "value": typed(raw)})
    return None, Fault(rules.NOT_YES_NO, {"column": column.label.zh, "value": typed(raw)}, "是")


def _date(column: Column, raw: Raw, _: HeadUnit) -> Value:
    def bad(why: str = "") -> Value:
        return None, Fault(rules.NOT_A_DATE, {"column": column.label.zh, "value": typed(raw), "why": why}, "2025-09-01")

    day: date | None = None
    match raw:
        case datetime():
            day = raw.date()
        case date():
            day = raw
        case bool() | timedelta() | clock() | PercentCell():
            return bad()
        case int() | float():
            if not math.isfinite(raw) or raw != int(raw):
                return bad()
            return _date_from_digits(column, raw, bad)
        case str():
            text = compact(raw)
            if column.need.value in ("optional", "expected") and (text in _DASHES or text in _ABSENT_WORDS):
                return None, Fault(rules.DASH, {"column": column.label.zh, "value": clean(raw)})
            match = _DATE.match(text) or _DATE_DIGITS.match(text)
            if not match:
                return bad("（缺少日）" if re.match(r"^\d{4}[-/.年]\d{1,2}月?$", text) else "")
            day = _day(*(int(part) for part in match.groups()))
    if day is None:
        return bad("（没有这一天）")
    return (day, None) if 1800 <= day.year <= 2200 else bad("（年份不可能）")


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _date_from_digits(column: Column, raw: float, bad: Callable[[str], Value]) -> Value:
    number = int(raw)
    if match := _DATE_DIGITS.match(str(number)):
        day = _day(*(int(part) for part in match.groups()))
        return (day, None) if day and 1800 <= day.year <= 2200 else bad("（没有这一天）")
    # A date whose cell lost its date format is Excel's count of days.
    if 10_000 <= number <= 80_000:
        return _EXCEL_FIRST_DAY + timedelta(days=number), None
    return bad("（只有年份）" if 1800 <= number <= 2200 else "")


def _year(column: Column, raw: Raw, _: HeadUnit) -> Value:
    label = column.label.zh
    example = "2025"

    def bad(why: str = "") -> Value:
        return None, Fault(rules.NOT_A_YEAR, {"column": label, "value": typed(raw), "why": why}, example)

    year: int | None = None
    if isinstance(raw, bool | date | timedelta | clock | PercentCell):
        return bad("（单元格是日期、百分数或逻辑值格式）")
    if isinstance(raw, int | float):
        if not math.isfinite(raw) or raw != int(raw):
            return bad()
        year = int(raw)
    else:
        text = compact(str(raw))
        if column.need.value in ("optional", "expected") and (text in _DASHES or text in _ABSENT_WORDS):
            return None, Fault(rules.DASH, {"column": label, "value": clean(str(raw))})
        if match := _YEAR.match(text.removesuffix(".0")):
            year = int(match[1])
        elif (match := _YEAR_SPAN.match(text)) and "学年" in label:
            year, following = int(match[1]), int(match[2])
            if (year + 1) % (100 if len(match[2]) == 2 else 10_000) != following:
                return bad("（起止年份不相连）")
    if year is None:
        return bad()
    low, high = column.minimum or 1900, column.maximum or 2100
    return (year, None) if low <= year <= high else bad(f"（应在 {low}—{high} 之间）")


_READERS: dict[ColumnType, Callable[[Column, Raw, HeadUnit], Value]] = {
    ColumnType.CODE: _code,
    ColumnType.TEXT: _text,
    ColumnType.CODE_LIST: _code_list,
    ColumnType.FLAG: _flag,
    ColumnType.DATE: _date,
    ColumnType.YEAR: _year,
    ColumnType.COUNT: _number,
    ColumnType.DECIMAL: _number,
}

Faults = list[tuple[int, Fault]]


def read_column(column: Column, raw: list[Raw], unit: HeadUnit) -> tuple[list[object], Faults]:
    """All cells of a column; the usual ones quickly, the odd ones by ``read_cell``."""
    faults: Faults = []
    low = column.minimum if column.minimum is not None else -math.inf
    high = column.maximum if column.maximum is not None else math.inf
    plain_count = column.type is ColumnType.COUNT and unit.size == 1 and not unit.missing
    plain_decimal = column.type is ColumnType.DECIMAL and unit.size.denominator == 1 and not unit.missing
    times = Decimal(unit.size.numerator)
    low_decimal = _EXACT.divide(Decimal(column.minimum), times) if column.minimum is not None else None
    high_decimal = _EXACT.divide(Decimal(column.maximum), times) if column.maximum is not None else None
    known: dict[object, object] = {}  # words of codes and texts come again and again
    values: list[object] = []
    for index, cell in enumerate(raw):
        kind = type(cell)
        if cell is None or cell == "":
            values.append(None)
            continue
        if kind is float:
            if plain_count and low <= cell <= high and cell.is_integer():  # type: ignore[operator,attr-defined]
                values.append(int(cell))  # type: ignore[call-overload]
                continue
            if plain_decimal and abs(cell) < 1e15:  # type: ignore[arg-type]
                text = repr(cell)
                number = Decimal(text)
                if (
                    len(text) <= DECIMAL_PLACES + 1
                    and "e" not in text
                    and (low_decimal is None or number >= low_decimal)
                    and (high_decimal is None or number <= high_decimal)
                ):
                    values.append(number if times == 1 else _EXACT.multiply(number, times))
                    continue
        elif kind is str and cell in known:
            values.append(known[cell])
            continue
        value, fault = read_cell(column, cell, unit)
        if fault is not None:
            faults.append((index, fault))
        elif kind is str:
            known[cell] = value
        values.append(value)
    return values, faults
