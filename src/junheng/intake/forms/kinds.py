"""A school that one sheet calls by the kind of its part (一贯制学校小学部) and another by the kind of the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from junheng.intake import rules
from junheng.intake.forms.mapping import load_forms
from junheng.intake.join import Piece
from junheng.tables.finding import Finding
from junheng.tables.model import CodeList, Tables

_KIND = "school_kind"
NamedPiece = tuple[str, Piece]  # the table's name, and the piece
Place = tuple[int, int]  # a piece, and a row in it


def kinds_of_whole_schools(pieces: Sequence[NamedPiece], tables: Tables) -> tuple[list[NamedPiece], list[Finding]]:
    """The pieces with the kind of the whole school where some sheet gives it, and what was replaced.

    A school that is only ever called by the kind of its part keeps it.
    """
    if not pieces:  # tables that no form fills need not have schools
        return [], []
    codes = tables["school"].columns[_KIND].codes
    parts = {kind for generation in load_forms().values() for kind in generation.part_kinds}
    if codes is None:
        return list(pieces), []
    wholes: dict[object, list[tuple[str, Place]]] = {}
    for place in _schools(pieces):
        code, kind = _said(pieces, place)
        if kind is not None and kind not in parts:
            wholes.setdefault(code, []).append((kind, place))
    found: list[Finding] = []
    kept = list(pieces)
    for at, row in _schools(pieces):
        code, kind = _said(pieces, (at, row))
        whole = next((own for own in wholes.get(code, ()) if kind in parts and _is_part(codes, kind, own[0])), None)
        if kind is None or whole is None:
            continue
        name, piece = kept[at]
        values = list(piece.columns[_KIND])
        values[row] = whole[0]
        kept[at] = name, replace(piece, columns={**piece.columns, _KIND: values})
        found.append(
            rules.KIND_OF_A_PART.finding(
                piece.address(row, _KIND),
                codes.zh(kind),
                code=code,
                value=codes.zh(kind),
                other=codes.zh(whole[0]),
                other_cell=pieces[whole[1][0]][1].address(whole[1][1], _KIND),
                cause=_KIND,
            )
        )
    return kept, found


def _schools(pieces: Sequence[NamedPiece]) -> list[Place]:
    return [(at, row) for at, (name, piece) in enumerate(pieces) if name == "school" for row in range(len(piece.rows))]


def _said(pieces: Sequence[NamedPiece], place: Place) -> tuple[object, str | None]:
    """A school's code and kind, as one sheet has them."""
    piece = pieces[place[0]][1]
    kind = piece.value(place[1], _KIND)
    return piece.value(place[1], "school_code"), kind if isinstance(kind, str) else None


def _is_part(codes: CodeList, part: str | None, whole: str) -> bool:
    """Whether the whole has the stages of the part and more."""
    return part is not None and set(codes.codes[part].stages) < set(codes.codes[whole].stages)
