"""Reports with one of everything, for whoever draws them: pure model, invented county.

``sample_report()`` is a letter with every block, long names, rare characters, footnotes, unknown figures, spans and a
table of twelve columns; ``sample_form()`` is a form; ``table_of_figures()`` is any number of rows of figures.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction

from junheng.base.outcome import Outcome
from junheng.reporting.report.blocks import (
    Block,
    Cell,
    Chart,
    Contents,
    Heading,
    PageBreak,
    Paragraph,
    Table,
    cell,
    heads,
)
from junheng.reporting.report.report import Provenance, Report
from junheng.reporting.report.runs import Figure, Name, Note, Number, Quote, say

COUNTY = Name("青禾县", "county")
OFFICE = Name("青禾县人民政府教育督导委员会办公室", "office")
LONG_SCHOOL = Name("云岭市青禾县第一实验九年一贯制学校（东校区）暨附属特殊教育资源中心", "school")
RARE_PEOPLE = (Name("李镕基", "person"), Name("王堃", "person"), Name("赵喆", "person"), Name("钱䶮", "person"))

SNAPSHOT = "3f9c2a51d07e"
PROVENANCE = Provenance(
    snapshot=SNAPSHOT,
    standard="CN/youzhi_2017",
    standard_label="县域义务教育优质均衡发展督导评估办法（2017）",
    day=date(2026, 11, 21),
    school_year=2026,
    version="0.6.0",
    inferred=3,
    others=(("上一学年的数据", "a81b77c0e3d2"), ("填平补齐方案", "plan-2027.xlsx")),
)
STRIPES = (Outcome.MET, Outcome.TOLERATED, Outcome.UNMET, Outcome.UNKNOWN)


def count(
    key: str, value: Number | None, unit: str = "", digits: int = 0, *, fixed: bool = False, about: str = ""
) -> Figure:
    """A figure of the sample county."""
    return Figure(key, value, unit, digits, fixed, about=about or key, origin="教基1001 表")


SCHOOLS = count("county.schools", 128, "所", about="全县义务教育学校数")
PUPILS = count("county.pupils", 86_412, "人", about="全县义务教育在校生数")
CV = count("county.cv.books.primary", Fraction(463, 1000), digits=3, fixed=True, about="小学生均图书校际差异系数")
LIMIT = count("limit.cv.primary", Fraction(1, 2), digits=2, fixed=True, about="小学差异系数上限")
UNKNOWN = Figure("county.satisfaction", None, "%", 1, about="社会认可度", origin="问卷")
SHARE = count("county.share.met", Fraction(9_725, 100), "%", 2, about="达标学校所占比例")


def indicators() -> Table:
    """Row and column spans, outcomes, a unit, a note with a footnote of its own, a total row."""
    spread = (cell("小学", label=True, columns=2), cell("初中", label=True, columns=2))
    rows: list[tuple[Cell, ...]] = [
        (cell("类别", label=True, rows=2), cell("指标", label=True, rows=2), *spread),
        heads("数值", "结论", "数值", "结论"),
    ]
    names = ("每百名学生拥有高于规定学历教师数", "每百名学生拥有县级以上骨干教师数", "生均教学及辅助用房面积")
    for at, name in enumerate(names):
        first = (cell("资源配置", label=True, rows=len(names)),) if at == 0 else ()
        primary, junior = STRIPES[at % 4], STRIPES[(at + 2) % 4]
        rows.append(
            (
                *first,
                cell(name),
                cell(count(f"cv.{at}.primary", Fraction(312 + 40 * at, 1000), digits=3, fixed=True)),
                cell(primary.zh, outcome=primary, align="centre"),
                cell(count(f"cv.{at}.junior", Fraction(284 + 77 * at, 1000), digits=3, fixed=True)),
                cell(junior.zh, outcome=junior, align="centre"),
            )
        )
    rows.append(
        (
            cell("平均", label=True, columns=2),
            cell(CV),
            cell(Outcome.MET.zh, outcome=Outcome.MET, align="centre"),
            cell(UNKNOWN),
            cell(Outcome.UNKNOWN.zh, outcome=Outcome.UNKNOWN, align="centre"),
        )
    )
    return Table(
        "cv",
        ("校际差异系数",),
        (2, 6, 2, 2, 2, 2),
        tuple(rows),
        head=2,
        note=say("差异系数按{law}计算{note}。", law=Quote("《办法》第六条"),
                 note=Note(say("小学的上限为{limit}。", limit=LIMIT))),
        unit="无量纲",
        total=1,
    )  # fmt: skip


def table_of_figures(rows: int, columns: int = 12, key: str = "schools", *, landscape: bool = True) -> Table:
    """A row a school: its name and ``columns - 1`` figures, some of them unknown, and their totals."""
    labels = ("教师", "骨干", "教室", "运动场", "仪器", "图书", "班额", "轨制", "音美", "多媒体", "学位", "备用")
    body = []
    for at in range(rows):
        school = LONG_SCHOOL if at % 50 == 7 else Name(f"第{at + 1}小学", "school")
        cells = [cell(school)]
        for column in range(columns - 1):
            value = None if (at + column) % 41 == 0 else Fraction(1000 + 37 * at + 11 * column, 100)
            outcome = STRIPES[(at + column) % 4] if column % 5 == 1 else None
            cells.append(cell(count(f"{key}.{at}.{column}", value, digits=2), outcome=outcome))
        body.append(tuple(cells))
    totals = (cell("合计", label=True), *(cell(count(f"{key}.all.{at}", 1_000 + at)) for at in range(columns - 1)))
    head = heads("学校", *(labels[at % len(labels)] for at in range(columns - 1)))
    return Table(
        key,
        ("各校资源配置情况",),
        (4, *(1 for _ in range(columns - 1))),
        (head, *body, totals),
        note=("未填报的不计入平均。",),
        unit="各列单位见表头",
        landscape=landscape,
        total=1,
    )


def chart() -> Chart:
    """Three bars, as small a specification as Vega-Lite takes."""
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": 400,
        "height": 160,
        "data": {"values": [{"name": name, "value": value} for name, value in (("甲", 3), ("乙", 5), ("丙", 2))]},
        "mark": "bar",
        "encoding": {
            "x": {"field": "value", "type": "quantitative", "title": None},
            "y": {"field": "name", "type": "nominal", "title": None},
        },
    }
    return Chart("bars", ("各乡镇达标学校数",), spec, says="乙乡镇最多，丙乡镇最少。")


def letter(schools: int) -> Iterable[Block]:
    yield Contents(depth=2)
    yield PageBreak()
    yield Paragraph(say("{office}：", office=Name("云岭市人民政府教育督导委员会", "office")), "address")
    yield Paragraph(
        say(
            "按照{law}，{county}对{schools}义务教育学校（在校生{pupils}）开展自评{note}。",
            law=Quote("《县域义务教育优质均衡发展督导评估办法》（教督〔2017〕6号）"),
            county=COUNTY,
            schools=SCHOOLS,
            pupils=PUPILS,
            note=Note(say("数据为{year}学年初报表；学校数{again}含教学点。", year=Quote("2026"), again=SCHOOLS)),
        )
    )
    yield Heading(("资源配置",))
    yield Heading(("校际差异系数",), 2)
    yield Paragraph(say("小学生均图书的差异系数为{cv}，低于{limit}；社会认可度{unknown}。",
                        cv=CV, limit=LIMIT, unknown=UNKNOWN))  # fmt: skip
    yield indicators()
    yield Heading(("办学条件",), 2)
    yield Heading(("校舍",), 3)
    yield Paragraph(say("达标学校占{share}。", share=SHARE))
    yield Heading(("专用教室",), 4)
    yield Paragraph(
        say(
            "校长{a}、{b}、{c}、{d}所在的{school}等校不足，乡镇卫生院、社区已协助腾出房屋，县里将在两年内补齐，"
            "并请各校每学期核对一次，随时更新，避免漏报。",
            a=RARE_PEOPLE[0], b=RARE_PEOPLE[1], c=RARE_PEOPLE[2], d=RARE_PEOPLE[3], school=LONG_SCHOOL,
        )
    )  # fmt: skip
    yield chart()
    yield Heading(("各校情况",))
    yield Paragraph(("各校资源配置见下表。",))
    yield table_of_figures(schools)
    yield table_of_figures(3, 8, "towns")
    yield Heading(("政府保障",))
    yield Paragraph(("妥否，请批示。",))
    yield Paragraph((OFFICE,), "signature")
    yield Paragraph((Quote("2026年11月21日"),), "signature")
    yield Paragraph(("联系人见附件。",), "note")
    yield Heading(("附件", "整改台账"), numbered=False, new_page=True)
    yield Paragraph(("（本页无其他内容）",), "centre")


def sample_report(schools: int = 300) -> Report:
    """A letter with one of everything."""
    return Report(
        "sample",
        (COUNTY, "县域义务教育优质均衡发展自查自评报告"),
        (Quote("2026学年"),),
        tuple(letter(schools)),
        PROVENANCE,
    )


def sample_form(tables: int = 3) -> Report:
    """A form: tables one after another and nothing else."""
    forms = [Heading(("附表",), numbered=False)]
    blocks: list[Block] = [*forms, *(table_of_figures(6, 5, f"form{at}", landscape=at == 1) for at in range(tables))]
    return Report("form", (COUNTY, "义务教育优质均衡发展申报表"), (), tuple(blocks), PROVENANCE, form=True)


def report_of(*blocks: Block) -> Report:
    """A report of just these blocks."""
    return Report("small", ("样例",), (), blocks, PROVENANCE)
