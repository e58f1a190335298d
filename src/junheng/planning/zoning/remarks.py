"""What a person must know beside a zoning plan: what lacks and where, limits loosened, cells left blank."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from junheng.base.exact import plain
from junheng.base.terms import Label, Stage
from junheng.planning.zoning.figures import Facts, why_no_today
from junheng.planning.zoning.geometry import LEAST_BORDER, TOLERANCE
from junheng.planning.zoning.rules import rule_of
from junheng.planning.zoning.statement import knows_entry

if TYPE_CHECKING:
    from junheng.planning.zoning.plan import ZoningPlan

_SHOWN = 10


def remarks(plan: ZoningPlan, *, has_map: bool) -> Iterator[Label]:
    """Every note of a plan, what matters most first."""
    yield from _lacking(plan.zoning.facts)
    yield from _ended_early(plan)
    yield from _loosened(plan)
    yield from _supposed(plan)
    yield from _blank(plan)
    yield from _zones(plan.zoning.facts)
    yield from _places(plan)
    yield from plan.inputs.notes
    yield from _islands(plan)
    if why := why_no_today(plan.town, plan.stages):
        yield why
    if not has_map:
        yield Label("输入没有经纬度，方案不带地图。", "The inputs have no degrees: the plan comes without a map.")


def _lacking(facts: Facts) -> Iterator[Label]:
    rows = facts.rows()
    kinds = (
        ("missing_seats", "缺学位", "个", "Seats lack at", "须增建、扩班或启用拟建学校。"),
        ("missing_entry_seats", "起始年级缺学位", "个", "Seats of the entry grade lack at", "须增开起始年级的班。"),
        ("over_school_cap", "超校额", "人", "Above the school size", "须分流到别校或另建校区。"),
    )
    told = 0
    for name, zh, unit, en, remedy in kinds:
        lacking = {str(row["school_name"]): row[name] for row in rows if row[name]}
        if lacking:
            told += 1
            shown = "、".join(f"{school} {count} {unit}" for school, count in lacking.items())
            english = ", ".join(f"{school} {count}" for school, count in lacking.items())
            yield Label(f"{zh}：{shown}。{remedy}", f"{en}: {english}.")
    if told > 1:
        yield Label(
            "缺学位、起始年级缺学位、超校额分别计数，是人次：同一名学生可能几项都算到，不能相加。",
            "Missing seats, those of the entry grade and pupils above school size are counted apart: one pupil may "
            "count in several, so they do not add up.",
        )


def _ended_early(plan: ZoningPlan) -> Iterator[Label]:
    runs = [plan.zoning, *([plan.without] if plan.without else [])]
    if not all(run.proof.in_time for run in runs):
        yield Label(
            "没有算到所要的差距就停了（时间用完，或中途停止）；再算一次，方案可能略有不同。加长时间可以缩小差距。",
            "The search ended before it reached the gap asked for (out of time, or stopped): another run may give a "
            "slightly different plan. More time makes the gap smaller.",
        )


def _loosened(plan: ZoningPlan) -> Iterator[Label]:
    """Limits set looser than the document they come from."""
    town = plan.town
    for stage in plan.stages:
        rule, sourced, word = town.rules[stage], rule_of(stage, {}), Stage(stage).zh
        for zh, en, own, limit in (
            ("班额上限", "class size", rule.class_size, sourced.class_size),
            ("校额上限", "school size", rule.school_cap, sourced.school_cap),
            ("九年一贯制校额上限", "nine-year school size", rule.nine_year_cap, sourced.nine_year_cap),
        ):
            if own > limit:
                yield Label(
                    f"{word}的{zh}填了 {own} 人，宽于教督〔2017〕6号的 {limit} 人。",
                    f"The {en} of {stage}, {own}, is looser than the {limit} of 教督〔2017〕6号.",
                )
        wide = [
            f"{town.schools[school]['school_name']} {row['class_size']} 人"
            for (of, school), row in town.seats.items()
            if of == stage and row["class_size"] is not None and row["class_size"] > sourced.class_size
        ]
        if wide:
            yield Label(
                f"{word}另定的班额上限宽于教督〔2017〕6号的 {sourced.class_size} 人：{_some(wide)}。",
                f"Class sizes of their own above the {sourced.class_size} of 教督〔2017〕6号 ({stage}): {_some(wide)}.",
            )


def _supposed(plan: ZoningPlan) -> Iterator[Label]:
    labels = plan.inputs.dataset.tables["rule"].columns
    for stage in plan.stages:
        if supposed := plan.town.rules[stage].supposed:
            names = "、".join(labels[name].label.zh for name in supposed)
            english = ", ".join(labels[name].label.en for name in supposed)
            yield Label(
                f"{Stage(stage).zh}的规则没有填、按缺省值计算的有：{names}。",
                f"Defaults were used in the rules of {stage} for: {english}.",
            )


def _blank(plan: ZoningPlan) -> Iterator[Label]:
    """Cells without which a limit is looked at in part, or not at all."""
    town, facts = plan.town, plan.zoning.facts
    taking = {school for of, school in town.seats if of in plan.stages} & facts.open_schools
    blank = [school for school in sorted(taking) if town.schools[school]["other_pupils"] is None]
    if blank:
        names = _some(_names(plan, blank))
        yield Label(
            f"{len(blank)} 所学校没有填“不在生源表的在校生”，校额按没有这样的学生计：{names}。",
            f"Pupils in no table are blank for {len(blank)} schools and taken as none in school sizes: {names}.",
        )
    for stage in ("primary", "junior"):
        if stage in plan.stages:
            continue
        rows = town.pupils.get(stage, ())
        is_known = bool(rows) and all(row["school_code"] is not None for row in rows)
        unknown = [s for s in blank if (town.schools[s]["nine_year"] or (stage, s) in town.seats) and not is_known]
        if unknown:
            names = _some(_names(plan, unknown))
            yield Label(
                f"这些学校另有{Stage(stage).zh}，学生数不知道（没有填“不在生源表的在校生”，生源表里也没有全部现划学校），"
                f"校额没有算进这部分学生：{names}。",
                f"These schools have a {stage} stage whose pupils are not known; school sizes leave them out: {names}.",
            )
    both = [s for s in sorted(taking) if all((stage, s) in town.seats for stage in ("primary", "junior"))]
    if strange := [school for school in both if town.schools[school]["nine_year"] is None]:
        names = _some(_names(plan, strange))
        yield Label(
            f"这些学校小学、初中都招生，“九年一贯制”空着，校额按普通学校计：{names}。",
            f"Both stages, yet not said to be nine-year schools; the limit of other schools was used: {names}.",
        )
    for stage in plan.stages:
        yield from _entry_blank(plan, stage)


def _entry_blank(plan: ZoningPlan, stage: str) -> Iterator[Label]:
    town, word = plan.town, Stage(stage).zh
    own = [s for of, s in sorted(town.seats) if of == stage and s in plan.zoning.facts.open_schools]
    with_classes = [school for school in own if town.seats[stage, school]["entry_classes"] is not None]
    if with_classes and not knows_entry(town, stage):
        yield Label(
            f"{word}填了起始年级可编班数，没有填起始年级学生数，没有按起始年级控制。",
            f"Entry classes are filed for {stage}, entry pupils are not: the entry grade is not held to them.",
        )
    if knows_entry(town, stage) and (without := [school for school in own if school not in with_classes]):
        names = _some(_names(plan, without))
        yield Label(
            f"{word}填了起始年级学生数，这些学校没有填起始年级可编班数，没有按起始年级控制：{names}。",
            f"Entry classes are blank, so the entry grade ({stage}) is not held to them at: {names}.",
        )


def _zones(facts: Facts) -> Iterator[Label]:
    for stage in facts.schools:
        if not any(int(row["pupils"]) for row in facts.town.pupils[stage]):
            yield Label(
                f"{Stage(stage).zh}没有要安排的学生（各地块都填了 0），学区只按远近划。",
                f"There are no pupils in {stage}: zones follow the ways alone.",
            )
    if empty := [str(row["school_name"]) for row in facts.rows() if not row["blocks"]]:
        yield Label(f"没有划到地块的学校：{'、'.join(empty)}。", f"Schools without a zone: {', '.join(empty)}.")


def _places(plan: ZoningPlan) -> Iterator[Label]:
    town = plan.town
    if not plan.inputs.rows("travel"):
        detours = "、".join(dict.fromkeys(plain(town.rules[stage].detour, 2) for stage in plan.stages))
        yield Label(f"路程按直线距离乘绕行系数 {detours} 估算。", f"Ways are straight lines times {detours}.")
    if town.outlines:
        yield Label(
            f"两块边界在 {plain(TOLERANCE, 1)} 米以内重合且共有 {plain(LEAST_BORDER, 1)} 米以上的算相邻。",
            f"Blocks touch where {plain(LEAST_BORDER, 1)} m of their borders lie within {plain(TOLERANCE, 1)} m.",
        )
    for first, second in town.overlaps[:5]:
        yield Label(f"地块 {first} 与 {second} 的边界有重叠，请核对。", f"Blocks {first} and {second} overlap.")


def _islands(plan: ZoningPlan) -> Iterator[Label]:
    """Parts of the county that touch no other part."""
    town = plan.town
    left, parts = set(range(len(town.blocks))), []
    while left:
        part, queue = set(), [min(left)]
        while queue:
            block = queue.pop()
            if block not in part:
                part.add(block)
                queue += town.neighbours[block] - part
        parts.append(part)
        left -= part
    for part in sorted(parts, key=lambda one: (-len(one), min(one)))[1:]:
        codes = [str(town.blocks[block]["block_code"]) for block in sorted(part)]
        shown = "、".join(codes[:5]) + ("等" if len(codes) > 5 else "")
        yield Label(
            f"{len(codes)} 个地块（{shown}）与其余地块不相连，只能划给那里的学校。",
            f"{len(codes)} blocks ({', '.join(codes[:5])}) touch no others: they go to schools there.",
        )


def _names(plan: ZoningPlan, schools: Sequence[int]) -> list[str]:
    return [str(plan.town.schools[school]["school_name"]) for school in schools]


def _some(names: Sequence[str]) -> str:
    return "、".join(chain(names[:_SHOWN], ["等"] if len(names) > _SHOWN else []))
