"""A school's own account: its basics, every requirement in the standard's order, what is lacking, what comes next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from junheng.base.outcome import Outcome
from junheng.base.terms import Stage
from junheng.reporting.facts.facts import Facts, size
from junheng.reporting.facts.one_school import Asked, OneSchool, Row
from junheng.reporting.report.blocks import Block, Heading, Paragraph, Table, cell, heads
from junheng.reporting.report.runs import Figure, Name, Quote, Text, listed, say
from junheng.reporting.reports.school_sheet.build import conclusion, limit_cells
from junheng.verdict.limits import limit_for

_MISSED = (Outcome.UNMET, Outcome.TOLERATED)
_SIGNS = {"at_least": "不低于", "above": "高于", "at_most": "不超过", "below": "低于"}


def _school(facts: Facts) -> OneSchool:
    return facts.now.each_school.of(facts.school)


def basics(facts: Facts) -> Iterator[Block]:
    """Who the school is; pupils and classes; teachers; premises; funds. What was not filed is not spoken of."""
    school = _school(facts)
    yield Paragraph(identity(school))
    stages = [stage for stage in school.filed_stages if stage is not Stage.SENIOR]
    for title, paragraphs in (
        ("学生、班级情况", [pupils(school, stage) for stage in stages]),
        ("教师情况", [_teachers(school, stage) for stage in stages]),
        ("办学条件", [conditions(school)]),
        ("经费情况", [_funds(school)]),
    ):
        told = [paragraph for paragraph in paragraphs if paragraph]
        if told:
            yield Heading((title,), 2)
            yield from (Paragraph(paragraph) for paragraph in told)


def identity(school: OneSchool) -> Text:
    """Place, kind, operator and stages in a sentence."""
    place: tuple[Name | str, ...] = ("位于", school.town, "，") if school.town else ()
    kind = ("为", school.listed_as("location"), school.listed_as("school_kind")) if school.entry["location"] else (
        "为", school.listed_as("school_kind")
    )  # fmt: skip
    operator = ("，由", school.listed_as("operator"), "举办") if school.entry["operator"] else ()
    boarding = ("，是寄宿制学校",) if school.entry["boarding"] else ()
    stages = ("，设", *listed(stage.zh for stage in school.filed_stages)) if len(school.filed_stages) > 1 else ()
    return (school.name, *place, *kind, *operator, *boarding, *stages, "。")


def pupils(school: OneSchool, stage: Stage) -> Text:
    """Pupils, classes and the largest class of a stage."""
    return _told(
        stage.zh,
        ("在校生", school.cell("pupils", stage)),
        ("教学班", school.cell("classes", stage)),
        ("最大班额", school.cell("largest_class", stage)),
        ("随迁子女", school.cell("migrant_pupils", stage)),
        ("留守儿童", school.cell("left_behind_pupils", stage)),
        ("寄宿生", school.cell("boarders", stage)),
    )


def _teachers(school: OneSchool, stage: Stage) -> Text:
    return _told(
        stage.zh,
        ("专任教师", school.cell("teachers", stage)),
        ("其中持有教师资格证的", school.cell("certified_teachers", stage)),
        ("县级以上骨干教师", school.cell("backbone_teachers", stage)),
        ("中级职称教师", school.cell("teachers_mid_title", stage)),
        ("高级职称教师", school.cell("teachers_senior_title", stage)),
    )


def conditions(school: OneSchool) -> Text:
    """Ground, buildings, equipment and books of the whole school."""
    return _told(
        "全校",
        ("占地", school.cell("land_area")),
        ("校舍建筑面积", school.cell("building_area")),
        ("教学及辅助用房", school.cell("teaching_area")),
        ("运动场地", school.cell("sports_ground_area")),
        ("教学仪器设备值", school.cell("equipment_value")),
        ("网络多媒体教室", school.cell("multimedia_classrooms")),
        ("教学用计算机", school.cell("computers")),
        ("图书", school.cell("books")),
    )


def _funds(school: OneSchool) -> Text:
    return _told(
        "", ("公用经费预算", school.cell("public_funds_budget")), ("教师培训经费预算", school.cell("training_budget"))
    )


def _told(subject: str, *told: tuple[str, Figure]) -> Text:
    """A sentence of what was filed; of what was not, that it is missing, where something else of its kind is there."""
    known = [(label, figure) for label, figure in told if figure.value is not None]
    if not known:
        return ()
    zero = [(label, figure) for label, figure in known if figure.value or label in ("在校生", "专任教师")]
    return (subject, *listed(zero or known, "，"), "。")


def safety(facts: Facts) -> Iterator[Block]:
    """What only the school can tell: nothing of it is filed."""
    return iter(())


def features(facts: Facts) -> Iterator[Block]:
    """What only the school can tell."""
    return iter(())


def attainment(facts: Facts) -> Iterator[Block]:
    """The conclusion, then every requirement in the standard's order with what it asks and what there is."""
    school = _school(facts)
    yield Paragraph(
        say("对照《{standard}》，{year}学年自查结果如下。", standard=Quote(school.standard.label.zh),
            year=Quote(str(facts.now.year)))
    )  # fmt: skip
    yield from (Paragraph(sentence) for sentence in conclusion(school))
    for row in school.rows:
        if len(school.rows) > 1:
            yield Heading((Stage(row["stage"]).zh,), 2)
        yield from _items(school, row)
    asked = [Paragraph(_asked_sentence(school, asked)) for asked in school.asked]
    if asked:
        yield Heading(("其他涉及学校的要求",), 2)
        yield from asked


