"""Find the head of a table in a sheet, however it is laid out, and which column each head names."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property

from junheng.intake.cells import MergedCell, Raw, is_blank, typed
from junheng.intake.sheet import Sheet
from junheng.intake.wording import bare_unit, compact, key_of, split_unit
from junheng.tables.model import Column, Table, Tables
from junheng.tables.units import how_many

SEARCHED_ROWS = 25
_DEEPEST = 3
_SUM_WORDS = frozenset({"合计", "小计", "总计", "计", "总数", "总和", "数量", "人数", "数"})
# Levels above a head that only group heads and change nothing of what is counted.
_GROUPS = re.compile(
    r"^(?:教基?\d{4}|合计|总计|计|其中|学校|学校概况|(?:学校)?基本(?:情况|信息)|学生|学生情况|班级|班级情况|教师|教师情况|教师队伍|师资|师资情况"
    r"|按(?:学历|授课课程|课程|学科|专业技术职务|职称|班额|年级|用途)分|学历|职称|专业技术职务|授课课程|任教学科"
    r"|占地面积及其他办学条件|其他办学条件|校舍|校舍情况|校舍及设施|设施|设施设备|教学设施|场地|经费|经费情况)$"
)
# Levels that are a whole themselves: below them only their own parts are meant.
_WHOLES = {
    "专任教师": ("teachers", "teachers_*", "backbone_teachers", "certified_teachers"),
    "教职工": ("staff", "teachers"),
    "在校生": ("pupils", "grade_?", "migrant_pupils", "boarders", "zone_pupils"),
    "在校学生": ("pupils", "grade_?", "migrant_pupils", "boarders", "zone_pupils"),
    "学生": ("pupils", "grade_?", "migrant_pupils", "boarders", "zone_pupils"),
    "班": ("classes", "classes_*", "largest_class"),
    "班级": ("classes", "classes_*", "largest_class"),
    "班额": ("classes_*", "largest_class"),
    "班额分布": ("classes_*", "largest_class"),
    "艺术": ("teachers_music", "teachers_fine_arts"),
    "骨干教师": ("backbone_teachers",),
    "教学及辅助用房": ("teaching_area", "indoor_sports_area", "*_room_area", "lab_area", "library_area"),
    "建筑": ("building_area", "teaching_area", "indoor_sports_area"),
    "校舍建筑": ("building_area", "teaching_area", "indoor_sports_area"),
    "校舍": ("building_area", "teaching_area", "indoor_sports_area"),
    "占地": ("land_area", "sports_ground_area"),
    "学校占地": ("land_area", "sports_ground_area"),
    "计算机": ("computers",),
    "数字终端": ("computers",),
}
_TITLE = re.compile(r"表|日期")
_CAPTION = re.compile(r"单位|日期|填报|填表|制表|[:：]")
_TITLE_LENGTH = 8
# Columns that templates and clerks add for the eye; they are no data and need no remark.
HELPERS = frozenset(
    {"序号", "编号", "行号", "一级指标", "二级指标", "事项内容", "佐证材料", "分值"}
    | {"学校名称", "学校", "校名", "县名称", "no", "#", "核对"}
)


@dataclass(frozen=True)
class Heads:
    """Where a table's columns stand in a sheet (zero-based)."""

    table: Table
    first: int
    last: int
    columns: dict[str, int]
    units: dict[str, str]
    texts: dict[int, str]
    twice: dict[str, list[int]]
    unknown: list[int]
    helpers: dict[str, int]

    @property
    def has_key(self) -> bool:
        return all(name in self.columns for name in self.table.key)


