"""What was found about a figure, in words: the same in the table, beside the text and in Word's comments."""

from __future__ import annotations

from fractions import Fraction

from junheng.base.exact import plain
from junheng.base.terms import Label
from junheng.claims.claim import OPERATOR_SIGNS, Claim, Input, Met, Reason, Threshold
from junheng.claims.marking import Counts, mark_of
from junheng.claims.reasons import words
from junheng.documents.document import Document

# Enough to see on which side of a rounding a value lies, and no more.
_SHOWN_DECIMALS = 4

_NUMERALS = "〇零一二两三四五六七八九十"  # zh: data
_MET = {
    Met.YES: Label("达到", "met"),
    Met.NO: Label("没有达到", "not met"),
    Met.UNKNOWN: Label("不能确定", "not known"),
}


def say(label: Label, language: str) -> str:
    """A label in Chinese (``zh``) or English (``en``)."""
    return label.en if language == "en" else label.zh


def amount(value: Fraction | bool | None, unit: str, language: str = "zh") -> str:
    """A value with its unit; whether it is so for claims such as 逐年增长; empty when there is none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return say(Label("成立", "true") if value else Label("不成立", "not true"), language)
    return plain(value, _SHOWN_DECIMALS) + unit


def written_amount(claim: Claim) -> str:
    """The figure as the report writes it and what its unit adds; ratios and words such as 九成 stand alone."""
    written, unit = claim.written, claim.unit
    if ":" in written or "：" in written:
        return written
    if written[-1:].isdecimal() or written[-1:] in _NUMERALS:
        return written + unit
    # 64.8万 of 万元, 87.5% of %: part of the unit is written already.
    said = next((length for length in range(len(unit), 0, -1) if written.endswith(unit[:length])), len(unit))
    return written + unit[said:]


def input_words(given: Input, language: str = "zh") -> str:
    """A figure that was used: its name and amount, or that it is missing."""
    missing = say(Label("缺", "missing"), language)
    return f"{given.name} {amount(given.value, given.unit, language) or missing}"


def threshold_words(claim: Claim, language: str = "zh") -> str:
    """The limit that the text claims, whether it is met, and where the limit stands; empty without one."""
    limit = claim.threshold
    if limit is None:
        return ""
    parts = [f"“{limit.quote}”" if limit.quote else "", _limit(limit), limit.source]
    met = _MET[claim.threshold_met or Met.UNKNOWN]
    return say(Label("，", ", "), language).join([part for part in parts if part] + [say(met, language)])


def _limit(limit: Threshold) -> str:
    return "" if limit.value is None else f"{OPERATOR_SIGNS[limit.operator]} {amount(limit.value, limit.unit)}"


def why_words(claim: Claim, language: str = "zh") -> str:
    """Why; of a recomputed figure also whether it keeps the limit that it is said to meet."""
    why = words(claim.why, language)
    limit, met = claim.threshold, claim.threshold_met
    if limit is None or limit.value is None or met not in (Met.YES, Met.NO) or claim.why.template.startswith("limit_"):
        return why
    also = words(Reason(f"limit_also_{met.value}", {"limit": _limit(limit)}), language)
    return say(Label("；", "; "), language).join((why, also))


def reason_words(claim: Claim, language: str = "zh") -> str:
    """Why, the likely cause and the limit, on one line."""
    parts = [words(claim.why, language)]
    beside = (CAUSE, LIMIT) if _says_more(claim) else (CAUSE,)
    parts += [text for label, text in details(claim, language) if label in beside]
    return say(Label("；", "; "), language).join(parts)


def _says_more(claim: Claim) -> bool:
    """Whether the limit's own line has what the reason does not: reasons about limits give all but the article."""
    return not claim.why.template.startswith("limit_") or (claim.threshold is not None and bool(claim.threshold.source))


def account(claim: Claim, language: str = "zh") -> tuple[str, ...]:
    """Everything there is to say about a figure, line by line, the verdict first.

    Args:
        language: ``zh`` or ``en``; what is quoted from the report stays as it is.
    """
    colon = say(Label("：", ": "), language)
    lines = [f"{say(mark_of(claim).label, language)}{colon}{why_words(claim, language)}"]
    for label, text in details(claim, language):
        lines.append(f"{say(label, language)}{colon}{text}")
    return tuple(lines)


WRITTEN = Label("写的", "written")
RECOMPUTED = Label("重算", "recomputed")
USED = Label("所用数字", "from")
CAUSE = Label("可能的原因", "likely cause")
LIMIT = Label("标准", "limit")


def details(claim: Claim, language: str = "zh") -> tuple[tuple[Label, str], ...]:
    """What stands below the reason, by label; what there is nothing to say of is left out."""
    separator = say(Label("；", "; "), language)
    found = (
        (WRITTEN, written_amount(claim)),
        (RECOMPUTED, amount(claim.recomputed, claim.unit, language)),
        (USED, separator.join(_with_place(given, language) for given in claim.inputs)),
        (CAUSE, "" if claim.cause is None else words(claim.cause, language)),
        (LIMIT, threshold_words(claim, language)),
    )
    return tuple((label, text) for label, text in found if text)


def _with_place(given: Input, language: str) -> str:
    where = given.source or (f"“{given.quote}”" if given.quote else "")
    return input_words(given, language) + (f"（{where}）" if where else "")


def place_words(document: Document, claim: Claim, language: str = "zh") -> str:
    """Where a figure stands: what the file itself says (a page, a cell), the headings above it, else its paragraph."""
    piece = document.piece_at(claim.start)
    if piece is None:
        return claim.section
    headings = claim.section.split(" › ")
    if headings[0] == document.words(document.pieces[0]).strip():
        del headings[0]  # the title is above everything
    parts = [piece.place, " › ".join(headings)]
    if piece.cell is not None and not piece.place:
        cell = say(Label("表{table}第{row}行", "table {table} row {row}"), language)
        parts.append(cell.format(table=piece.cell.table, row=piece.cell.row + 1))
    said = " · ".join(part for part in parts if part)
    return said or say(Label("第{n}段", "paragraph {n}"), language).format(n=document.pieces.index(piece) + 1)


def summary_words(counts: Counts, language: str = "zh") -> str:
    """How many figures were found, could be checked, do not hold and miss a limit."""
    template = Label(
        "共 {figures} 处数字，可核对 {checkable} 处，不符 {inconsistent} 处，未达到标准 {missed} 处。",
        "{figures} figures, {checkable} could be checked, {inconsistent} do not hold, {missed} miss a limit.",
    )
    return say(template, language).format(
        figures=counts.figures, checkable=counts.checkable, inconsistent=counts.inconsistent, missed=counts.missed
    )
