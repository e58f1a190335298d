"""The figures of a document as JSON with a published schema: what ``--format json`` prints."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel

from junheng.base.exact import half_up
from junheng.claims.account import why_words
from junheng.claims.claim import Claim, Met, Threshold, Verdict
from junheng.claims.reasons import words
from junheng.documents.document import Document

Number = int | float
# More would be digits that only a division brought.
_DECIMALS = 6


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FigureInput(_Entry):
    """A figure that the recomputation used."""

    name: str
    value: Number | None = Field(description="null when it is masked or missing")
    unit: str
    quote: str
    start: int | None = Field(description="offset of quote in the text; null when it stands elsewhere")
    source: str = Field("", description="where it stands when not in the text: a file and cell, a snapshot and key")


class FigureThreshold(_Entry):
    """A limit that the figure is said to meet."""

    operator: Literal[">=", ">", "<=", "<", "="]
    value: Number | None = Field(description="null when the text names a standard without its number")
    unit: str
    quote: str = Field(description="the words of the text that claim it")
    source: str = Field(description="article of the chosen standard; empty when the text gives the limit")


class Figure(_Entry):
    """One figure of the document and what was found about it."""

    quote: str = Field(description="exact text")
    start: int = Field(description="offset of quote in the document's text, in characters from 0")
    section: str = Field(description="the headings above it, outermost first, joined by ' › '")
    relation: str = Field(description="id of the relation that judged it; empty when none applies")
    claimed: bool | Number | None = Field(description="in unit; true for words such as 逐年增长; null when masked")
    unit: str
    inputs: tuple[FigureInput, ...]
    recomputed: bool | Number | None = Field(description="in unit, at most 6 decimals")
    verdict: Verdict
    threshold: FigureThreshold | None
    threshold_met: Met | None = Field(description="null without a threshold")
    why: str
    cause: str | None = Field(description="why it may be wrong")
    written: str = Field(description="the figure as printed")
    against: str = Field(
        description="compared with: text or data; a figure of which both say something is listed twice"
    )


class Figures(RootModel[tuple[Figure, ...]]):
    """The figures of one document, in text order."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"$id": "urn:junheng:figures:1"})


class DocumentFigures(_Entry):
    """The figures of one of several documents."""

    document: str = Field(description="the file's name, without folders")
    figures: tuple[Figure, ...]


class FiguresOfDocuments(RootModel[tuple[DocumentFigures, ...]]):
    """What is printed when several documents are checked at once, in the order asked for."""

    model_config = ConfigDict(frozen=True, json_schema_extra={"$id": "urn:junheng:figures-of-documents:1"})


def figures(claims: Sequence[Claim], language: str = "zh") -> Figures:
    """The published form of what was found about one document; reasons in ``zh`` or ``en``."""
    return Figures(tuple(_figure(claim, language) for claim in claims))


def figures_of_documents(
    checked: Sequence[tuple[Document, Sequence[Claim]]], language: str = "zh"
) -> FiguresOfDocuments:
    """The same for several documents at once."""
    entries = (
        DocumentFigures(document=document.name, figures=figures(claims, language).root) for document, claims in checked
    )
    return FiguresOfDocuments(tuple(entries))


def _figure(claim: Claim, language: str) -> Figure:
    return Figure(
        quote=claim.quote,
        start=claim.start,
        section=claim.section,
        relation=claim.relation,
        claimed=_value(claim.claimed),
        unit=claim.unit,
        inputs=tuple(
            FigureInput(
                name=given.name,
                value=_number(given.value),
                unit=given.unit,
                quote=given.quote,
                start=given.start if given.start >= 0 else None,
                source=given.source,
            )
            for given in claim.inputs
        ),
        recomputed=_value(claim.recomputed),
        verdict=claim.verdict,
        threshold=None if claim.threshold is None else _threshold(claim.threshold),
        threshold_met=claim.threshold_met,
        why=why_words(claim, language),
        cause=None if claim.cause is None else words(claim.cause, language),
        written=claim.written,
        against=claim.against,
    )


def _threshold(limit: Threshold) -> FigureThreshold:
    return FigureThreshold.model_validate(
        {
            "operator": limit.operator,
            "value": _number(limit.value),
            "unit": limit.unit,
            "quote": limit.quote,
            "source": limit.source,
        }
    )


def _value(value: Fraction | bool | None) -> bool | Number | None:
    return value if isinstance(value, bool) else _number(value)


def _number(value: Fraction | None) -> Number | None:
    if value is None:
        return None
    return value.numerator if value.denominator == 1 else float(half_up(value, _DECIMALS))
