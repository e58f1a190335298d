"""省市监测: what is kept of each county's evaluation and how far its filings are, in a fixed number of queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from junheng.base.outcome import Outcome
from junheng.reporting.charts.distribution import distribution
from junheng.reporting.charts.table import table
from junheng.standards.library import load_standard
from junheng.verdict.balance import COMPOSITE
from junheng.web.access import Action, Person, places_for
from junheng.web.dashboards.doors import overview_url
from junheng.web.dashboards.models import Evaluation
from junheng.web.dashboards.overview_content import language
from junheng.web.dashboards.selectors import newest_by_county
from junheng.web.filings.models import Filing, Period
from junheng.web.filings.states import APPROVED, OPEN_FOR_FILING
from junheng.web.regions.models import Place, PlaceKind
from junheng.web.templatetags.words import label
from junheng.web.templatetags.words import outcome as outcome_word

_SEVERITY = {str(o): n for n, o in enumerate((Outcome.UNMET, Outcome.UNKNOWN, Outcome.TOLERATED, Outcome.MET))}


@dataclass(frozen=True, slots=True)
class Worst:
    """The coefficient of a stage that is furthest over its limit, or closest below it."""

    stage: str
    indicator: str
    cv: float
    limit: float | None
    outcome: str | None


@dataclass(frozen=True, slots=True)
class CountyLine:
    """One county in one school year. What is None or empty is not known: nothing was judged or no period opened."""

    code: str
    name: str
    city: str
    outcome: str
    parts: Mapping[str, str]
    schools: int
    unmet: int | None
    unknown: int | None
    worst: Mapping[str, Worst]
    filings: int
    filed: int
    approved: int
    made_at: datetime | None
    basis: str
    href: str

    @property
    def unmet_share(self) -> float | None:
        """The share of the county's schools (by stage) that fail; None where nothing was judged."""
        return self.unmet / self.schools if self.unmet is not None and self.schools else None

    @property
    def approved_share(self) -> float | None:
        return self.approved / self.filings if self.filings else None


def counties_compared(user: Person) -> QuerySet[Place]:
    """The counties that somebody may see side by side."""
    return places_for(user, Action.COMPARE_COUNTIES).filter(kind=PlaceKind.COUNTY)


def years_compared(user: Person) -> list[int]:
    """The school years that any of these counties has a period of, the newest first."""
    years = Period.objects.filter(county__in=counties_compared(user)).values_list("school_year", flat=True)
    return list(years.order_by("-school_year").distinct())


def year_asked(user: Person, asked: str) -> int:
    """The school year that was asked for, if there is one; else the newest in which any of them was judged.

    Returns:
        The newest of all where none was judged yet; 0 where there is none.
    """
    years = years_compared(user)
    if asked in map(str, years):
        return int(asked)
    judged = Evaluation.objects.filter(period__county__in=counties_compared(user)).order_by("-period__school_year")
    return judged.values_list("period__school_year", flat=True).first() or next(iter(years), 0)


def tops_compared(user: Person) -> list[Place]:
    """Where the counties that somebody may see side by side begin."""
    held = places_for(user, Action.COMPARE_COUNTIES)
    return list(held.exclude(parent__in=held).order_by("path"))


def counties_answer(lines: Sequence[CountyLine], year: int) -> str:
    """How many counties came out how, in one sentence."""
    counted = Counter(line.outcome for line in lines)
    said = {"year": year, "total": len(lines), "met": counted[Outcome.MET], "unmet": counted[Outcome.UNMET]}
    text = _("%(year)s 学年 %(total)s 个县中，%(met)s 个达标，%(unmet)s 个未达标") % said
    if unknown := counted[Outcome.UNKNOWN]:
        text += _("，%(count)s 个无法判定") % {"count": unknown}
    if none := counted[""]:
        text += _("，%(count)s 个还没有判定") % {"count": none}
    return text


def county_lines(user: Person, year: int) -> list[CountyLine]:
    """Every county of this person's in one school year: four queries however many there are."""
    counties = list(counties_compared(user).select_related("parent").order_by("path"))
    keys = [county.pk for county in counties]
    evaluations = Evaluation.objects.filter(period__county__in=keys, period__school_year=year)
    newest = newest_by_county(evaluations.select_related("period__county"))
    filings: dict[int, Mapping[str, int]] = {
        row["period__county"]: {name: row[name] for name in ("filings", "filed", "approved")}
        for row in Filing.objects.filter(period__county__in=keys, period__school_year=year)
        .order_by()
        .values("period__county")
        .annotate(
            filings=Count("pk"),
            filed=Count("pk", filter=~Q(state__in=OPEN_FOR_FILING)),
            approved=Count("pk", filter=Q(state__in=APPROVED)),
        )
    }
    names: dict[tuple[str, str], str] = {}
    return [_line(county, newest.get(county.pk), filings.get(county.pk, {}), names) for county in counties]


