"""表Ⅰ: the county's population, money, schools, pupils, classes and teachers."""

from __future__ import annotations

from collections.abc import Iterator

from junheng.base.terms import Stage
from junheng.reporting.facts.county_year import CountyYear
from junheng.reporting.facts.facts import Facts
from junheng.reporting.report.blocks import Block, Cell, Table, cell, heads
from junheng.reporting.report.runs import Figure, Quote, Run

Rows = tuple[tuple[Cell, ...], ...]

# Four columns of money, whole numbers of 万元: that they are four and whole was seen, which four was not.
MONEY = (
    ("gdp", "地区生产总值"),
    ("fiscal_expenditure", "财政总支出"),
    ("recurrent_revenue", "财政经常性收入"),
    ("education_expenditure", "财政性教育经费"),
)
BY_STAGE = (
    ("pupils", "在校生数（人）"),
    ("boarders", "其中：寄宿生（人）"),
    ("migrant_pupils", "其中：随迁子女（人）"),
    ("left_behind_pupils", "其中：留守儿童（人）"),
    ("classes", "教学班（个）"),
    ("teachers", "专任教师（人）"),
    ("backbone_teachers", "其中：县级以上骨干教师（人）"),
)
STAGES = (Stage.PRIMARY, Stage.JUNIOR)


def basics(facts: Facts) -> Iterator[Block]:
    """The county at a glance, its schools, its pupils, classes and teachers by stage."""
    yield basics_table(facts, "表Ⅰ　县（市、区）基本情况")


def basics_table(facts: Facts, caption: str) -> Table:
    """The same under another caption, for other forms."""
    now = facts.now
    funds = now.form_funds
    money = [(f"{label}（万元）", funds.amount(column, funds.last, "万元")) for column, label in MONEY]
    first: list[tuple[str, Run]] = [
        ("县（市、区）", now.name),
        ("县代码", Quote(now.county)),
        ("学年", Quote(f"{now.year}—{now.year + 1}")),
        ("常住人口（万人）", now.basics.population),
        ("财政年度", funds.label(funds.last)),
        *money,
    ]
    counts: list[tuple[str, Run]] = [
        ("学校总数（所）", now.filed.schools()),
        *((f"{kind}（所）", now.basics.schools(kind)) for kind in now.basics.kinds),
        ("其中：民办学校（所）", now.filed.schools("private")),
    ]
    return Table(
        "form_1",
        (caption,),
        (3.2, 2.4, 3.2, 2.4),
        (
            *_section("一、概况", _pairs(first)),
            *_section("二、义务教育学校", _pairs(counts)),
            *_section("三、学生、班级和教师", _by_stage(now)),
        ),
        head=0,
        note=(
            "财政各栏取评估日期前已结束的最近一个财政年度；学校数按国家统计的计校数口径；学生、班级和教师含小学教学点和"
            "一贯制学校、完全中学的各学部，不含高中，有学校没有填报的在数后注明。",
        ),
    )


def _by_stage(now: CountyYear) -> Rows:
    rows = [
        (
            cell(label, label=True, align="left"),
            *(Cell(now.filed.total(column, stage).text, align="right") for stage in (*STAGES, None)),
        )
        for column, label in BY_STAGE
    ]
    sizes = [now.filed.per("pupils", "classes", stage, unit="人") for stage in (*STAGES, None)]
    rows.append((cell("平均班额（人）", label=True, align="left"), *(cell(size, align="right") for size in sizes)))
    return (heads("项目", "小学", "初中", "合计"), *rows)


def _section(title: str, rows: Rows) -> Rows:
    return ((cell(title, columns=4, label=True, align="left"),), *rows)


def _pairs(entries: list[tuple[str, Run]]) -> Rows:
    """Two labels and values a line; what is left over at the end takes the rest of its line."""
    rows = []
    for at in range(0, len(entries), 2):
        pair = entries[at : at + 2]
        last = len(pair) == 1
        rows.append(
            tuple(
                item
                for label, value in pair
                for item in (cell(label, label=True, align="left"), _value(value, columns=3 if last else 1))
            )
        )
    return tuple(rows)


def _value(value: Run, columns: int) -> Cell:
    return cell(value, columns=columns, align="right" if isinstance(value, Figure) else "centre")