def _items(school: OneSchool, row: Row) -> Iterator[Block]:
    lines = []
    for name, indicator in school.standard.resources.items():
        outcome = row[f"{name}__outcome"]
        if indicator.formula.of or (outcome is None and row[f"{name}__value"] is None):
            continue
        found = Outcome(outcome) if outcome and indicator.thresholds else None
        lines.append(
            (
                cell(Quote(f"{indicator.label.zh}（{indicator.unit}）" if indicator.unit else indicator.label.zh)),
                *limit_cells(school.schools.limit(row, name), limit_for(indicator, row)),
                cell(school.schools.value(row, name)),
                cell(found.zh if found else "只列示", outcome=found, align="centre"),
            )
        )
    if lines:
        stage = Stage(row["stage"]).zh
        head = heads("指标", cell("要求", columns=2, label=True), "实际", "结论")
        yield Table(f"items_{row['stage']}", (stage, "各项指标达标情况"), (5, 0.5, 1.3, 1.5, 1.5), (head, *lines))


def _asked_sentence(school: OneSchool, asked: Asked) -> Text:
    stage, label = _stage_of(school, asked), Quote(asked.check.label.zh)
    value = school.asked_value(asked)
    if value.value is None:
        return say("{stage}{label}：{value}，无法判定。", stage=stage, label=label, value=value)
    if asked.limit is None:
        return say("{stage}{label}为{value}，要求未见，无法判定。", stage=stage, label=label, value=value)
    verdict = {Outcome.MET: "达标", Outcome.UNMET: "未达标"}.get(asked.outcome, "无法判定")
    sign = _SIGNS[asked.limit.operator]
    if asked.limit.operator == "at_most" and not asked.limit.value:  # none may be: not “不超过0个”
        if asked.outcome is Outcome.MET:
            return say("{stage}{label}为{value}，达标。", stage=stage, label=label, value=value)
        sign = "为"
    return say(
        "{stage}{label}为{value}，要求{sign}{limit}，{verdict}。",
        stage=stage, label=label, value=value, sign=sign, limit=school.asked_limit(asked),
        verdict=verdict,
    )  # fmt: skip


def _stage_of(school: OneSchool, asked: Asked) -> str:
    """The stage that an item asks it of, where the school has several."""
    return asked.stage.zh if asked.stage and len(school.filed_stages) > 1 else ""


