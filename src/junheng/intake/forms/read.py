"""Official forms among the sheets that were sent: which they are, whose, of which year, and what they fill."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from junheng.intake import rules
from junheng.intake.forms.caption import Caption, form_by_title, read_caption
from junheng.intake.forms.figure import FormFigure
from junheng.intake.forms.flat import FlatReader
from junheng.intake.forms.flat_heads import FlatHeads, flat_heads, recognises
from junheng.intake.forms.gaps import FlatGap, Gaps
from junheng.intake.forms.mapping import load_forms
from junheng.intake.forms.school import Filled, FormReader, SchoolForm
from junheng.intake.join import Piece
from junheng.intake.rows import Tally
from junheng.intake.sheet import Sheet
from junheng.intake.wording import key_of
from junheng.tables.finding import Finding
from junheng.tables.model import Tables


@dataclass(frozen=True)
class FormSheet:
    """A sheet that is a form of one school (``number`` is that of the form), or an export of many (``heads``)."""

    sheet: Sheet
    caption: Caption
    generations: tuple[str, ...]  # those it may be of, the likeliest first
    number: str = ""
    heads: FlatHeads | None = None

    @property
    def label(self) -> str:
        """How messages call it."""
        return self.caption.printed_number or f"“{self.sheet.name}”"


@dataclass
class FormsRead:
    """All that the forms of one import fill and say."""

    pieces: list[tuple[str, Piece]] = field(default_factory=list)
    figures: list[FormFigure] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    tally: list[Tally] = field(default_factory=list)
    gaps: Gaps = field(default_factory=Gaps)


class Forms:
    """Recognises forms, and reads those of one import together."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self._flats = {name: FlatReader(name, entry, tables) for name, entry in load_forms().items()}

    def recognise(self, sheet: Sheet) -> FormSheet | Finding | None:
        """The form that a sheet is, by its number, by the words of an official export, or by its title and caption.

        A number of no form that is read is a finding.
        """
        heads = flat_heads(sheet)
        if heads and heads.official and (found := self.recognise_export(sheet, heads)):
            return found
        caption = read_caption(sheet)
        if caption.number:
            generation, number = caption.number
            if number in load_forms()[generation].forms:
                return FormSheet(sheet, caption, (generation,), number)
            return rules.FORM_UNKNOWN.finding(sheet.place, sheet=sheet.name, form=caption.printed_number)
        if not caption.is_of_form:
            return None
        titled: dict[str, str] = {}
        for name, entry in load_forms().items():
            if (titled_number := form_by_title(caption, entry)) is not None:
                titled[name] = titled_number
        if not titled:
            return None
        fitting = [name for name in titled if caption.year is None or load_forms()[name].holds_in(caption.year)]
        generation = (fitting or list(titled))[0]
        return FormSheet(sheet, caption, (generation,), titled[generation])

    def recognise_export(self, sheet: Sheet, heads: FlatHeads | None = None) -> FormSheet | None:
        """The export with one row per school that a sheet is, by its heads."""
        heads = heads or flat_heads(sheet)
        if heads is None:
            return None
        caption = read_caption(sheet)
        found = {name: recognises(sheet, heads, entry) for name, entry in load_forms().items()}
        fitting = sorted((name for name, count in found.items() if count), key=lambda name: -found[name])
        return FormSheet(sheet, caption, tuple(fitting), heads=heads) if fitting else None

    def read(self, sheets: Sequence[FormSheet], counties: Mapping[str, str]) -> FormsRead:
        """Read all forms of an import.

        Args:
            counties: codes of the counties filed beside them, by comparable name (``key_of``).
        """
        out = FormsRead()
        if not sheets:
            return out
        year = _one_year(sheets, out.findings)
        if year is None:
            return out
        schools: dict[str, list[SchoolForm]] = {}
        for sheet in sheets:
            own = sheet.caption.year or year
            out.findings += _other_year(sheet)
            generation = self._generation(sheet, own, out.findings)
            if sheet.heads is not None:
                self._export(sheet, sheet.heads, generation, own, counties, out)
                continue
            code = _code_of(sheet, sheets)
            if code is None:
                out.findings.append(rules.FORM_NO_SCHOOL.finding(sheet.sheet.place, form=sheet.label))
                continue
            reader = FormReader(generation, load_forms()[generation], self.tables)
            form = reader.read(sheet.sheet, sheet.number, code, own, sheet.caption.units)
            earlier = next((f for f in schools.get(code, ()) if (f.number, f.year) == (form.number, form.year)), None)
            if earlier is not None:
                parts = {"code": code, "form": form.label, "other_cell": earlier.sheet.place}
                out.findings.append(rules.FORM_TWICE.finding(sheet.sheet.place, cause=form.label, **parts))
                continue
            schools.setdefault(code, []).append(form)
        for code, forms in schools.items():
            self._school(code, forms, sheets, out)
        return out

    def _generation(self, sheet: FormSheet, year: int, findings: list[Finding]) -> str:
        """The generation a sheet is of; forms that were not in use in its year have to be explained."""
        known = load_forms()
        fitting = [name for name in sheet.generations if known[name].holds_in(year)]
        if sheet.heads is not None or fitting:
            return (fitting or list(sheet.generations))[0]
        name = sheet.generations[0]
        place, entry = sheet.caption.year_cell or sheet.sheet.place, known[name]
        findings.append(
            rules.FORM_OF_OTHER_YEARS.finding(
                place,
                str(year),
                form=sheet.label,
                generation=entry.label.zh,
                year=year,
                years=entry.years,
                cause=f"{name} {year}",
            )
        )
        return name

    def _export(
        self,
        sheet: FormSheet,
        heads: FlatHeads,
        generation: str,
        year: int,
        counties: Mapping[str, str],
        out: FormsRead,
    ) -> None:
        titles = (*sheet.caption.titles, PurePath(sheet.sheet.file).stem)
        read = self._flats[generation].read(sheet.sheet, heads, year, titles, counties)
        out.pieces += read.pieces.items()
        out.figures += read.figures
        out.findings += read.findings
        out.tally.append(replace(read.rows.tally, table="stage_year"))
        if not read.pieces:
            return
        out.gaps.exports.append(FlatGap(sheet.sheet.place, read.pieces, read.lacking, read.wider))
        out.gaps.covered |= set(read.pieces["school"].columns["school_code"])

    def _school(self, code: str, forms: Sequence[SchoolForm], sheets: Sequence[FormSheet], out: FormsRead) -> None:
        """What the forms of one school say of it; a stage that it does not have is left out with its zeros."""
        stages = self._stages(forms)
        captions = {sheet.sheet.place: sheet.caption for sheet in sheets}
        for form in forms:
            caption = captions[form.sheet.place]
            kept = {place: filled for place, filled in form.filled.items() if not place[1] or place[1] in stages}
            for (table, stage), filled in kept.items():
                out.pieces.append((table, _piece(form, caption, table, stage, filled)))
            out.figures += [figure for figure in form.figures if not figure.stage or figure.stage in stages]
            out.findings += form.findings
            out.tally += [
                Tally(form.sheet.file, form.sheet.place, table, 1, 1, 0, 0, 0) for table, _ in dict.fromkeys(kept)
            ]
        out.findings += _names(forms, sheets)
        out.gaps.schools[code] = (tuple(forms), frozenset(stages))

    def _stages(self, forms: Sequence[SchoolForm]) -> set[str]:
        """The stages of a school: those of its kind, and any other of which a form says more than zeros."""
        codes = self.tables["school"].columns["school_kind"].codes
        kind = next((kind for form in forms if (kind := form.school("school_kind"))), "")
        stages = set(codes.codes[kind].stages) if codes and kind else set()
        for form in forms:
            for (_, stage), filled in form.filled.items():
                if stage and any(entry.value for entry in filled.values()):
                    stages.add(stage)
        return stages


