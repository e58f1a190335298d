"""Which reports somebody may have written, and what stands in the way of the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from junheng.base.errors import JunhengError
from junheng.reporting.library import Maker, list_reports
from junheng.standards.library import load_standard
from junheng.standards.model import Standard
from junheng.web.access import Action, Person, may_anywhere, places_for, roles_of
from junheng.web.dashboards.models import Evaluation
from junheng.web.filings.models import Period
from junheng.web.plans.models import PlanKind
from junheng.web.plans.selectors import plans_for
from junheng.web.regions.models import PlaceKind
from junheng.web.reports.selectors import places_to_report
from junheng.web.templatetags.words import label

# By whom they are for, in the order of the page.
GROUPS: dict[str, str | Promise] = {
    "counties": gettext_lazy("省市报告"),
    "county": gettext_lazy("县级报告"),
    "school": gettext_lazy("学校报告"),
    "plan": gettext_lazy("方案报告"),
}


@dataclass(frozen=True)
class Offer:
    """One report: what it needs, and why it cannot be written now (nothing where it can)."""

    maker: Maker
    needs: str
    missing: str


@dataclass(frozen=True)
class _Known:
    """What there is to write reports from, for one person."""

    standards: tuple[Standard, ...]
    years: int  # that one of the counties has filed for
    plans: frozenset[str]  # kinds of finished plans that she may have written of


def offers_for(user: Person) -> list[tuple[str, list[Offer]]]:
    """The reports of the scopes that this person works in, by group."""
    scopes = [scope for scope in GROUPS if places_to_report(user, scope).exists()]
    if not scopes:
        return []
    known = _known(user)
    makers = [maker for maker in list_reports() if maker.definition.scope in scopes and _concerns(maker, user)]
    return [
        (str(GROUPS[scope]), found)
        for scope in scopes
        if (found := [_offer(maker, known) for maker in makers if maker.definition.scope == scope])
    ]


def _concerns(maker: Maker, user: Person) -> bool:
    """Reports on plans are for those who see plans, on rosters for those who make them."""
    needs = maker.definition.needs
    if needs.plan == PlanKind.ROTATION.value:
        return may_anywhere(user, Action.MAKE_PLAN)
    return not (needs.plan or needs.any_plan) or may_anywhere(user, Action.VIEW_PLAN)


def _known(user: Person) -> _Known:
    # A role below a county has reports written from what that county was judged on.
    above = {code for held in roles_of(user) for code in held.place.above}
    counties = places_for(user, Action.MAKE_REPORT).filter(kind=PlaceKind.COUNTY)
    names = Evaluation.objects.filter(Q(period__county__in=counties) | Q(period__county__code__in=above))
    years = Period.objects.filter(Q(county__in=counties) | Q(county__code__in=above)).order_by()
    most = years.values("county").annotate(years=Count("school_year", distinct=True)).order_by("-years").first()
    plans = plans_for(user).exclude(summary={})
    if not may_anywhere(user, Action.MAKE_PLAN):
        plans = plans.exclude(kind=PlanKind.ROTATION)
    kinds = plans.order_by().values_list("kind", flat=True).distinct()
    return _Known(
        tuple(load_standard(name) for name in names.order_by().values_list("standard", flat=True).distinct()),
        most["years"] if most else 0,
        frozenset(kinds),
    )


def _offer(maker: Maker, known: _Known) -> Offer:
    return Offer(maker, _("；").join(needs_of(maker)), _missing(maker, known))


def needs_of(maker: Maker) -> Iterator[str]:
    """What a report is written from beside a judgement, a clause each."""
    definition, needs = maker.definition, maker.definition.needs
    if definition.standards:
        yield _("标准：%(names)s") % {"names": _("、").join(_name(name) for name in definition.standards)}
    if needs.earlier:
        said = ngettext("以前 %(count)s 个学年的数据", "以前 %(count)s 个学年的数据", needs.earlier)
        yield said % {"count": needs.earlier}
    if needs.plan:
        yield _("求好的方案：%(kind)s") % {"kind": PlanKind(needs.plan).label}
    if needs.any_plan:
        yield _("求好的方案，不限哪种")


def _name(standard: str) -> str:
    try:
        return label(load_standard(standard))
    except JunhengError:
        return standard


def _missing(maker: Maker, known: _Known) -> str:
    definition, needs = maker.definition, maker.definition.needs
    if definition.scope != "plan" and not known.standards:
        return _("还没有判定过。先在县域总览判定一次。")
    if definition.scope != "plan" and not any(maker.suits(standard) for standard in known.standards):
        return _("现有的判定用的是别的标准。")
    if needs.earlier and known.years <= needs.earlier:
        return _("以前学年的数据不够。")
    if needs.plan and needs.plan not in known.plans:
        return _("还没有求好的方案。先在“方案”里求一个%(kind)s方案。") % {"kind": PlanKind(needs.plan).label}
    if needs.any_plan and not known.plans:
        return _("还没有求好的方案。先在“方案”里求一个。")
    return ""
