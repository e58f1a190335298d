"""学区划片方案 as a document: the answer, compared with today, zones with their map, what changes, checks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from junheng.base.terms import Stage
from junheng.reporting.charts.zone_map import zone_map
from junheng.reporting.facts.facts import Facts
from junheng.reporting.facts.plan import set_close
from junheng.reporting.facts.zoning_plan import SIDES, ZoningPlan
from junheng.reporting.report.blocks import Block, Chart, Heading, Paragraph, Table, cell, heads
from junheng.reporting.report.runs import Quote, Text, listed, say
from junheng.reporting.wording.plans import grounds_of

_COMPARED = ("mean_way", "max_way", "nearest_share", "missing_seats", "schools_with_large_classes", "broken_zones")
_MOST_ON_MAP = 3000  # blocks; more are no picture any more
_ZONE = ("blocks", "pupils", "seats", "missing_seats", "classes_needed", "largest_class", "share_of_seats", "mean_way")


def _plan(facts: Facts) -> ZoningPlan:
    return ZoningPlan(facts.plan("zoning"))


def answer(facts: Facts) -> Iterator[Block]:
    """How many blocks go to how many schools, whether seats suffice, how far the ways are."""
    plan = _plan(facts)
    seats = (
        say("有{count}没有学位，须增加学位", count=plan.missing_seats) if plan.missing_seats.value else ("学位够用",)
    )
    moved = say("改划{count}", count=plan.moved_pupils) if plan.moved_pupils.value else ("没有学生改划学校",)
    yield Paragraph(
        say(
            "{whose}{blocks}地块划给{schools}学校，{seats}，{moved}。",
            whose=(plan.county,) if plan.county else (),
            blocks=plan.blocks,
            schools=plan.schools,
            seats=seats,
            moved=moved,
        )
    )
    for stage in plan.stages:
        if plan.of_stage("travel", stage, "mean_way").value is not None:
            yield Paragraph(_ways(plan, stage))


def _ways(plan: ZoningPlan, stage: Stage) -> Text:
    share = plan.of_stage("travel", stage, "nearest_share")
    nearest = say("，{share}的学生到最近的学校", share=share) if share.value is not None else ()
    return say(
        "{stage}学生{pupils}，平均路程{mean}，最远{most}{nearest}。",
        stage=stage.zh,
        pupils=plan.of_stage("travel", stage, "pupils"),
        mean=plan.of_stage("travel", stage, "mean_way"),
        most=plan.of_stage("travel", stage, "max_way"),
        nearest=nearest,
    )


def compared(facts: Facts) -> Iterator[Block]:
    """Today, this plan, and everybody to the nearest school whether it has seats or not."""
    plan = _plan(facts)
    words = {
        "mean_way": f"平均路程（{plan.unit}）",
        "max_way": f"最远路程（{plan.unit}）",
        "nearest_share": "到最近学校的学生占（%）",
        "missing_seats": "没有学位的学生（人）",
        "schools_with_large_classes": "有大班额的学校（所）",
        "broken_zones": "不连片的学区（个）",
    }
    rows = []
    for stage in plan.stages:
        for place, name in enumerate(_COMPARED):
            first = (cell(stage.zh, rows=len(_COMPARED), label=True),) if place == 0 else ()
            figures = (cell(plan.of_stage(side, stage, name)) for side in plan.sides)
            rows.append((*first, cell(words[name]), *figures))
    head = heads("学段", "项目", *(SIDES[side] for side in plan.sides))
    widths = (1, 4, *(2 for _ in plan.sides))
    note = ("“都到最近的学校”不管有没有学位，只作对照。",)
    yield Table("zoning_compared", ("划片方案与现状、就近入学比较",), widths, (head, *rows), note=note)


def zones(facts: Facts) -> Iterator[Block]:
    """The zones of each stage: a map where the inputs have one, and a row a school."""
    plan = _plan(facts)
    for stage in plan.stages:
        own = plan.zones(stage)
        if not own:
            continue
        if len(plan.stages) > 1:
            yield Heading((stage.zh,), level=2)
        if chart := _map(plan, stage):
            yield chart
        rows = tuple((cell(plan.name(row)), *(cell(plan.of_zone(row, name)) for name in _ZONE)) for row in own)
        titles = (
            "地块（个）", "学生（人）", "学位（个）", "缺学位（个）", "需要班数（个）", "最大班额（人）",
            "学位使用率（%）", f"平均路程（{plan.unit}）",
        )  # fmt: skip
        widths = (3.4, *(1.4 for _ in titles))
        yield Table(f"zoning_zones_{stage.value}", (f"{stage.zh}学区",), widths, (heads("学校", *titles), *rows))


def _map(plan: ZoningPlan, stage: Stage) -> Chart | None:
    """The map of one stage; none where the inputs have no places."""
    features = (plan.document.get("geojson") or {"features": []})["features"]
    blocks = [one for one in features if one["properties"]["kind"] == "block" and one["properties"]["stage"] == stage]
    if not blocks or len(blocks) > _MOST_ON_MAP:
        return None
    placed = {row["block_code"]: row for row in plan.document["blocks"] if row["stage"] == stage}
    drawn = [
        {
            "geometry": one["geometry"],
            "properties": {
                "block": row.get("block_name") or row["block_code"],
                "school": row["school_name"],
                "school_code": row["school_code"],
                "pupils": row["pupils"],
                "way": row["way"],
            },
        }
        for one in blocks
        for row in [placed[one["properties"]["block_code"]]]
    ]
    taking = {row["school_code"] for row in plan.zones(stage)}
    schools = [
        {"name": one["properties"]["school_name"], "x": one["geometry"]["coordinates"][0],
         "y": one["geometry"]["coordinates"][1]}
        for one in features
        if one["properties"]["kind"] == "school" and one["properties"]["school_code"] in taking
    ]  # fmt: skip
    spec = zone_map(drawn, schools, description=f"{stage.zh}地块按所划学校着色，圆点是学校。")
    return Chart(f"zoning_map_{stage.value}", (f"{stage.zh}学区图",), spec, says=spec["description"])


def changes(facts: Facts) -> Iterator[Block]:
    """The blocks that change school."""
    plan = _plan(facts)
    for stage in plan.stages:
        own = plan.changed(stage)
        if not own:
            continue
        rows = tuple(
            (
                cell(plan.block_name(row)),
                cell(plan.pupils_of(row)),
                cell(plan.name_of(row["before"])),
                cell(plan.name(row)),
            )
            for row in own
        )
        head = heads("地块", "学生（人）", "现在的学校", "改划到")
        caption = (f"{stage.zh}改划的地块",)
        yield Table(f"zoning_changes_{stage.value}", caption, (3, 1.4, 3.4, 3.4), (head, *rows))


def checks(facts: Facts) -> Iterator[Block]:
    """What another program checked again from what was filed."""
    plan = _plan(facts)
    if not plan.checks:
        return
    failed = [Quote(set_close(row["says"]["zh"])) for row in plan.checks if not row["ok"]]
    if failed:
        yield Paragraph(
            say("由另一套程序从填报的数重新核对，下列各项没有通过：{failed}。", failed=listed(failed, "；"))
        )
    else:
        yield Paragraph(("由另一套程序从填报的数重新核对，各项均通过。",))
    rows = tuple(
        (cell(Quote(set_close(row["says"]["zh"]))), cell("通过" if row["ok"] else "没有通过", align="centre"))
        for row in plan.checks
    )
    yield Table("zoning_checks", ("核对的内容",), (9, 1.4), (heads("内容", "结果"), *rows))


def grounds(facts: Facts) -> Iterator[Block]:
    """What the plan rests on and how good it is known to be."""
    yield from grounds_of(_plan(facts))


CHAPTERS: dict[str, Callable[[Facts], Iterable[Block]]] = {
    "answer": answer,
    "compared": compared,
    "zones": zones,
    "changes": changes,
    "checks": checks,
    "grounds": grounds,
}
