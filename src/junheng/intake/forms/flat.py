"""The export with one row per school: its rows become rows of three tables of ours."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from junheng.intake import rules
from junheng.intake.forms.caption import stages_in
from junheng.intake.forms.figure import FormFigure, sum_of_cells
from junheng.intake.forms.flat_heads import COUNTY, FlatHeads, Taken, choose
from junheng.intake.forms.mapping import FormField, Generation, Term
from junheng.intake.heads import Names
from junheng.intake.join import Piece
from junheng.intake.rows import SheetRows, read_rows, read_total
from junheng.intake.sheet import Sheet
from junheng.intake.wording import key_of
from junheng.tables.finding import Finding
from junheng.tables.model import Column, Tables


@dataclass
class FlatRows:
    """What an export fills, by table, with its figures."""

    pieces: dict[str, Piece]
    figures: list[FormFigure]
    rows: SheetRows
    findings: list[Finding]
    lacking: list[tuple[FormField, str]]  # fields whose heads are not there, and the words that were looked for
    wider: list[tuple[FormField, Finding]]  # fields of which there is only a total that holds more
    stages: frozenset[str]


class FlatReader:
    """Reads the exports of one generation."""

    def __init__(self, name: str, generation: Generation, tables: Tables) -> None:
        self.name, self.generation, self.tables = name, generation, tables

    def read(
        self, sheet: Sheet, heads: FlatHeads, year: int, titles: Sequence[str], counties: Mapping[str, str]
    ) -> FlatRows:
        """Read all schools of an export.

        Args:
            titles: texts that may say the stage: titles, the names of sheet and file.
            counties: codes of the counties filed beside the export, by comparable name.
        """
        words = {stage.value: own for stage, own in self.generation.flat.stage_words.items()}
        said = frozenset(stages_in(tuple(titles), words))
        choice = choose(sheet, heads, self.generation, self.tables, said)
        rows = read_rows(sheet, choice.heads, Names(choice.heads.table))
        wider = [(field, self._wider_total(rows, field, index)) for field, index in choice.wider]
        out = FlatRows({}, [], rows, [*choice.findings, *rows.findings], choice.lacking, wider, said)
        if "school_code" not in rows.columns:  # two columns of codes; it has been said
            return out
        stages = self._stages_of_rows(rows, said)
        if None in stages:
            out.findings.append(rules.FLAT_WITHOUT_STAGE.finding(sheet.place, sheet=sheet.name, cause=sheet.place))
        self._fill(out, choice.taken, stages, year, counties)
        self._totals(out, choice.taken, sheet)
        return out

    def _stages_of_rows(self, rows: SheetRows, said: Collection[str]) -> list[str | None]:
        """The stage of each row: the one that the titles say, else the only one that the school's kind has."""
        if len(said) == 1:
            return [*said] * len(rows.rows)
        codes = self.tables["school"].columns["school_kind"].codes
        kinds = rows.columns.get("school_kind") or [None] * len(rows.rows)
        found: list[str | None] = []
        for kind in kinds:
            own = codes.codes[str(kind)].stages if codes and kind is not None else ()
            possible = [stage for stage in own if not said or stage in said]
            found.append(possible[0] if len(possible) == 1 else None)
        return found

    def _fill(
        self,
        out: FlatRows,
        chosen: Sequence[Taken],
        stages: Sequence[str | None],
        year: int,
        counties: Mapping[str, str],
    ) -> None:
        rows = out.rows
        count = len(rows.rows)
        by_table: dict[str, dict[str, list[object]]] = {"school": {}, "school_year": {}, "stage_year": {}}
        cells: dict[str, dict[str, str]] = {name: {} for name in by_table}
        for field, terms in chosen:
            if field.table not in by_table:
                continue
            column = self.tables[field.table].columns[field.column]
            stage_of = stages if field.table == "stage_year" else [""] * count
            values = [self._value(rows, field, column, terms, at, stage_of[at]) for at in range(count)]
            into = by_table[field.table]
            known = into.get(column.name)  # one of ours that two stages name differently
            into[column.name] = (
                values if known is None else [b if a is None else a for a, b in zip(known, values, strict=True)]
            )
            cells[field.table].setdefault(column.name, rows.letters[terms[0][1]])
            for other in field.with_columns:
                into[other] = [None if value is None else 0 for value in values]
                cells[field.table][other] = rows.letters[terms[0][1]]
            if field.with_columns:
                self._counted_together(out, field, column, terms[0][1])
            if column.type.is_number:
                self._figures(out, field, column, terms, stage_of)
        self._pieces(out, by_table, cells, stages, year, counties)

    def _value(
        self,
        rows: SheetRows,
        field: FormField,
        column: Column,
        terms: Sequence[tuple[Term, str]],
        at: int,
        stage: str | None,
    ) -> object:
        if not _asked(field, column, stage):
            return None
        found = [(term.sign, rows.columns[name][at]) for term, name in terms]
        if len(found) == 1:
            value = found[0][1]
            return value[: int(field.first)] if field.first is not None and isinstance(value, str) else value
        return sum_of_cells(column, found)

    def _counted_together(self, out: FlatRows, field: FormField, column: Column, name: str) -> None:
        rows = out.rows
        words = rows.heads.texts[rows.heads.columns[name]]
        cell = rows.sheet.address(rows.heads.last, rows.heads.columns[name])
        others = "、".join(f"“{self.tables[field.table].columns[name].label.zh}”" for name in field.with_columns)
        parts = {"words": words, "column": column.label.zh, "others": others}
        out.findings.append(rules.COUNTED_TOGETHER.finding(cell, words, cause=words, **parts))

    def _wider_total(self, rows: SheetRows, field: FormField, index: int) -> Finding:
        table = self.tables[field.table]
        column, words = table.columns[field.column], rows.heads.texts[index]
        parts = {"words": words, "column": column.label.zh, "table": table.label.zh, "header": column.header}
        cell = rows.sheet.address(rows.heads.last, index)
        return rules.TOTAL_HOLDS_MORE.finding(cell, words, cause=column.name, **parts)

    def _figures(
        self,
        out: FlatRows,
        field: FormField,
        column: Column,
        terms: Sequence[tuple[Term, str]],
        stages: Sequence[str | None],
    ) -> None:
        rows = out.rows
        for term, name in terms:
            for at, number in enumerate(rows.rows):
                if not _asked(field, column, stages[at]):
                    continue
                value = rows.columns[name][at]
                signed = term.sign * value if isinstance(value, int | Decimal) else None
                code = str(rows.columns["school_code"][at])
                out.figures.append(self._figure(out, field, column, name, code, stages[at] or "", signed, number - 1))

    def _figure(
        self,
        out: FlatRows,
        field: FormField,
        column: Column,
        name: str,
        code: str | None,
        stage: str,
        value: Decimal | int | None,
        row: int,
    ) -> FormFigure:
        rows = out.rows
        index = rows.heads.columns[name]
        words = (rows.heads.texts[index],)
        cell = rows.sheet.address(row, index)
        return FormFigure(
            self.name, rows.sheet.name, words, field.table, column.name, code, stage, value, column.unit, cell
        )

    def _totals(self, out: FlatRows, chosen: Sequence[Taken], sheet: Sheet) -> None:
        """The figures of total rows, which belong to no school."""
        rows = out.rows
        for field, terms in chosen:
            stage = next(iter(out.stages)) if field.table == "stage_year" and len(out.stages) == 1 else ""
            for term, name in terms:
                column = rows.heads.table.columns[name]
                if not column.type.is_number:
                    continue
                for number in rows.totals:
                    index = rows.heads.columns[name]
                    cells = sheet.rows[number]
                    value, _ = read_total(column, cells[index] if index < len(cells) else None, rows.heads)
                    signed = term.sign * value if isinstance(value, int | Decimal) else None
                    own = self.tables[field.table].columns[field.column]
                    out.figures.append(self._figure(out, field, own, name, None, stage, signed, number))

    def _pieces(
        self,
        out: FlatRows,
        by_table: Mapping[str, dict[str, list[object]]],
        cells: Mapping[str, Mapping[str, str]],
        stages: Sequence[str | None],
        year: int,
        counties: Mapping[str, str],
    ) -> None:
        rows = out.rows
        count = len(rows.rows)
        codes, letter = rows.columns["school_code"], rows.letters["school_code"]
        wanting = self._counties(out, by_table["school"], counties)
        place, file = rows.sheet.place, rows.sheet.file
        out.pieces["school"] = Piece(
            file, place, by_table["school"], cells["school"], rows.rows, wanting=wanting, of_form=True
        )
        keys: dict[str, list[object]] = {"school_code": codes, "school_year": [year] * count}
        whole = {**by_table["school_year"], **keys}
        out.pieces["school_year"] = Piece(
            file, place, whole, {"school_code": letter, **cells["school_year"]}, rows.rows, of_form=True
        )
        kept = [at for at, stage in enumerate(stages) if stage is not None]
        staged: dict[str, list[object]] = {**by_table["stage_year"], **keys, "stage": list(stages)}
        out.pieces["stage_year"] = Piece(
            file,
            place,
            {name: [values[at] for at in kept] for name, values in staged.items()},
            {"school_code": letter, **cells["stage_year"]},
            [rows.rows[at] for at in kept],
            of_form=True,
        )

    def _counties(
        self, out: FlatRows, school: dict[str, list[object]], counties: Mapping[str, str]
    ) -> dict[tuple[int, str], Finding]:
        """Give each school the code of the county that it names; say which names have no code."""
        rows = out.rows
        named = rows.columns.get(COUNTY)
        if named is None:
            return {}
        codes = school.get("county_code") or [None] * len(rows.rows)
        school["county_code"] = [
            code if code is not None else counties.get(key_of(str(name)))
            for code, name in zip(codes, named, strict=True)
        ]
        unknown: dict[str, list[int]] = {}
        for at, (code, name) in enumerate(zip(school["county_code"], named, strict=True)):
            if code is None and name is not None:
                unknown.setdefault(str(name), []).append(at)
        wanting: dict[tuple[int, str], Finding] = {}
        for name, places in unknown.items():
            cell = rows.sheet.address(rows.rows[places[0]] - 1, rows.heads.columns[COUNTY])
            label = self.tables["county"].label.zh
            found = rules.COUNTY_NOT_FOUND.finding(cell, name, cause=name, count=len(places), table=label)
            wanting |= {(at, "county_code"): found for at in places}
        return wanting


def _asked(field: FormField, column: Column, stage: str | None) -> bool:
    """Whether a row of that stage has the figure: not that of another stage, nor what is not asked of its stage."""
    if field.table != "stage_year":
        return True
    if stage is None or (field.stage is not None and field.stage.value != stage):
        return False
    return column.applies_to({"stage": stage})
