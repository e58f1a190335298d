"""Plans and scenarios side by side with today: the same figures in columns, from documents and verdicts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from junheng.base.exact import half_up, plain
from junheng.base.outcome import Outcome
from junheng.reporting.errors import DifferentCountiesError, DifferentKindsError, ScenarioOfOtherKindError
from junheng.reporting.plan_figures import Document, by_measure, by_school, total_cost
from junheng.reporting.plan_sheets import Column, PlanSheets
from junheng.reporting.plan_words import percent, stage_word, wan, way_unit
from junheng.reporting.sheet_style import workbook
from junheng.reporting.zoning_plan_book import STAGE_FIGURES, figure

TODAY = "现状"
_NONE = "—"


@dataclass(frozen=True)
class Line:
    """One figure of every side; an empty text where a side has none. ``is_outcome``: the values are outcomes."""

    label: str
    values: tuple[str, ...]
    is_outcome: bool = False


@dataclass(frozen=True)
class Section:
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class PlanComparison:
    """Sides (today, plans, scenarios) and their figures by section.

    Attributes:
        notes: what makes the sides not quite comparable.
    """

    kind: str
    sides: tuple[str, ...]
    sections: tuple[Section, ...]
    notes: tuple[str, ...] = field(default=())

    def document(self) -> dict[str, Any]:
        """As JSON-able data."""
        return {
            "kind": self.kind,
            "sides": list(self.sides),
            "sections": [
                {"title": s.title, "lines": [{"label": line.label, "values": list(line.values)} for line in s.lines]}
                for s in self.sections
            ],
            "notes": list(self.notes),
        }


def check_comparable(plans: Mapping[str, Document], *, with_verdicts: bool) -> None:
    """See that plans are of one kind and county, before anything is judged for their sake.

    Args:
        with_verdicts: whether data are to stand beside them.

    Raises:
        DifferentKindsError, DifferentCountiesError, ScenarioOfOtherKindError: there is nothing to compare.
    """
    if len({document["kind"] for document in plans.values()}) > 1:
        raise DifferentKindsError(plans="、".join(f"{name}（{d['title']['zh']}）" for name, d in plans.items()))
    counties = {d["county"]["code"]: d["county"]["name"] or d["county"]["code"] for d in plans.values()}
    if len(counties) > 1:
        raise DifferentCountiesError(counties="、".join(str(name or "未写明") for name in counties.values()))
    first = next(iter(plans.values()))
    if with_verdicts and first["kind"] != "resources":
        raise ScenarioOfOtherKindError(kind=first["title"]["zh"])


def compare_plans(
    plans: Mapping[str, Document],
    *,
    today: Mapping[str, Any] | None = None,
    scenarios: Mapping[str, Mapping[str, Any]] | None = None,
) -> PlanComparison:
    """Put plans of one kind and one county side by side.

    Args:
        plans: name → document.
        today: the county's verdict as it is; without it what the first resource plan began with.
        scenarios: name → verdict of data that somebody changed by hand; for resource plans.

    Raises:
        DifferentKindsError, DifferentCountiesError, ScenarioOfOtherKindError: there is nothing to compare.
    """
    check_comparable(plans, with_verdicts=today is not None or bool(scenarios))
    kind = next(iter(plans.values()))["kind"]
    match kind:
        case "resources":
            sides, sections = _resources(plans, today, scenarios or {})
        case "rotation":
            sides, sections = _rotation(plans)
        case _:
            sides, sections = _zoning(plans)
    kept = [Section(s.title, tuple(line for line in s.lines if any(line.values))) for s in sections]
    return PlanComparison(kind, sides, tuple(s for s in kept if s.lines), tuple(_notes(plans)))


def _notes(plans: Mapping[str, Document]) -> Iterator[str]:
    said = {"standard": "评估标准", "day": "评估日期", "year": "学年", "snapshot": "数据快照"}
    for name, words in said.items():
        values = [str(document[name] or "未写明") for document in plans.values()]
        if len(set(values)) > 1:
            shown = "；".join(f"{plan}：{value[:16]}" for plan, value in zip(plans, values, strict=True))
            yield f"各方案的{words}不同（{shown}），数字不能直接相比。"


def _resources(
    plans: Mapping[str, Document], today: Mapping[str, Any] | None, scenarios: Mapping[str, Mapping[str, Any]]
) -> tuple[tuple[str, ...], Iterator[Section]]:
    documents = [*plans.values()]
    verdicts = [today or documents[0]["before"], *(d["after"] for d in documents), *scenarios.values()]
    blank = ("",) * len(scenarios)

    def of_plans(figure_of: Callable[[Document], str], of_today: str = _NONE) -> tuple[str, ...]:
        return (of_today, *map(figure_of, documents), *blank)

    def sections() -> Iterator[Section]:
        yield Section("花费", (
            Line("总花费（万元）", of_plans(lambda d: wan(total_cost(d)), "0")),
            Line("已证明至少要（万元）", of_plans(lambda d: wan(d["proof"]["bound"] or 0))),
            Line("与最优至多差", of_plans(lambda d: percent(d["proof"]["gap"], 3))),
            Line("涉及学校（所）", of_plans(lambda d: str(len(by_school(d))))),
            Line("年数", of_plans(lambda d: str(len(d["years"]) or 1))),
        ))  # fmt: skip
        yield Section("结论", (
            Line("县结论", tuple(v["outcome"] for v in verdicts), is_outcome=True),
            *_aligned(verdicts, "parts", ("part",), lambda row: row["label"], lambda row: row["outcome"] or "", True),
        ))  # fmt: skip
        counts = [(name, Outcome(name).zh) for name in ("met", "tolerated", "unmet", "unknown")]
        if any(sum(v["schools"].values()) for v in verdicts):
            yield Section(
                "学校（学段）数",
                tuple(Line(zh, tuple(str(v["schools"].get(name, 0)) for v in verdicts)) for name, zh in counts),
            )
        yield Section("差异系数", tuple(_coefficients(verdicts)))
        yield Section("措施的数量", tuple(_measures(documents, blank)))

    return (TODAY, *plans, *scenarios), sections()


def _aligned(
    verdicts: Sequence[Mapping[str, Any]],
    part: str,
    key: tuple[str, ...],
    label: Callable[[Mapping[str, Any]], str],
    value: Callable[[Mapping[str, Any]], str],
    is_outcome: bool = False,
) -> Iterator[Line]:
    """A line for each row that any side has."""
    by_key = [{tuple(row[k] for k in key): row for row in v[part]} for v in verdicts]
    every = {own: row for rows in reversed(by_key) for own, row in rows.items()}
    first = [own for rows in by_key for own in rows]
    for own in dict.fromkeys(first):
        values = tuple(value(rows[own]) if own in rows else "" for rows in by_key)
        yield Line(label(every[own]), values, is_outcome)


def _coefficients(verdicts: Sequence[Mapping[str, Any]]) -> Iterator[Line]:
    def label(row: Mapping[str, Any]) -> str:
        limit = "" if row["limit"] is None else f"（限 {plain(row['limit'])}）"
        return f"{stage_word(row['stage'])} {row['label']}{limit}"

    def value(row: Mapping[str, Any]) -> str:
        if row["cv"] is None:
            return "未知"
        return f"{half_up(row['cv'], 4)}{'（超限）' if row['outcome'] == Outcome.UNMET else ''}"

    yield from _aligned(verdicts, "balance", ("stage", "indicator"), label, value)


def _measures(documents: Sequence[Document], blank: tuple[str, ...]) -> Iterator[Line]:
    totals = [{total.measure: total for total in by_measure(document)} for document in documents]
    every = {name: total for own in reversed(totals) for name, total in own.items()}
    for name, total in every.items():
        values = (plain(own[name].amount, 2) if name in own else "0" for own in totals)
        yield Line(f"{total.label['zh']}（{total.unit}）", ("0", *values, *blank))


def _rotation(plans: Mapping[str, Document]) -> tuple[tuple[str, ...], Iterator[Section]]:
    documents = [*plans.values()]

    def of(figure_of: Callable[[Document], object]) -> tuple[str, ...]:
        return tuple("" if (value := figure_of(d)) is None else _number(value) for d in documents)

    def sections() -> Iterator[Section]:
        yield Section("比例", (
            Line("符合条件（人）", of(lambda d: d["shares"]["eligible"])),
            Line("交流（人）", of(lambda d: d["shares"]["moved"])),
            Line("交流占符合条件（%）", of(lambda d: d["shares"]["share"])),
            Line("骨干（人）", of(lambda d: d["shares"]["backbone_moved"])),
            Line("骨干占交流（%）", of(lambda d: d["shares"]["backbone_share"])),
        ))  # fmt: skip
        yield Section("缺口", (
            Line("交流前缺（人次）", of(lambda d: sum(max(0, n["need"] - n["before"]) for n in d["needs"]))),
            Line("交流后还缺（人次）", of(lambda d: sum(n["lacking"] for n in d["unfilled"]))),
        ))  # fmt: skip
        yield Section("远近和去向", (
            Line("平均路程（公里）", of(lambda d: d["fairness"]["mean_km"])),
            Line("最远路程（公里）", of(lambda d: d["fairness"]["max_km"])),
            Line("去边远困难学校（人）", of(lambda d: d["fairness"]["to_hardship"])),
            Line("从边远困难学校出来（人）", of(lambda d: d["fairness"]["from_hardship"])),
            Line("回家庭所在乡镇（人）", of(lambda d: d["fairness"]["to_own_town"])),
        ))  # fmt: skip
        yield Section("证明", (Line("与最优至多差", of(lambda d: percent(d["proof"]["gap"], 3))),))

    return tuple(plans), sections()


def _number(value: object) -> str:
    return plain(value, 2) if isinstance(value, int | float) else str(value)


def _zoning(plans: Mapping[str, Document]) -> tuple[tuple[str, ...], Iterator[Section]]:
    """Today and everybody to the nearest school are the same beside every plan of one county: the first says them."""
    documents = [*plans.values()]
    sides = [documents[0]["today"], documents[0]["nearest_school"], *(d["travel"] for d in documents)]
    stages = dict.fromkeys(row["stage"] for d in documents for row in d["travel"]["stages"])
    by_stage = [{row["stage"]: row for row in side["stages"]} if side else {} for side in sides]
    unit = way_unit(documents[0])

    def sections() -> Iterator[Section]:
        for stage in stages:
            yield Section(
                stage_word(stage),
                tuple(
                    Line(words.format(unit=unit), tuple(figure(own.get(stage, {}), name) for own in by_stage))
                    for name, words in STAGE_FIGURES
                ),
            )
        yield Section("证明", (Line("与最优至多差", ("", "", *(percent(d["proof"]["gap"], 3) for d in documents))),))

    return (TODAY, "就近入学", *plans), sections()


def write_comparison_book(found: PlanComparison, path: str | Path) -> None:
    """Write a comparison as one sheet.

    Raises:
        OSError: the place cannot be written to.
    """
    columns = [Column("部分", 16), Column("项目", 50), *(Column(side, 16) for side in found.sides)]
    rows = [
        (
            section.title,
            line.label,
            *(Outcome(value).zh if line.is_outcome and value else value for value in line.values),
        )
        for section in found.sections
        for line in section.lines
    ]
    rows += [("说明", note, *("" for _ in found.sides)) for note in found.notes]
    with workbook(path) as book:
        PlanSheets(book).table("方案对照", "", columns, rows, frozen=2)
