"""Figures that people have checked by hand (a gold set): what they found, and where it stands in the texts."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from junheng.base.errors import JunhengError
from junheng.base.terms import Label
from junheng.claims.claim import Met, Verdict

_TABLE, _TEXTS = "claims.csv", "texts"
_COLUMNS = (
    "id", "text_file", "section", "quote", "claim_type", "claimed_value", "inputs", "recomputed_value", "verdict",
    "threshold_met", "note",
)  # fmt: skip
_NUMBER = re.compile(r"\d[\d,]*(?:[.。]\d+)?")
_NOT_IN_TEXT = Label("材料里没有这句话", "the text does not have it")
_NO_LIST = Label("应是 JSON 列表，每项有 quote", "it must be a JSON list of objects with quote")
_UNKNOWN_WORD = Label("只能是 {allowed}", "it must be one of {allowed}")


class GoldMissingError(JunhengError):
    """The folder is not one of hand-checked figures."""

    code = "JH-K020"
    zh = "{folder} 里没有 {missing}。标注文件夹应有 claims.csv 和 texts 文件夹（每份材料一个 .txt）。请核对路径。"
    en = (
        "{folder} has no {missing}. A folder of checked figures has claims.csv, and the texts in texts. Check the path."
    )


class GoldRowError(JunhengError):
    """A row of claims.csv says what cannot be."""

    code = "JH-K021"
    zh = "claims.csv 中 {row} 的 {column} 写着“{value}”：{reason}。请改正这一行再试。"
    en = "Row {row} of claims.csv has “{value}” as its {column}: {reason}. Correct the row and try again."


@dataclass(frozen=True, slots=True)
class GoldRow:
    """One figure as a person judged it.

    Attributes:
        quote, claim_type, claimed, verdict, note: as in claims.csv; masked values stay as they are (``xx``).
        threshold_met: None where no limit is claimed.
        start: where its quote begins in its text.
    """

    id: str
    text_file: str
    section: str
    quote: str
    claim_type: str
    claimed: str
    verdict: Verdict
    threshold_met: Met | None
    recomputed: str
    note: str
    start: int

    @property
    def number(self) -> tuple[int, int]:
        """Where its digits stand; the whole quote where the value is not printed as it is (四个, 九成)."""
        for found in _NUMBER.finditer(self.quote):
            if found.group().replace(",", "").replace("。", ".") == self.claimed:
                return self.start + found.start(), self.start + found.end()
        return self.start, self.start + len(self.quote)


Row = Mapping[str, str]
Word = TypeVar("Word", bound=StrEnum)


def read_gold(folder: Path, texts: Mapping[str, str]) -> tuple[GoldRow, ...]:
    """The rows of ``claims.csv``.

    Args:
        folder: as ``text_files`` asks for it.
        texts: the text of each file, in which quotes are found.

    Raises:
        GoldMissingError: the table lacks a column.
        GoldRowError: a row names no verdict, or its quote is not in its text.
    """
    with (folder / _TABLE).open(encoding="utf-8-sig", newline="") as table:
        reader = csv.DictReader(table)
        rows = list(reader)
    absent = [column for column in _COLUMNS if column not in (reader.fieldnames or ())]
    if absent:
        columns = Label(f"{_TABLE} 的列 {'、'.join(absent)}", f"columns {', '.join(absent)} in {_TABLE}")
        raise GoldMissingError(folder=folder, missing=columns)
    starts = _starts(rows, texts)
    return tuple(_row(row, start) for row, start in zip(rows, starts, strict=True))


def text_files(folder: Path) -> tuple[Path, ...]:
    """The texts of a gold set, by name.

    Raises:
        GoldMissingError: it is none.
    """
    for name in (_TABLE, _TEXTS):
        if not (folder / name).exists():
            raise GoldMissingError(folder=folder, missing=name)
    return tuple(sorted((folder / _TEXTS).glob("*.txt")))


def _row(row: Row, start: int) -> GoldRow:
    return GoldRow(
        id=row["id"],
        text_file=row["text_file"],
        section=row["section"],
        quote=row["quote"],
        claim_type=row["claim_type"],
        claimed=row["claimed_value"],
        verdict=_word(row, "verdict", Verdict),
        threshold_met=_word(row, "threshold_met", Met) if row["threshold_met"] else None,
        recomputed=row["recomputed_value"],
        note=row["note"],
        start=start,
    )


def _word(row: Row, column: str, words: type[Word]) -> Word:
    try:
        return words(row[column])
    except ValueError as error:
        allowed = "、".join(words)
        reason = Label(*(template.format(allowed=allowed) for template in _UNKNOWN_WORD))
        raise GoldRowError(row=row["id"], column=column, value=row[column], reason=reason) from error


def _starts(rows: Sequence[Row], texts: Mapping[str, str]) -> list[int]:
    """Where each quote begins. One that a text repeats is looked for in the row's own section, whose place the quotes
    that stand only once give away."""
    places = [_places(row["quote"], texts.get(row["text_file"], "")) for row in rows]
    found = []
    for row, possible in zip(rows, places, strict=True):
        if not possible:
            raise GoldRowError(row=row["id"], column="quote", value=row["quote"], reason=_NOT_IN_TEXT)
        if len(possible) == 1:
            found.append(possible[0])
            continue
        same = [other for other in rows if (other["text_file"], other["quote"]) == (row["text_file"], row["quote"])]
        sections = list(dict.fromkeys(other["section"] for other in same))
        if len(sections) == len(possible):  # rows follow the text
            found.append(possible[sections.index(row["section"])])
            continue
        anchors = [*_anchors(row, rows, places), *_input_places(row, texts)]
        found.append(min(possible, key=lambda place: min((abs(place - anchor) for anchor in anchors), default=0)))
    return found


def _anchors(row: Row, rows: Sequence[Row], places: Sequence[Sequence[int]]) -> Iterator[int]:
    """Where other quotes of the same section stand that occur once."""
    for other, possible in zip(rows, places, strict=True):
        if len(possible) == 1 and (other["text_file"], other["section"]) == (row["text_file"], row["section"]):
            yield possible[0]


def _input_places(row: Row, texts: Mapping[str, str]) -> Iterator[int]:
    """Where the figures stand that a row is computed from, if they occur once."""
    try:
        quotes = [given["quote"] for given in json.loads(row["inputs"] or "[]")]
    except (KeyError, TypeError, ValueError) as error:
        raise GoldRowError(row=row["id"], column="inputs", value=row["inputs"], reason=_NO_LIST) from error
    for quote in quotes:
        possible = _places(quote, texts[row["text_file"]])
        if len(possible) == 1:
            yield possible[0]


def _places(quote: str, text: str) -> list[int]:
    return [found.start() for found in re.finditer(re.escape(quote), text)] if quote else []
