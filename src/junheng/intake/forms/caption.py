"""What stands above a form: its number and title, whose it is, which year, and the unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePath

from junheng.intake.cells import MergedCell, Raw, is_blank, typed
from junheng.intake.forms.mapping import Generation, load_forms
from junheng.intake.heads import units_of_caption
from junheng.intake.sheet import Sheet
from junheng.intake.wording import clean, key_of

CAPTION_ROWS = 12
_TITLE_ROWS = 4
_LONGEST_TITLE = 60
# Digits, letters and signs of full width read as of half width; brackets stay, they belong to names.
_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in "（）"}
_CODE = re.compile(r"标识码\s*[:：]\s*([0-9A-Za-z][0-9A-Za-z_-]{2,63})")
_BARE_CODE = re.compile(r"^[0-9A-Za-z][0-9A-Za-z_-]{2,63}$")
_CODE_LABEL = re.compile(r"^(?:学校|机构|学校[（(]机构[)）])?标识码\s*[:：]?$")
_NAME = re.compile(
    r"(?:学校|机构|学校[（(]机构[)）])名称\s*[:：]\s*(.+?)"
    r"(?=\s*(?:(?:学校|机构|学校[（(]机构[)）])?标识码|表\s*号|单位\s*[:：]|填报|制表|制定|批准|有效|\d{4}\s*(?:[/-]\s*\d{4})?\s*学年)|\s{3,}|$)"
)
_NAME_LABEL = re.compile(r"^(?:学校|机构|学校[（(]机构[)）])名称\s*[:：]?$")
_YEAR = re.compile(r"(?<!\d)(\d{4})\s*(?:学?年?\s*[/-]\s*(\d{4})\s*)?学年")
_OF_CAPTION = re.compile(
    r"表\s*号|名称\s*[:：]|单位\s*[:：]|\d{4}.{0,8}学年|制定机关|批准|有效期|填报|制表|日期\s*[:：]"
)
_WORDS_OF_TIME = re.compile(r"\d{4}(?:[/-]\d{4})?学年(?:度)?初?|20\d\d年?")


@dataclass(frozen=True)
class Said:
    """Something that a sheet says, and the cell that says it (empty when it is the name of the sheet or file)."""

    text: str
    cell: str = ""


@dataclass(frozen=True)
class Caption:
    """What a sheet says of itself before its figures begin."""

    number: tuple[str, str] | None  # generation (empty when the number is of none that we know) and number
    printed_number: str
    titles: tuple[str, ...]
    code: Said | None
    name: Said | None
    year: int | None
    year_said: Said | None
    units: tuple[str, ...]
    named_years: tuple[tuple[str, str, int], ...] = ()  # 工作表名 or 文件名, that name, the year in it

    @property
    def other_year(self) -> tuple[str, str, int] | None:
        """The name of sheet or file that says another year than the cells do."""
        return next((named for named in self.named_years if named[2] != self.year), None)

    @property
    def year_cell(self) -> str:
        """The cell that names the year; empty when the name of the sheet or file does."""
        return self.year_said.cell if self.year_said else ""

    @property
    def is_of_form(self) -> bool:
        """Whether more than a title makes it a form: a school's code or a school year."""
        return self.code is not None or self.year is not None


def is_of_caption(text: str) -> bool:
    """Whether a text above the figures speaks of the whole form: its number, unit, school year or who filed it."""
    return bool(_OF_CAPTION.search(text))


def folded(text: str) -> str:
    return text.translate(_HALF)


