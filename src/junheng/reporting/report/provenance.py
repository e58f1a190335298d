"""数据与依据: the small print at the end of every report, from which it could be made again."""

from __future__ import annotations

from junheng.reporting.report.blocks import Block, Paragraph
from junheng.reporting.report.report import Report
from junheng.reporting.report.runs import Quote, Text, listed, say


def provenance_blocks(report: Report) -> tuple[Block, ...]:
    """Small print that says which data, standard, day and version a report was made from, and its checksum."""
    return tuple(Paragraph(line, "note") for line in provenance_lines(report).values())


def provenance_lines(report: Report) -> dict[str, Text]:
    """The lines of the small print by what they speak of; those that have nothing to say are left out.

    Their numbers are names of things (``Quote``), not figures: they were not judged. A report that is refreshed has
    these lines written again as a whole.
    """
    lines: dict[str, list[Text]] = {
        "data": _data(report),
        "standard": _standard(report),
        "others": _others(report),
        "made": [_made(report)],
        "redacted": [("本稿是脱敏版，隐去了一部分名称或数值，不作为报送材料。",)] if report.redacted else [],
    }
    return {name: said for name, found in lines.items() for said in found}


def _data(report: Report) -> list[Text]:
    made = report.provenance
    said: list[Text] = []
    if made.school_year is not None:
        said.append(say("{year}学年数据", year=Quote(f"{made.school_year}—{made.school_year + 1}")))
    if made.snapshot:
        said.append(("快照", Quote(made.snapshot)))
    elif not report.redacted:  # there it was left out
        said.append(("数据未入库，没有快照编号",))
    if made.day is not None:
        said.append(("评估日期", Quote(f"{made.day.year}年{made.day.month}月{made.day.day}日")))
    return [say("数据与依据：{said}。", said=listed(said, "，"))] if said else []


def _standard(report: Report) -> list[Text]:
    made = report.provenance
    if not made.standard:
        return []
    label = (
        (Quote(made.standard_label), "（", Quote(made.standard), "）") if made.standard_label else Quote(made.standard)
    )
    text = say("评估标准：{label}。", label=label)
    if made.gate:
        text += say("先决条件按{gate}判定。", gate=Quote(made.gate))
    if made.relaxed:
        text += say("启用的宽限条款：{relaxed}。", relaxed=listed(Quote(label) for _, label in made.relaxed))
    if made.inferred:
        text += say("其中{count}条规则没有见到原文，依据转述录入。", count=Quote(str(made.inferred)))
    return [text]


def _others(report: Report) -> list[Text]:
    if report.redacted:
        return []  # plans and files are often called after their county
    named = [
        (Quote(name), "（", Quote(source), "）") if source else (Quote(name),)
        for name, source in report.provenance.others
    ]
    return [say("另用数据：{named}。", named=listed(named))] if named else []


def _made(report: Report) -> Text:
    return say(
        "由均衡（Junheng）{version}生成；校验码{checksum}。",
        version=Quote(report.provenance.version),
        checksum=Quote(report.checksum),
    )