def _line(
    county: Place, evaluation: Evaluation | None, filings: Mapping[str, int], names: dict[tuple[str, str], str]
) -> CountyLine:
    summary: Mapping[str, Any] = evaluation.summary if evaluation else {}
    counted: dict[str, int] = {}
    for by_outcome in summary.get("schools", {}).values():
        for outcome, count in by_outcome.items():
            counted[outcome] = counted.get(outcome, 0) + count
    return CountyLine(
        code=county.code,
        name=county.name,
        city=county.parent.name if county.parent else "",
        outcome=evaluation.outcome if evaluation else "",
        parts=summary.get("parts", {}),
        schools=sum(counted.values()),
        unmet=counted.get(str(Outcome.UNMET), 0) if evaluation else None,
        unknown=counted.get(str(Outcome.UNKNOWN), 0) if evaluation else None,
        worst=_worst(evaluation, names) if evaluation else {},
        filings=filings.get("filings", 0),
        filed=filings.get("filed", 0),
        approved=filings.get("approved", 0),
        made_at=evaluation.made_at if evaluation else None,
        basis=evaluation.get_basis_display() if evaluation else "",
        href=overview_url(evaluation) if evaluation else "",
    )


def _worst(evaluation: Evaluation, names: dict[tuple[str, str], str]) -> dict[str, Worst]:
    found: dict[str, Mapping[str, Any]] = {}
    for row in evaluation.summary.get("balance", []):
        if row["cv"] is not None and (row["stage"] not in found or _how_far(row) > _how_far(found[row["stage"]])):
            found[row["stage"]] = row
    return {
        own: Worst(own, _name(evaluation.standard, row["indicator"], names), row["cv"], row["limit"], row["outcome"])
        for own, row in found.items()
    }


def _how_far(row: Mapping[str, Any]) -> float:
    return float(row["cv"]) / float(row["limit"]) if row["limit"] else float(row["cv"])


def _name(standard: str, indicator: str, names: dict[tuple[str, str], str]) -> str:
    if indicator == COMPOSITE:
        return _("综合")
    if (standard, indicator) not in names:
        entry = load_standard(standard).resources.get(indicator)
        names[standard, indicator] = label(entry) if entry else indicator
    return names[standard, indicator]


def chosen_lines(lines: Iterable[CountyLine], text: str, city: str, outcome: str) -> list[CountyLine]:
    """The counties that a filter asks for; ``none`` are those that were not judged."""
    return [
        line
        for line in lines
        if (not text or text in line.name or text == line.code)
        and (not city or line.city == city)
        and (not outcome or line.outcome == ("" if outcome == "none" else outcome))
    ]


def sorted_lines(lines: Sequence[CountyLine], sort: str) -> list[CountyLine]:
    """In the order asked for, by itself the worst first; what is not known stands last either way."""
    keys: dict[str, Callable[[CountyLine], Any]] = {
        "name": lambda line: line.code,
        "outcome": lambda line: _SEVERITY.get(line.outcome),
        "unmet": lambda line: line.unmet,
        "share": lambda line: line.unmet_share,
        "cv_primary": lambda line: line.worst["primary"].cv if "primary" in line.worst else None,
        "cv_junior": lambda line: line.worst["junior"].cv if "junior" in line.worst else None,
        "approved": lambda line: line.approved_share,
        "made_at": lambda line: line.made_at,
    }
    key = keys.get(sort.removeprefix("-"))
    if key is None:
        return sorted(lines, key=lambda line: (_SEVERITY.get(line.outcome, 9), -(line.unmet_share or 0), line.code))
    known = [line for line in lines if key(line) is not None]
    unknown = [line for line in lines if key(line) is None]
    return [*sorted(known, key=key, reverse=sort.startswith("-")), *unknown]


def measures() -> dict[str, str]:
    """What the counties can be laid out by."""
    return {
        "share": _("未达标学校比例"),
        "primary": _("小学最高的差异系数"),
        "junior": _("初中最高的差异系数"),
    }


def spread(lines: Sequence[CountyLine], measure: str) -> dict[str, Any]:
    """Every county a dot on one measure, with the table; empty where fewer than two have a figure to compare."""
    rows = [
        {"county": line.name, "outcome": line.outcome, "href": line.href, **_measured(line, measure)} for line in lines
    ]
    if sum(row["value"] is not None for row in rows) < 2:
        return {}
    limits = {row["limit"] for row in rows if row.get("limit") is not None}
    title = measures()[measure]
    spec = distribution(
        rows,
        title=title,
        unit="%" if measure == "share" else "",
        limit=limits.pop() if len(limits) == 1 else None,
        direction="at_most",
        language=language(),
    )
    return {"spec": spec, "table": table(rows, [("county", _("县")), ("value", title)])}


def _measured(line: CountyLine, measure: str) -> dict[str, Any]:
    if measure == "share":
        return {"value": None if line.unmet_share is None else round(line.unmet_share * 100, 1)}
    worst = line.worst.get(measure)
    return {"value": worst.cv, "limit": worst.limit, "outcome": worst.outcome} if worst else {"value": None}


def export_rows(lines: Iterable[CountyLine]) -> Iterable[tuple[object, ...]]:
    for line in lines:
        worst = [line.worst.get(own) for own in ("primary", "junior")]
        yield (
            line.code,
            line.name,
            line.city,
            outcome_word(line.outcome),
            line.schools,
            line.unmet,
            line.unknown,
            *(cell for entry in worst for cell in ((entry.indicator, entry.cv) if entry else (None, None))),
            line.filings,
            line.filed,
            line.approved,
            line.basis,
            line.made_at,
        )
