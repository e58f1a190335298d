"""The document as one page with a mark on every figure and the reasoning beside it; needs nothing else to be shown."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from html import escape
from importlib import resources

from junheng.base.terms import Label
from junheng.claims.account import (
    CAUSE,
    LIMIT,
    USED,
    amount,
    details,
    input_words,
    place_words,
    say,
    summary_words,
    why_words,
    written_amount,
)
from junheng.claims.claim import Claim, Input
from junheng.claims.headings import heading_levels
from junheng.claims.marking import Mark, Only, count, mark_of, selected
from junheng.claims.reasons import words
from junheng.claims.stretches import Stretch, covering_by_piece, stretches
from junheng.documents.document import Document, Piece

_GRAVITY = {mark: place for place, mark in enumerate(Mark)}
_TITLE = Label("数字核对", "Figures checked")
_TO_LOOK_AT = Label("需要看的 {n} 处", "{n} to look at")
_NOTHING = Label("没有发现不符的数字。", "No figure was found that does not hold.")
_NOT_CHECKED = Label("无法核对 {n} 处", "{n} cannot be checked")


def annotated_html(document: Document, claims: Sequence[Claim], only: Only = Only.ALL, language: str = "zh") -> str:
    """The text of a document as HTML with its figures marked and explained.

    Args:
        claims: what ``check_document`` said about this document, in text order.
        only: which figures are marked; the counts are always of all.
        language: of the reasons, ``zh`` or ``en``.
    """
    page = _Page(document, selected(claims, only), language)
    style = resources.files("junheng.claims").joinpath("annotated.css").read_text(encoding="utf-8")
    title = f"{say(_TITLE, language)} · {escape(document.name)}"
    # The text comes from anybody: whatever it holds, nothing is loaded and no script runs.
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}"><title>{title}</title><style>{style}</style>'
    )
    body = [*page.head(claims), "<main>", *page.blocks(), "</main>"]
    tag = "en" if language == "en" else "zh-CN"
    return (
        f'<!doctype html>\n<html lang="{tag}">\n<head>{head}</head>\n<body>\n'
        + "\n".join(body)
        + "\n</body>\n</html>\n"
    )


class _Page:
    """One page being written. Figures are numbered from 1: ``m3`` is a figure in the text, ``n3`` the note on it."""

    def __init__(self, document: Document, claims: Sequence[Claim], language: str) -> None:
        self.document = document
        self.claims = claims
        self.language = language
        self.marks = [mark_of(claim) for claim in claims]
        self.covering = covering_by_piece(document, claims)
        self.used = sorted({given.start for claim in claims for given in claim.inputs if given.start >= 0})
        self.headings = heading_levels(document, claims)
        self.begun: set[int] = set()

    def head(self, every: Sequence[Claim]) -> Iterator[str]:
        counts = count(every)
        yield f'<header><p class="kind">{say(_TITLE, self.language)}</p><h1>{escape(self.document.name)}</h1>'
        yield f'<p class="counts">{summary_words(counts, self.language)}</p>'
        yield '<ul class="legend">'
        for mark in Mark:
            yield f'<li><span class="figure {mark}">{mark.symbol} {say(mark.label, self.language)}</span></li>'
        yield "</ul>"
        grave = [n for n, mark in enumerate(self.marks, start=1) if mark in (Mark.WRONG, Mark.MISSED)]
        if not grave:
            yield f"<p>{say(_NOTHING, self.language)}</p></header>"
            return
        yield f'<h2>{say(_TO_LOOK_AT, self.language).format(n=len(grave))}</h2><ol class="grave">'
        for n in grave:
            claim, mark = self.claims[n - 1], self.marks[n - 1]
            now = amount(claim.recomputed, claim.unit, self.language)
            change = f"{written_amount(claim)} → {now}" if now else written_amount(claim)
            place = place_words(self.document, claim, self.language)
            quote = f'<b class="{mark}">{mark.symbol} {escape(_shown(claim.quote))}</b>'
            yield (
                f'<li value="{n}"><a href="#n{n}">{quote}</a> '
                f"<span>{escape(change)}</span> <small>{escape(place)}</small></li>"
            )
        yield "</ol></header>"

    def blocks(self) -> Iterator[str]:
        """Each paragraph, or whole table, with the notes on its figures."""
        place = ""
        for pieces in _blocks(self.document):
            here = pieces[0].place
            if here and here != place and pieces[0].cell is None:
                yield f'<p class="place">{escape(here)}</p>'
                place = here
            if pieces[0].cell is not None:
                text = self._table(pieces)
            else:
                level = self.headings.get(pieces[0])
                tag = "p" if level is None else f"h{min(level + 2, 6)}"
                text = f"<{tag}>{self._text(pieces[0])}</{tag}>"
            own = {figure for piece in pieces for figure in self.covering.get(piece, ())}
            begun = sorted(own - self.begun)
            self.begun |= own
            notes = f"<aside>{''.join(self._notes(begun))}</aside>" if begun else ""
            yield f'<section><div class="text">{text}</div>{notes}</section>'

    def _text(self, piece: Piece) -> str:
        cuts = self.used[bisect_left(self.used, piece.start) : bisect_left(self.used, piece.end)]
        return "".join(self._stretch(stretch, cuts) for stretch in stretches(piece, self.covering.get(piece, {}), cuts))

    def _stretch(self, stretch: Stretch, used: Sequence[int]) -> str:
        html = escape(self.document.text[stretch.start : stretch.end], quote=False)
        if stretch.figures:
            gravest = min(stretch.figures, key=lambda figure: (_GRAVITY[self.marks[figure]], figure))
            mark, claim = self.marks[gravest], self.claims[gravest]
            ended = [f for f in stretch.figures if self.claims[f].end == stretch.end and self.marks[f] is not Mark.OPEN]
            numbers = f' data-n="{" ".join(str(figure + 1) for figure in sorted(ended))}"' if ended else ""
            why = escape(f"{say(mark.label, self.language)}：{why_words(claim, self.language)}")
            html = f'<a class="figure {mark}" href="#n{gravest + 1}"{numbers} title="{why}">{html}</a>'
        ids = [f"m{figure + 1}" for figure in stretch.figures if self.claims[figure].start == stretch.start]
        if stretch.start in used:
            ids.append(f"t{stretch.start}")
        for anchor in ids:
            html = f'<span id="{anchor}">{html}</span>'
        return html

    def _table(self, pieces: Sequence[Piece]) -> str:
        """The cells of one table where they stand; a place without text is an empty cell."""
        by_place = {(piece.cell.row, piece.cell.column): piece for piece in pieces if piece.cell is not None}
        cells = [piece.cell for piece in pieces if piece.cell is not None]
        rows = range(min(cell.row for cell in cells), max(cell.row + cell.rows for cell in cells))
        columns = range(max(cell.column + cell.columns for cell in cells))
        taken = {
            (row, column)
            for cell in cells
            for row in range(cell.row, cell.row + cell.rows)
            for column in range(cell.column, cell.column + cell.columns)
        }
        lines = []
        for row in rows:
            line = []
            for column in columns:
                piece = by_place.get((row, column))
                if piece is not None and piece.cell is not None:
                    spans = f' rowspan="{piece.cell.rows}"' if piece.cell.rows > 1 else ""
                    spans += f' colspan="{piece.cell.columns}"' if piece.cell.columns > 1 else ""
                    line.append(f"<td{spans}>{self._text(piece)}</td>")
                elif (row, column) not in taken:
                    line.append("<td></td>")
            lines.append(f"<tr>{''.join(line)}</tr>")
        return f'<div class="table"><table>{"".join(lines)}</table></div>'

    def _notes(self, figures: Sequence[int]) -> Iterator[str]:
        """What is wrong stands open, what holds folds, what could not be checked is one folded list."""
        for figure in figures:
            mark = self.marks[figure]
            if mark is Mark.OPEN:
                continue
            tag, top = ("details", "summary") if mark is Mark.HOLDS else ("article", "h3")
            yield (
                f'<{tag} class="note {mark}" id="n{figure + 1}"><{top}>{self._line(figure)}</{top}>'
                f"{self._reasoning(self.claims[figure])}</{tag}>"
            )
        still_open = [figure for figure in figures if self.marks[figure] is Mark.OPEN]
        if still_open:
            heading = say(_NOT_CHECKED, self.language).format(n=len(still_open))
            yield f'<details class="note {Mark.OPEN}"><summary>{Mark.OPEN.symbol} {heading}</summary><ul>'
            for figure in still_open:
                claim = self.claims[figure]
                limit = [text for label, text in details(claim, self.language) if label is LIMIT]
                said = escape(" ".join([words(claim.why, self.language), *limit]))
                link = f'<a href="#m{figure + 1}">{escape(_shown(claim.quote))}</a>'
                yield f'<li id="n{figure + 1}">{link} {said}</li>'
            yield "</ul></details>"

    def _line(self, figure: int) -> str:
        mark, quote = self.marks[figure], escape(_shown(self.claims[figure].quote))
        word = say(mark.label, self.language)
        return f'<b>{mark.symbol} {word}</b> <a href="#m{figure + 1}"><i>{figure + 1}</i> {quote}</a>'

    def _reasoning(self, claim: Claim) -> str:
        rows = []
        for label, text in details(claim, self.language):
            if label is USED:
                html = "<ul>" + "".join(f"<li>{self._input(given)}</li>" for given in claim.inputs) + "</ul>"
            else:
                html = escape(text)
            strong = ' class="cause"' if label is CAUSE else ""
            rows.append(f"<dt>{say(label, self.language)}</dt><dd{strong}>{html}</dd>")
        return f"<p>{escape(why_words(claim, self.language))}</p><dl>{''.join(rows)}</dl>"

    def _input(self, given: Input) -> str:
        said = escape(input_words(given, self.language))
        if given.start >= 0:
            return f'<a href="#t{given.start}" title="{escape(given.quote)}">{said}</a>'
        return f"{said} <small>{escape(given.source)}</small>" if given.source else said


def _blocks(document: Document) -> Iterator[list[Piece]]:
    """Pieces one by one, and the cells of a table together."""
    block: list[Piece] = []
    for piece in document.pieces:
        same = block and piece.cell and block[0].cell and piece.cell.table == block[0].cell.table
        if block and not same:
            yield block
            block = []
        block.append(piece)
    if block:
        yield block


def _shown(quote: str) -> str:
    """A quote on one line."""
    return " ".join(quote.split())