def problems(facts: Facts) -> Iterator[Block]:
    """What is missed and what cannot be judged, each with its figures."""
    school = _school(facts)
    found = [Paragraph(_problem(school, row, name)) for row in school.rows for name in _missed(school, row)]
    found += [
        Paragraph(_asked_sentence(school, asked)) for asked in school.asked if asked.outcome is Outcome.UNMET
    ]  # fmt: skip
    yield from found
    unknown = [Paragraph(text) for row in school.rows if (text := _unknown(school, row))]
    items = [
        (_stage_of(school, asked), Quote(asked.check.label.zh))
        for asked in school.asked
        if asked.outcome is Outcome.UNKNOWN
    ]
    if items:
        unknown.append(Paragraph(say("{items}缺少数据或限值，无法判定。", items=listed(items))))
    yield from unknown
    if found or unknown or not facts.now.standard.school_rule:
        return
    if school.rows:
        yield Paragraph(("对照本标准自查，没有发现未达标的项目。",))
    elif school.asked:
        yield Paragraph(("该校不参加各项指标的判定；其他涉及学校的要求中，没有发现未达标的。",))


def _missed(school: OneSchool, row: Row) -> list[str]:
    return [name for name in school.schools.missed(row) if row[f"{name}__outcome"] in _MISSED]


def _problem(school: OneSchool, row: Row, name: str) -> Text:
    lack = school.schools.lack(row, name)
    text = say(
        "{stage}{label}为{value}，要求{sign}{limit}",
        stage=Stage(row["stage"]).zh, label=Quote(school.standard.resources[name].label.zh),
        value=school.schools.value(row, name), limit=school.schools.limit(row, name),
        sign=_SIGNS[row[f"{name}__operator"]],
    )  # fmt: skip
    tolerated = "，在余项容许的范围内" if row[f"{name}__outcome"] == Outcome.TOLERATED else ""
    if lack.value is None:
        return (*text, tolerated, "。")
    word = "，还差" if lack.value > 0 else "，须减少"
    return (*text, word, size(lack), tolerated, "。")


def _unknown(school: OneSchool, row: Row) -> Text:
    names = school.indicators(row, Outcome.UNKNOWN)
    if not names or school.standard.school_rule is None:
        return ()
    stage, count = Stage(row["stage"]).zh, school.tally(row, Outcome.UNKNOWN)
    if count.value == school.tally(row).value:
        return say("{stage}计入判定的{count}指标都缺少数据或限值，无法判定。", stage=stage, count=count)
    labels = listed(Quote(school.standard.resources[name].label.zh) for name in names)
    return say("{stage}有{count}指标缺少数据或限值，无法判定：{labels}。", stage=stage, count=count, labels=labels)


def plans(facts: Facts) -> Iterator[Block]:
    """What would have to be added to meet every requirement: quantities, no promises."""
    school = _school(facts)
    for row in school.rows:
        wanted = [
            (Quote(school.standard.resources[name].label.zh), "（增加", school.schools.lack(row, name), "）")
            for name in _missed(school, row)
            if (school.schools.lack(row, name).value or 0) > 0
        ]
        if wanted:
            words = "按标准测算，{stage}各项指标都不低于要求，须补足：{wanted}。"
            yield Paragraph(say(words, stage=Stage(row["stage"]).zh, wanted=listed(wanted)))
    unmet = [(asked, school.asked_lack(asked)) for asked in school.asked if asked.outcome is Outcome.UNMET]
    items = [
        (_stage_of(school, asked), Quote(asked.check.label.zh), word, size(lack), "）")
        for asked, lack in unmet
        if lack.value
        for word in ["（增加" if lack.value > 0 else "（减少"]
    ]
    if items:
        yield Paragraph(say("其他涉及学校的要求中，须补足或压减：{items}。", items=listed(items)))
    if any(school.indicators(row, Outcome.UNKNOWN) for row in school.rows) and school.standard.school_rule:
        yield Paragraph(("对缺少数据的指标，尽快核实补报，补报后重新自查。",))


CHAPTERS: dict[str, Callable[[Facts], Iterable[Block]]] = {
    "basics": basics,
    "safety": safety,
    "attainment": attainment,
    "features": features,
    "problems": problems,
    "plans": plans,
}
