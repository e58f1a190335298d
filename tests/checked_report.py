"""A report of our own with what a checker would say of it: every mark, a shared quote, a quote in a table."""

from __future__ import annotations

from fractions import Fraction

from junheng.claims.claim import Claim, Input, Met, Reason, Threshold, Verdict
from junheng.documents.document import Cell, Document, Kind, Piece

WHY = Reason("nothing_to_compare")
LINES = (
    ("溪口中心小学办学条件自查报告", Kind.TITLE, 0),
    ("一、基本情况", Kind.HEADING, 1),
    ("学校有学生620人，教职工、专任教师分别为52人、48人，占地面积12400平方米，生均20平方米。", Kind.BODY, 0),
    ("二、图书", Kind.HEADING, 1),
    ("馆藏图书17980册，生均40册，达到省定不少于30册的标准。计算机xx台。<b>另见下表</b> & 附注", Kind.BODY, 0),
    ("每百名学生拥有网络多媒体教室2.1间，达到2.3间以上的要求。", Kind.BODY, 0),
)
TABLE = (("年级", "学生数"), ("一至三年级", "310"), ("四至六年级", "320"), ("合计", "620"))


def report() -> Document:
    """The report: title, headings, paragraphs and one table."""
    lines, pieces, start = [], [], 0
    cells = [(words, Kind.CELL, 0, Cell(1, r, c)) for r, row in enumerate(TABLE) for c, words in enumerate(row)]
    for words, kind, level, cell in [(*line, None) for line in LINES] + cells:
        pieces.append(Piece(start, start + len(words), kind, level, cell))
        lines.append(words)
        start += len(words) + 1
    return Document("溪口小学自查.txt", "\n".join(lines) + "\n", tuple(pieces))


def find(text: str, quote: str, nth: int = 0) -> int:
    """Where a quote stands."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(quote, start + 1)
    return start


def used(text: str, name: str, value: object, unit: str, quote: str, nth: int = 0) -> Input:
    """A figure of the text that another is computed from."""
    return Input(name, None if value is None else Fraction(str(value)), unit, quote, find(text, quote, nth))


def claim(text: str, quote: str, claimed: object, unit: str, verdict: Verdict, *inputs: Input, **more: object) -> Claim:
    """A finding, as the checker would make it."""
    value = claimed if claimed is None or isinstance(claimed, bool) else Fraction(str(claimed))
    known = {
        "section": "",
        "relation": "",
        "written": str(claimed),
        "recomputed": None,
        "threshold": None,
        "threshold_met": None,
        "why": WHY,
    } | more
    start = find(text, quote, known.pop("nth", 0))
    return Claim(quote=quote, start=start, claimed=value, unit=unit, inputs=inputs, verdict=verdict, **known)


def claims() -> tuple[Claim, ...]:
    """What is said about the figures of the report, in text order."""
    text = report().text
    pupils = used(text, "学生", 620, "人", "学生620人")
    both = "教职工、专任教师分别为52人、48人"
    books = used(text, "图书", 17980, "册", "图书17980册")
    return (
        claim(text, "学生620人", 620, "人", Verdict.CONSISTENT, section="一、基本情况", recomputed=Fraction(620)),
        claim(text, both, 52, "人", Verdict.NOT_CHECKABLE, section="一、基本情况"),
        claim(text, both, 48, "人", Verdict.CONSISTENT, section="一、基本情况", relation="part_whole"),
        claim(
            text,
            "生均20平方米",
            20,
            "平方米/生",
            Verdict.CONSISTENT,
            used(text, "占地面积", 12400, "平方米", "占地面积12400平方米"),
            pupils,
            section="一、基本情况",
            relation="per_capita",
            recomputed=Fraction(20),
        ),
        claim(
            text,
            "生均40册",
            40,
            "册/生",
            Verdict.INCONSISTENT,
            books,
            pupils,
            section="二、图书",
            relation="per_capita",
            recomputed=Fraction(17980, 620),
            threshold=Threshold(">=", Fraction(30), "册/生", "达到省定不少于30册的标准"),
            threshold_met=Met.NO,
            cause=WHY,
        ),
        claim(text, "计算机xx台", None, "台", Verdict.NOT_CHECKABLE, section="二、图书", written="xx"),
        claim(
            text,
            "每百名学生拥有网络多媒体教室2.1间",
            "2.1",
            "间/百生",
            Verdict.NOT_CHECKABLE,
            section="二、图书",
            threshold=Threshold(">=", Fraction("2.3"), "间/百生", "达到2.3间以上的要求", "第七条"),
            threshold_met=Met.NO,
        ),
        claim(
            text,
            "620",
            620,
            "人",
            Verdict.INCONSISTENT,
            used(text, "一至三年级", 310, "人", "310"),
            Input("四至六年级", Fraction(320), "人", "320", find(text, "320")),
            Input("上年学生", Fraction(600), "人", "", -1, "县数据.xlsx 学校!C5"),
            section="二、图书",
            relation="sum",
            recomputed=Fraction(630),
            nth=1,
        ),
    )