class Names:
    """The heads that a table's columns may go by."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.columns: dict[str, str] = {}
        for words in (self._labels, self._aliases):
            for column in table.columns.values():
                for word in words(column):
                    self.columns.setdefault(key_of(split_unit(word)[0]), column.name)

    @staticmethod
    def _labels(column: Column) -> Sequence[str]:
        return (column.label.zh, column.header)

    @staticmethod
    def _aliases(column: Column) -> Sequence[str]:
        return (*column.aliases, column.name, column.label.en)

    def find(self, parts: Sequence[str], sheet: str = "") -> str | None:
        """The column that a head means, from its levels top to bottom.

        The last levels alone mean it only where those above say nothing else: 上学年 > 在校生数 is no column of ours.
        """
        if not parts:
            return None
        tries = [("".join(parts), 0), (parts[-1], len(parts) - 1)]
        if len(parts) > 1:
            above = len(parts) - 2
            tries += [(parts[-2] + parts[-1], above), (parts[-1] + parts[-2], above)]
            if parts[-1] in _SUM_WORDS:
                tries.append((parts[-2], above))
        return next(
            (
                column
                for word, above in tries
                if (column := self.columns.get(word)) and all(self.groups(p, column, sheet) for p in parts[:above])
            ),
            None,
        )

    def groups(self, level: str, column: str, sheet: str = "") -> bool:
        """Whether a level above the head of ``column`` leaves it what it is."""
        if _GROUPS.match(level) or level in (key_of(self.table.label.zh), key_of(sheet)):
            return True
        wholes = _WHOLES.get(level) or _WHOLES.get(level.removesuffix("数").removesuffix("面积"), ())
        return any(fnmatchcase(column, whole) for whole in wholes)

    @cached_property
    def labels(self) -> dict[str, str]:
        """Every word a head may be → the label to suggest for it."""
        return {word: self.table.columns[name].header for word, name in self.columns.items()}


class Recogniser:
    """Which table a sheet is."""

    def __init__(self, tables: Tables) -> None:
        self.names = {table.name: Names(table) for table in tables.tables.values()}
        self._by_title = {
            key_of(word): table.name
            for table in tables.tables.values()
            for word in (table.name, table.label.en, table.label.zh)
        }

    def by_name(self, sheet: str) -> tuple[str | None, bool]:
        """The table a sheet's name says, and whether it says exactly that."""
        title = key_of(sheet)
        if title in self._by_title:
            return self._by_title[title], True
        inside = {table for word, table in self._by_title.items() if len(word) > 1 and word in title}
        longest = max((word for word in self._by_title if word in title and len(word) > 1), key=len, default="")
        return (self._by_title[longest] if inside else None), False

    def recognise(self, sheet: Sheet) -> tuple[str | None, Heads | None]:
        """The table and its heads, by name, else by heads; a table alone when only the name says so."""
        named, exactly = self.by_name(sheet.name)
        if named:
            heads = find_heads(sheet, self.names[named])
            if heads and (exactly or heads.has_key):
                return named, heads
            if exactly:
                return self._by_heads(sheet) or (named, None)
        return self._by_heads(sheet) or (None, None)

    def _by_heads(self, sheet: Sheet) -> tuple[str, Heads] | None:
        found = [heads for names in self.names.values() if (heads := find_heads(sheet, names)) and heads.has_key]
        # A head is no table: the key and at least one thing said about it.
        found = [heads for heads in found if len(heads.columns) > len(heads.table.key)]
        if not found:
            return None
        best = max(found, key=lambda heads: (len(heads.columns), len(heads.table.key)))
        rivals = [heads for heads in found if len(heads.columns) == len(best.columns) and heads is not best]
        if any(len(heads.table.key) == len(best.table.key) for heads in rivals):
            return None
        return best.table.name, best


def find_heads(sheet: Sheet, names: Names) -> Heads | None:
    """The head rows that name the most columns of the table, None when no two are named together."""
    grid = head_texts(sheet)
    width = max((len(row) for row in grid), default=0)
    best: tuple[int, int, int] | None = None
    for bottom in range(len(grid)):
        if not any(grid[bottom]):
            continue
        for depth in range(1, min(_DEEPEST, bottom + 1) + 1):
            rows = grid[bottom - depth + 1 : bottom + 1]
            matched = {names.find(levels(rows, column)[0], sheet.name) for column in range(width)} - {None}
            score = (len(matched), -depth, -bottom)
            if len(matched) >= min(2, len(names.table.columns)) and (best is None or score > best):
                best = score
    return _heads(sheet, names, grid, width, -best[2], -best[1]) if best else None


def _heads(sheet: Sheet, names: Names, grid: list[list[str]], width: int, bottom: int, depth: int) -> Heads:
    rows = grid[bottom - depth + 1 : bottom + 1]
    title_units = units_of_caption(grid[: bottom - depth + 1])
    columns: dict[str, int] = {}
    units: dict[str, str] = {}
    texts: dict[int, str] = {}
    twice: dict[str, list[int]] = {}
    unknown: list[int] = []
    helpers: dict[str, int] = {}
    unit_row = _unit_row(grid, bottom + 1)
    keys = {index for index in range(width) if names.find(levels(rows, index)[0], sheet.name) in names.table.key}
    above = _above(grid[max(0, bottom - _DEEPEST) : bottom - depth + 1], keys)
    for index in range(width):
        parts, unit = levels(rows, index)
        texts[index] = " ".join(dict.fromkeys(row[index] for row in rows if index < len(row) and row[index]))
        name = names.find(parts, sheet.name)
        if name is not None and any(not names.groups(level, name, sheet.name) for level in above.get(index, ())):
            name = None
            texts[index] = " ".join((*above[index], texts[index]))
        if name is None:
            word = parts[-1].removesuffix("不必填").removesuffix("只读") if parts else ""
            if word in HELPERS:
                helpers[word] = index
            else:
                unknown.append(index)
            continue
        if name in columns:
            twice.setdefault(name, [columns[name]]).append(index)
            continue
        columns[name] = index
        units[name] = unit or unit_row.get(index, "") or _title_unit(names.table.columns[name], title_units)
    last = bottom + (1 if unit_row else 0)
    return Heads(names.table, bottom - depth + 1, last, columns, units, texts, twice, unknown, helpers)


