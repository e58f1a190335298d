"""Several plans side by side with today: one table a kind, a column a plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from junheng.base.errors import JunhengError
from junheng.web.dashboards.models import Evaluation
from junheng.web.dashboards.try_out_changes import kept_changes, tried
from junheng.web.plans import sentences
from junheng.web.plans.models import Plan, PlanKind
from junheng.web.plans.naming import coefficient_name, part_name
from junheng.web.templatetags.words import number
from junheng.web.templatetags.words import stage as stage_word

MOST = 6  # plans; more columns do not fit a page
Side = Mapping[str, Any]  # what a document says before or after


@dataclass(frozen=True, slots=True)
class Column:
    """A plan, today or a try-out."""

    title: str
    href: str
    note: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure or an outcome; ``best`` among the plans of its line."""

    text: str = ""
    outcome: str = ""
    best: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    unit: str
    cells: tuple[Cell, ...]
    is_head: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    kind: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    warning: str


def sections(plans: Sequence[Plan], request: HttpRequest) -> list[Section]:
    """One table for every kind among the plans."""
    found = []
    for kind in PlanKind:
        own = [plan for plan in plans if plan.kind == kind]
        if not own:
            continue
        found.append(_resources(own, request) if kind == PlanKind.RESOURCES else _figures(kind, own))
    return found


def _resources(plans: Sequence[Plan], request: HttpRequest) -> Section:
    first = plans[0]
    sides: list[Side] = [first.document["before"]]
    columns = [Column(_("现在"), "", str(first.evaluation.period) if first.evaluation else "")]
    costs: list[float | None] = [0.0]
    if first.evaluation is not None and (tried_out := _tried(first, first.evaluation, request)) is not None:
        sides.append(tried_out)
        costs.append(None)
        columns.append(Column(_("我的试算"), f"{reverse('dashboards:try-out')}?evaluation={first.evaluation.code}", ""))
    aside = len(sides)
    for plan in plans:
        sides.append(plan.document["after"])
        costs.append(plan.summary["cost"])
        columns.append(_column(plan))
    cheapest = min((cost for cost in costs[aside:] if cost is not None), default=None)
    lines = [
        Line(_("全县结论"), "", tuple(Cell(outcome=side["outcome"] or "") for side in sides)),
        Line(
            _("花费"),
            _("万元"),
            tuple(
                Cell("—" if cost is None else sentences.money(cost), best=n >= aside and cost == cheapest)
                for n, cost in enumerate(costs)
            ),
        ),
        Line(
            _("至多还能省"),
            "",
            (*(Cell() for _n in range(aside)), *(Cell(sentences.gap(plan.proof)) for plan in plans)),
        ),
        *_parts(first.document, sides),
        *_schools(sides),
        *_coefficients(first.document, sides),
    ]
    others = {(plan.document["snapshot"], plan.document["standard"]) for plan in plans}
    warning = _("这些方案从不同的数据或标准出发，花费不能直接相比；“现在”是第一个方案的。") if len(others) > 1 else ""
    return Section(str(PlanKind.RESOURCES.label), tuple(columns), tuple(lines), warning)


def _column(plan: Plan) -> Column:
    return Column(plan.title, reverse("plans:detail", args=[plan.code]), f"{plan.made_at:%Y-%m-%d} {plan.made_by}")


def _tried(plan: Plan, evaluation: Evaluation, request: HttpRequest) -> Side | None:
    """What this person tried out on the same judgement, judged like a plan."""
    if not (changes := kept_changes(request, evaluation)):
        return None
    from junheng.planning.resources.document import verdict

    try:
        return verdict(tried(evaluation, changes), plan.county.code)
    except JunhengError:  # typed against other data: it says so on its own page
        return None


def _parts(document: Side, sides: Sequence[Side]) -> list[Line]:
    by_part = [{part["part"]: part["outcome"] for part in side["parts"]} for side in sides]
    return [
        Line(part_name(document, part), "", tuple(Cell(outcome=found.get(part["part"]) or "") for found in by_part))
        for part in sides[0]["parts"]
    ]