def _one_year(sheets: Sequence[FormSheet], findings: list[Finding]) -> int | None:
    """The school year of an import: every sheet that names one names the same."""
    dated = [sheet for sheet in sheets if sheet.caption.year is not None]
    if not dated:
        first = sheets[0]
        findings.append(rules.FORM_NO_YEAR.finding(first.sheet.place, form=first.label, cause="school_year"))
        return None
    # The year that most forms name is taken for the right one, so that the odd one out is blamed.
    years = Counter(sheet.caption.year for sheet in dated)
    first = max(dated, key=lambda sheet: years[sheet.caption.year])
    for other in dated:
        if other.caption.year != first.caption.year:
            findings.append(
                rules.FORM_YEARS_DIFFER.finding(
                    other.caption.year_cell or other.sheet.place,
                    other.caption.year_said.text if other.caption.year_said else "",
                    form=other.label,
                    year=other.caption.year,
                    other=first.caption.year,
                    other_cell=first.caption.year_cell or first.sheet.place,
                    cause="school_year",
                )
            )
    return first.caption.year


def _other_year(sheet: FormSheet) -> Iterator[Finding]:
    """A sheet or file that is named for another year than its form says."""
    if sheet.caption.other_year is not None:
        where, name, other = sheet.caption.other_year
        yield rules.NAMED_FOR_ANOTHER_YEAR.finding(
            sheet.caption.year_cell or sheet.sheet.place,
            name,
            form=sheet.label,
            year=sheet.caption.year,
            where=where,
            name=name,
            other=other,
            cause=name,
        )


