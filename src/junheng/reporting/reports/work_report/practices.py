"""主要做法: what figures show was done, each field under a heading of its own; nothing is claimed without a figure."""

from __future__ import annotations

from collections.abc import Iterator

from junheng.base.outcome import Outcome
from junheng.reporting.facts.county_year import CountyYear
from junheng.reporting.facts.facts import Facts, size
from junheng.reporting.report.blocks import Block, Heading, Paragraph
from junheng.reporting.report.runs import Figure, Quote, Text, say
from junheng.reporting.wording.phrases import joined, quoted


def practices(facts: Facts) -> Iterator[Block]:
    """Funds, teachers, children who need care, admission, management; fields without a figure are left out."""
    now = facts.now
    if not now.standard.stages:  # what follows is of compulsory education
        return
    fields = (
        ("落实教育经费", _funds(now)),
        ("加强教师队伍建设", _teachers(now)),
        ("保障特殊群体接受教育", _children(now)),
        ("规范招生入学", _admission(now)),
        ("对照标准逐项落实", _management(now)),
    )
    for title, clauses in fields:
        if told := joined(clauses):
            yield Heading((title,), level=2)
            yield Paragraph((*told, "。"))


def _known(template: str, **figures: Figure) -> Text:
    """The clause where all of its figures are known."""
    return say(template, **figures) if all(figure.value is not None for figure in figures.values()) else ()


def _cell(year: CountyYear, column: str) -> Figure:
    return year.filed.cell("county_year", column)


def _funds(year: CountyYear) -> Iterator[Text]:
    funds, last = year.form_funds, year.form_funds.last

    def amount_of(column: str) -> Figure:
        return year.filed.cell("finance_year", column, fiscal_year=last)

    label, amount = funds.label(last), amount_of("appropriation")
    growth, revenue = funds.growth("appropriation", last), funds.growth("recurrent_revenue", last)
    if amount.value is not None:
        text: Text = say("{year}义务教育财政拨款{amount}", year=label, amount=amount)
        if growth.value:
            way = "增长" if growth.value > 0 else "下降"
            text = (*text, *say("，比上年{way}{growth}", way=way, growth=size(growth)))
            if revenue.value is not None and growth.value > revenue.value > 0:
                text = (*text, *say("，高于财政经常性收入{revenue}的增幅", revenue=revenue))
        yield text
    share = funds.share("education_expenditure", "fiscal_expenditure", last)
    yield _known("财政性教育经费占财政总支出的{share}", share=share)
    running = {stage: amount_of(f"public_funds_{stage}") for stage in ("primary", "junior")}
    yield _known("小学生均公用经费{primary}，初中生均公用经费{junior}", **running)
    yield _known("教职工年人均工资{pay}", pay=amount_of("staff_pay_mean"))


def _teachers(year: CountyYear) -> Iterator[Text]:
    filed = year.filed
    yield _known(
        "本年交流轮岗教师{rotated}，占符合条件教师的{share}",
        rotated=_cell(year, "rotated"),
        share=filed.cell_share("county_year", "rotated", "rotation_eligible"),
    )
    yield _known(
        "其中骨干教师{backbone}，占交流轮岗教师的{share}",
        backbone=_cell(year, "rotated_backbone"),
        share=filed.cell_share("county_year", "rotated_backbone", "rotated"),
    )
    yield _known(
        "教师年平均工资收入{teachers}，当地公务员{civil}",
        teachers=_cell(year, "teacher_pay_mean"),
        civil=_cell(year, "civil_pay_mean"),
    )


def _children(year: CountyYear) -> Iterator[Text]:
    filed = year.filed
    yield _known(
        "符合条件的随迁子女{all}，在公办学校就读{public}",
        all=_cell(year, "migrants_eligible"),
        public=_cell(year, "migrants_public"),
    )
    bought = _cell(year, "migrants_purchased")
    yield _known("政府购买民办学校学位就读{bought}", bought=bought) if bought.value else ()
    yield _known(
        "适龄残疾儿童少年{all}，已入学{enrolled}，入学率{share}",
        all=_cell(year, "disabled_children"),
        enrolled=_cell(year, "disabled_enrolled"),
        share=filed.cell_share("county_year", "disabled_enrolled", "disabled_children"),
    )
    left = filed.total("left_behind_pupils")
    yield ("在校留守儿童", *left.text) if left.figure.value else ()


def _admission(year: CountyYear) -> Iterator[Text]:
    yield _known(
        "优质高中招生计划{places}，分配到初中{allotted}，占{share}",
        places=_cell(year, "senior_places"),
        allotted=_cell(year, "senior_places_allotted"),
        share=year.filed.cell_share("county_year", "senior_places_allotted", "senior_places"),
    )


def _management(year: CountyYear) -> Iterator[Text]:
    """What people found met, by part; what they wrote beside a finding that few others share."""
    for part, entry in year.standard.parts():
        found = [row for row in year.items.rows(part) if row["finding"] and part != "vetoes"]
        met = [row for row in found if row["outcome"] and Outcome(row["outcome"]).passes]
        labels = [Quote(year.items.item(row).label.zh) for row in met]
        if labels:
            yield (Quote(entry.label.zh), "方面经认定达到要求的有", *quoted(labels))
    notes = [(row, year.items.note(row)) for part, _ in year.standard.parts() for row in year.items.rows(part)]
    written = [note for _, note in notes if note]
    for row, note in notes:
        if note and written.count(note) == 1 and row["outcome"] and Outcome(row["outcome"]).passes:
            label = Quote(year.items.item(row).label.zh)
            yield say("“{label}”：{note}", label=label, note=Quote(note.rstrip("。；")))