def _schools(sides: Sequence[Side]) -> list[Line]:
    words = {
        "met": _("学校（学段）达标"),
        "tolerated": _("学校（学段）余项容许"),
        "unmet": _("学校（学段）未达标"),
        "unknown": _("学校（学段）无法判定"),
    }
    return [
        Line(words[key], _("个"), tuple(Cell(str(side["schools"].get(key, 0))) for side in sides))
        for key in words
        if any(side["schools"].get(key) for side in sides)
    ]


def _coefficients(document: Side, sides: Sequence[Side]) -> list[Line]:
    by_key = [{(row["stage"], row["indicator"]): row for row in side["balance"]} for side in sides]
    lines = [Line(_("校际差异系数"), "", (), is_head=True)]
    for (stage, indicator), row in by_key[0].items():
        limit = "" if row["limit"] is None else f"≤ {row['limit']:.2f}"
        cells = []
        for found in by_key:
            entry = found.get((stage, indicator), {})
            cv = entry.get("cv")
            cells.append(Cell("—" if cv is None else str(number(cv, 3)), entry.get("outcome") or ""))
        lines.append(Line(f"{stage_word(stage)} {coefficient_name(document, row)}", limit, tuple(cells)))
    return lines


def _mean_way(document: Mapping[str, Any]) -> float | None:
    """Over all pupils; in the unit of the plan's ways."""
    pupils = sum(block["pupils"] for block in document["blocks"])
    return sum(block["way"] * block["pupils"] for block in document["blocks"]) / pupils if pupils else None


_FIGURES: dict[PlanKind, tuple[tuple[Any, Any, Callable[[dict[str, Any]], Any], bool], ...]] = {
    # name, unit, figure of a document, whether less is better
    PlanKind.ROTATION: (
        (gettext_lazy("交流人数"), gettext_lazy("人"), lambda d: d["shares"]["moved"], False),
        (gettext_lazy("交流比例"), "%", lambda d: d["shares"]["share"], False),
        (gettext_lazy("其中骨干"), "%", lambda d: d["shares"]["backbone_share"], False),
        (gettext_lazy("没有补上的缺口"), gettext_lazy("个"), lambda d: len(d["unfilled"]), True),
        (gettext_lazy("平均路程"), gettext_lazy("公里"), lambda d: d["fairness"]["mean_km"], True),
        (gettext_lazy("最远路程"), gettext_lazy("公里"), lambda d: d["fairness"]["max_km"], True),
        (gettext_lazy("去边远困难学校"), gettext_lazy("人"), lambda d: d["fairness"]["to_hardship"], False),
        (gettext_lazy("超出各校平均分担"), gettext_lazy("人"), lambda d: d["fairness"]["beyond_even_share"], True),
    ),
    PlanKind.ZONING: (
        (gettext_lazy("缺学位"), gettext_lazy("个"), lambda d: sum(z["missing_seats"] for z in d["zones"]), True),
        (gettext_lazy("改划的地块"), gettext_lazy("块"), lambda d: len(_changed(d)), True),
        (gettext_lazy("平均路程"), "", _mean_way, True),
        (gettext_lazy("最远路程"), "", lambda d: max((z["max_way"] or 0 for z in d["zones"]), default=None), True),
        (gettext_lazy("没有通过的核对"), gettext_lazy("项"), lambda d: sum(not c["ok"] for c in d["checks"]), True),
    ),
}


def _changed(document: Mapping[str, Any]) -> list[Any]:
    return [block for block in document["blocks"] if block["before"] not in (None, block["school_code"])]


def _figures(kind: PlanKind, plans: Sequence[Plan]) -> Section:
    lines = []
    for name, unit, figure_of, less_is_better in _FIGURES[kind]:
        figures = [figure_of(plan.document) for plan in plans]
        known = [figure for figure in figures if figure is not None]
        best = min(known) if known and less_is_better and len(set(known)) > 1 else None
        cells = tuple(Cell("—" if f is None else str(number(f)), best=f is not None and f == best) for f in figures)
        lines.append(Line(str(name), str(unit), cells))
    lines.append(Line(_("离最优"), "", tuple(Cell(sentences.gap(plan.proof)) for plan in plans)))
    return Section(str(kind.label), tuple(_column(plan) for plan in plans), tuple(lines), "")