def _above(rows: Sequence[Sequence[str]], keys: set[int]) -> dict[int, list[str]]:
    """By column, what rows above the heads say of some of the columns; titles and captions speak of all."""
    found: dict[int, list[str]] = {}
    for row in rows:
        texts = {text for text in row if text}
        if not texts:
            found.clear()
        if any(_CAPTION.search(text) for text in texts):
            continue
        of_keys = {row[index] for index in keys}
        for index, text in enumerate(row):
            alone = len(texts) == 1 and (len(text) > _TITLE_LENGTH or _TITLE.search(text))
            if text and not alone and text not in of_keys:
                found.setdefault(index, []).append(key_of(split_unit(text)[0]).removeprefix("其中"))
    return found


def head_texts(sheet: Sheet) -> list[list[str]]:
    """The words of the first rows, with merged heads written into every column they cover."""
    grid = [[_word(cell) for cell in row] for row in sheet.rows[:SEARCHED_ROWS]]
    width = max((len(row) for row in grid), default=0)
    for row in grid:
        row.extend([""] * (width - len(row)))
    for (top, left), (_, right) in sheet.merged:
        if top < len(grid) and left < width:
            for column in range(left + 1, min(right, width - 1) + 1):
                grid[top][column] = grid[top][column] or grid[top][left]
    return grid


def _word(cell: Raw) -> str:
    return "" if is_blank(cell) or isinstance(cell, MergedCell) else typed(cell).strip()


def grouped(sheet: Sheet, texts: Sequence[Sequence[str]], rows: Collection[int]) -> list[list[str]]:
    """The head rows of those numbers; where none is merged, a word of a group goes on over the heads below it."""
    found = [list(texts[at]) for at in sorted(rows)]
    if any(top in rows and right > left for (top, left), (_, right) in sheet.merged):
        return found
    for at, row in enumerate(found[:-1]):
        for index in range(1, len(row)):
            if not row[index] and any(below[index] for below in found[at + 1 :]):
                row[index] = row[index - 1]
    return found


def levels(rows: Sequence[Sequence[str]], column: int) -> tuple[list[str], str]:
    """The levels of a head as comparable words, and its unit."""
    parts: list[str] = []
    unit = ""
    for row in rows:
        text = row[column]
        if not text:
            continue
        if parts and (alone := bare_unit(text)):
            unit = alone
            continue
        words, own = split_unit(text)
        unit = own or unit
        word = key_of(words).removeprefix("其中")
        if word and (not parts or parts[-1] != word):
            parts.append(word)
    return parts, unit


def _unit_row(grid: list[list[str]], row: int) -> dict[int, str]:
    """Units written in a row of their own below the heads."""
    if row >= len(grid):
        return {}
    filled = {index: text for index, text in enumerate(grid[row]) if text and compact(text) not in ("-", "/")}
    units = {index: bare_unit(text) for index, text in filled.items()}
    return units if filled and all(units.values()) else {}


def units_of_caption(rows: Sequence[Sequence[str]]) -> list[str]:
    """Units that a line above the table gives for all of it: ``单位：万元、㎡``."""
    found: list[str] = []
    for text in {text for row in rows for text in row if "单位" in text}:
        after = compact(text).split("单位", 1)[1].lstrip(":").rstrip(")】]")
        for sign in ",;/":
            after = after.replace(sign, "、")
        found += [word for word in after.split("、") if bare_unit(word)]
    return found


def _title_unit(column: Column, units: Sequence[str]) -> str:
    if not column.form_unit:
        return ""
    fitting = {unit for unit in units if how_many(column.unit, unit) is not None and unit != "个"}
    return fitting.pop() if len(fitting) == 1 else ""