def read_caption(sheet: Sheet) -> Caption:
    """Read the first rows, the sheet's name and the file's name; what stands in the sheet comes first."""
    number: tuple[str, str] | None = _number(folded(sheet.name))
    printed = number[0] if number else ""
    titles: list[str] = [sheet.name]
    code: Said | None = None
    name: Said | None = None
    year: int | None = None
    year_said: Said | None = None
    rows: list[list[str]] = []
    for at, row in enumerate(sheet.rows[:CAPTION_ROWS]):
        cells = [(index, folded(_text(cell))) for index, cell in enumerate(row) if _text(cell)]
        rows.append([text for _, text in cells])
        alone = len({text for _, text in cells}) == 1
        for place, (index, text) in enumerate(cells):
            following = cells[place + 1] if place + 1 < len(cells) else None
            if (found := _number(text)) and ("表号" in key_of(text) or alone or _label_before(cells, place)):
                number, printed = found, found[0]
            if at < _TITLE_ROWS and len(text) <= _LONGEST_TITLE and len(cells) <= 3 and ":" not in text:
                titles.append(text)
            if code is None and (match := _CODE.search(text)):
                code = Said(match[1], sheet.address(at, index))
            elif code is None and following and _CODE_LABEL.match(text) and _BARE_CODE.match(following[1]):
                code = Said(following[1], sheet.address(at, following[0]))
            if name is None and (match := _NAME.search(text)):
                name = Said(clean(match[1]), sheet.address(at, index))
            elif name is None and following and _NAME_LABEL.match(text):
                name = Said(clean(following[1]), sheet.address(at, following[0]))
            if year is None and (found_year := year_in(text)):
                year, year_said = found_year, Said(sheet.shown(at, index), sheet.address(at, index))
    names = (("工作表名", sheet.name), ("文件名", PurePath(sheet.file).stem))
    found_years = ((what, text, year_in(_numbers().sub(" ", folded(text)))) for what, text in names)
    named = tuple((what, text, found) for what, text, found in found_years if found is not None)
    year = year or next((found for _, _, found in named), None)
    known = (_generation(number[0]), number[1]) if number else None
    whole = f"{printed}{number[1]}" if number else ""
    return Caption(known, whole, tuple(titles), code, name, year, year_said, tuple(units_of_caption(rows)), named)


def _text(cell: Raw) -> str:
    if is_blank(cell) or isinstance(cell, MergedCell):
        return ""
    return typed(cell).strip()


def _label_before(cells: list[tuple[int, str]], place: int) -> bool:
    return place > 0 and key_of(cells[place - 1][1]) == "表号"


@lru_cache(maxsize=1)
def _numbers() -> re.Pattern[str]:
    """A form's number; a school year may stand right behind it (教基51762022学年)."""
    prefixes = sorted((entry.prefix for entry in load_forms().values()), key=len, reverse=True)
    return re.compile(f"({'|'.join(prefixes)})\\s*(\\d{{3,4}}?)(?=\\d{{4}}\\s*学年|(?!\\d))")


def _number(text: str) -> tuple[str, str] | None:
    match = _numbers().search(text)
    return (match[1], match[2]) if match else None


def _generation(prefix: str) -> str:
    return next(name for name, entry in load_forms().items() if entry.prefix == prefix)


def year_in(text: str) -> int | None:
    """The school year that a text names: ``2023学年初``, ``2023/2024学年初``; None when it names none or two."""
    years = set()
    for match in _YEAR.finditer(text):
        first = int(match[1])
        if match[2] and int(match[2]) != first + 1:
            return None
        years.add(first)
    return years.pop() if len(years) == 1 else None


def form_by_title(caption: Caption, generation: Generation) -> str | None:
    """The form of a generation that a title names: exactly, else the longest title that stands within it."""
    titles = {key_of(word): number for number, form in generation.forms.items() for word in (form.title, *form.titles)}
    said = [key_of(_WORDS_OF_TIME.sub("", _numbers().sub("", folded(text)))) for text in caption.titles]
    exact = {titles[text] for text in said if text in titles}
    if exact:
        return exact.pop() if len(exact) == 1 else None
    within = [word for text in said for word in titles if len(word) >= 5 and word in text]
    longest = max(within, key=len, default="")
    return titles.get(longest)


def stages_in(texts: Iterator[str] | tuple[str, ...], words: dict[str, tuple[str, ...]]) -> set[str]:
    """The stages whose words stand in any of the texts; 中小学 and 义务教育 are of none."""
    found: set[str] = set()
    for text in texts:
        rest = key_of(text).replace("中小学", "")
        found |= {stage for stage, own in words.items() if any(word in rest for word in own)}
    return found