def _code_of(sheet: FormSheet, sheets: Sequence[FormSheet]) -> str | None:
    """The school of a form: as its caption says, else the only one that the forms of the same file name.

    A caption that names the school by another name than theirs is of a school without a code.
    """
    if sheet.caption.code is not None:
        return sheet.caption.code.text
    beside = [
        other.caption for other in sheets if other.sheet.file == sheet.sheet.file and other.caption.code is not None
    ]
    codes = {caption.code.text for caption in beside if caption.code is not None}
    names = {key_of(caption.name.text) for caption in beside if caption.name is not None}
    own = sheet.caption.name
    return codes.pop() if len(codes) == 1 and (own is None or key_of(own.text) in names) else None


def _piece(form: SchoolForm, caption: Caption, table: str, stage: str, filled: Mapping[str, Filled]) -> Piece:
    """One row of a table, its columns anywhere in the form."""
    columns: dict[str, Sequence[object]] = {name: [entry.value] for name, entry in filled.items()}
    cells = {name: entry.cell for name, entry in filled.items()}
    columns["school_code"] = [form.code]
    if caption.code and caption.code.cell.startswith(f"{form.sheet.place}!"):
        cells["school_code"] = caption.code.cell.rpartition("!")[2]
    if table != "school":
        columns["school_year"] = [form.year]
        if caption.year_cell:
            cells["school_year"] = caption.year_cell.rpartition("!")[2]
    if table == "stage_year":
        columns["stage"] = [stage]
    return Piece(form.sheet.file, form.sheet.place, columns, {}, [1], [cells], of_form=True)


def _names(forms: Sequence[SchoolForm], sheets: Sequence[FormSheet]) -> Iterator[Finding]:
    """The name above a form is that of the school whose code stands beside it."""
    listed = next((name for form in forms if (name := form.school("school_name"))), "")
    places = {form.sheet.place for form in forms}
    for sheet in sheets:
        said = sheet.caption.name
        if listed and said and sheet.sheet.place in places and key_of(said.text) != key_of(listed):
            yield rules.NAME_DIFFERS.finding(
                said.cell, said.text, code=forms[0].code, listed=listed, value=said.text, cause="school_name"
            )
