"""How official forms map to tables, as it stands in ``junheng_standards/forms``: one YAML file per form generation.

What a figure is called, where it goes and what adds up to what is data; code knows only how forms are laid out. A path
of words is written ``专任教师 > 按学历分 > 本科``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, ValidationError, field_validator, model_validator

import junheng_standards
from junheng.base.terms import Label, Stage
from junheng.intake.errors import FormMappingError
from junheng.intake.wording import key_of, split_unit
from junheng.standards.library import read_yaml
from junheng.standards.source import Part, Source, WholeNumber

_SUMS = frozenset({"合计", "总计", "小计", "计"})


def comparable(words: Iterator[str] | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """Words of a path as they are compared; a sum under something named is that thing itself (班数 > 合计 is 班数)."""
    path = tuple(word for word in (key_of(split_unit(text)[0]) for text in words) if word)
    while len(path) > 1 and path[-1] in _SUMS:
        path = path[:-1]
    return path


def _paths(value: object) -> object:
    listed = value if isinstance(value, list | tuple) else [value]
    return tuple(tuple(word.strip() for word in path.split(">")) if isinstance(path, str) else path for path in listed)


def _path(value: object) -> object:
    return tuple(word.strip() for word in value.split(">")) if isinstance(value, str) else value


def _flattened(value: object) -> object:
    """Lists inside the list become part of it: what several forms share stands once, under an anchor."""
    if not isinstance(value, list):
        return value
    return [part for entry in value for part in (entry if isinstance(entry, list) else [entry])]


WordPath = Annotated[tuple[str, ...], BeforeValidator(_path)]
Alternatives = Annotated[tuple[tuple[str, ...], ...], BeforeValidator(_paths)]


class Term(Part):
    """One cell of a form: the row and the head that name it, each in any of several wordings."""

    row: Alternatives = ()
    head: Alternatives = ()
    sign: Literal[1, -1] = 1
    optional: bool = Field(False, description="not in every version of the form; then it adds nothing")


class FormField(Part):
    """A column of ours, and the cell or cells of the form that it is made of."""

    to: str = Field(description="table.column")
    stage: Stage | None = Field(None, description="where the form itself is of no stage, or of several")
    terms: tuple[Term, ...] = Field(description="one cell may be written short, as row and head of the field itself")
    otherwise: tuple[Term, ...] = Field((), description="where else the figure stands when it is not there")
    first: WholeNumber | None = Field(None, description="only its first signs (the county in a longer code)")
    with_columns: tuple[str, ...] = Field(
        (),
        description="columns whose figures are inside this one; where the form tells one apart, this is not taken",
    )
    wider: Alternatives = Field(
        (), description="totals (rows of a list, heads of an export) that hold more than the column: named, never taken"
    )
    optional: bool = Field(False, description="not every version of the form has it")
    source: Source | None = Field(None, description="where it differs from the form's")

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: object) -> object:
        if isinstance(value, Mapping) and "terms" not in value:
            cell = {name: value[name] for name in ("row", "head") if name in value}
            rest = {name: entry for name, entry in value.items() if name not in cell}
            return {**rest, "terms": [cell]}
        return value

    @field_validator("to")
    @classmethod
    def _named(cls, value: str) -> str:
        if value.count(".") != 1:
            raise ValueError(f"须写成 表.列，这里是 {value}")
        return value

    @property
    def table(self) -> str:
        return self.to.split(".")[0]

    @property
    def column(self) -> str:
        return self.to.split(".")[1]


Fields = Annotated[tuple[FormField, ...], BeforeValidator(_flattened)]


class Whole(Part):
    """What adds up: the parts make the whole, to 0.01."""

    whole: WordPath
    parts: tuple[WordPath, ...]
    along: Literal["rows", "heads"] = Field("rows", description="whether the words are those of rows or of heads")
    source: Source | None = None


class Form(Part):
    """One form: its title, how it is laid out, what is taken from it and what adds up in it."""

    title: str
    titles: tuple[str, ...] = Field((), description="other titles it goes by")
    layout: Literal["grid", "list"] = Field(description="rows by heads; or labels, each with its value beside it")
    stage: Stage | None = None
    blocks: Mapping[Stage, str] = Field({}, description="rows stand in blocks by stage: each field is taken from each")
    fields: Fields
    wholes: tuple[Whole, ...] = ()
    words: Literal["seen", "inferred", "general"] = Field(description="how sure the words of rows and heads are")
    source: Source = Field(description="where number and content of the form were read")

    def placed(self) -> Iterator[tuple[FormField, Stage | None]]:
        """Every field with the stage it is of; the fields of a form in blocks once for each block."""
        for field in self.fields:
            if not self.blocks:
                yield field, field.stage or self.stage
                continue
            for stage, block in self.blocks.items():
                if field.stage in (None, stage):
                    inside = [_inside(terms, block) for terms in (field.terms, field.otherwise)]
                    yield field.model_copy(update={"terms": inside[0], "otherwise": inside[1]}), stage

    @cached_property
    def row_words(self) -> frozenset[str]:
        """Last words of all rows that are looked for."""
        fields = [field for field, _ in self.placed()]
        paths = [path for field in fields for term in (*field.terms, *field.otherwise) for path in term.row]
        paths += [path for field in fields for path in field.wider]
        return frozenset(comparable(path)[-1] for path in paths)

    @cached_property
    def block_words(self) -> frozenset[str]:
        """Words that stand over further rows."""
        terms = (term for field, _ in self.placed() for term in (*field.terms, *field.otherwise))
        paths = [comparable(path) for term in terms for path in term.row]
        for entry in self.wholes:
            if entry.along == "rows":
                paths += [comparable(path) for path in (entry.whole, *entry.parts)]
        return frozenset(word for path in paths for word in path[:-1]) | {
            comparable((block,))[0] for block in self.blocks.values()
        }


def _inside(terms: tuple[Term, ...], block: str) -> tuple[Term, ...]:
    return tuple(
        term.model_copy(update={"row": tuple((block, *path) for path in term.row) or ((block,),)}) for term in terms
    )


class Flat(Part):
    """The export with one row per school, one file per stage."""

    stage_words: Mapping[Stage, tuple[str, ...]] = Field(description="words of a title or file name that say the stage")
    county_name: Alternatives = Field(description="the head of the county's name")
    fields: Fields
    source: Source


class Generation(Part):
    """The forms that were in use over the same years."""

    label: Label
    prefix: str = Field(description="what stands before the number of a form")
    since: WholeNumber | None = Field(None, description="first school year")
    until: WholeNumber | None = Field(None, description="last school year")
    neutral: tuple[str, ...] = Field(description="words that group heads and change nothing of what is counted")
    forms: Mapping[str, Form]
    part_kinds: tuple[str, ...] = Field(
        (), description="kinds that name a part of a school whose kind may stand elsewhere"
    )
    flat: Flat
    source: Source

    def holds_in(self, year: int) -> bool:
        """Whether these forms were in use in a school year."""
        return (self.since is None or year >= self.since) and (self.until is None or year <= self.until)

    @property
    def years(self) -> str:
        """``2012—2020``, or ``2021 起``."""
        return f"{self.since}—{self.until}" if self.until is not None else f"{self.since} 起"

    @cached_property
    def neutral_words(self) -> frozenset[str]:
        return frozenset(key_of(word) for word in self.neutral)


@lru_cache(maxsize=1)
def load_forms() -> Mapping[str, Generation]:
    """All form generations by the name of their file, the newest first.

    Raises:
        FormMappingError: a file does not read.
    """
    found: dict[str, Generation] = {}
    for file in sorted((junheng_standards.FOLDER / "forms").glob("*.yaml")):
        raw: dict[str, Any] = read_yaml(file)
        raw.pop("shared", None)  # holds the anchors of what several entries repeat; YAML has put it in their places
        try:
            found[file.stem] = Generation.model_validate(raw)
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(str(word) for word in first["loc"])
            raise FormMappingError(file=file.name, place=place, reason=first["msg"]) from error
    return dict(sorted(found.items(), key=lambda item: -(item[1].since or 0)))
