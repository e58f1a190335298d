"""What a finding is about: a place, one cell of a filing, or one requirement; read from the address of the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from junheng.standards.library import load_standard
from junheng.web.access import Action, places_for
from junheng.web.accounts.models import User
from junheng.web.filings.form import form_of
from junheng.web.filings.models import Filing, Period
from junheng.web.filings.selectors import get_filing
from junheng.web.inspections.models import InspectionFinding
from junheng.web.regions.models import Place
from junheng.web.templatetags.words import label, stage


@dataclass(frozen=True)
class Subject:
    """A place and period, and as far as they are known the filing's cell or the indicator and its stage."""

    place: Place
    period: Period
    filing: Filing | None = None
    table: str = ""
    key: str = ""
    column: str = ""
    indicator: str = ""

    @property
    def words(self) -> str:
        """``学段情况 · 小学 · 体育专任教师``; empty where it is the place as a whole."""
        return words_of_subject(self.filing, self.period, self.table, self.key, self.column, self.indicator)

    @property
    def value(self) -> str:
        """What stands in the cell now, as typed."""
        if self.filing is None or not self.column:
            return ""
        row = self.filing.rows.filter(table=self.table, key=self.key).first()
        return str(row.values.get(self.column, "")) if row else ""


def subject_from(query: Mapping[str, str], user: User) -> Subject:
    """By ``filing`` (with ``table``, ``key``, ``column``) or ``place`` and ``period`` (with ``indicator``, ``key``).

    Raises:
        Http404: what is asked for does not exist, or is not this person's to inspect.
    """
    inspected = places_for(user, Action.INSPECT)
    indicator, key = query.get("indicator", "")[:80], query.get("key", "")[:200]
    if code := query.get("filing"):
        filing = get_filing(code=_uuid(code), user=user)
        if not inspected.filter(pk=filing.place_id).exists():
            raise Http404
        table, column = query.get("table", ""), query.get("column", "")
        if table and form_of(filing).column(table, column) is None:
            raise Http404
        return Subject(filing.place, filing.period, filing, table, key if table else "", column, indicator)
    place = inspected.filter(code=query.get("place", "")).first()
    if place is None:
        raise Http404
    periods = Period.objects.filter(county__code__in=[*place.above, place.code]).select_related("county")
    asked = query.get("period", "")
    period = periods.filter(pk=asked).first() if asked.isdecimal() else periods.order_by("-school_year").first()
    if period is None:
        raise Http404
    if indicator and indicator not in dict(load_standard(period.standard).resources):
        raise Http404
    return Subject(place, period, key=key if indicator else "", indicator=indicator)


def words_of_subject(filing: Filing | None, period: Period, table: str, key: str, column: str, indicator: str) -> str:
    words = []
    if filing is not None and table:
        part = form_of(filing).parts.get(table)
        entry = form_of(filing).column(table, column)
        words = [label(part.table) if part else table, _key_words(key), label(entry) if entry else column]
    elif indicator:
        known = load_standard(period.standard).resources.get(indicator)
        words = [_key_words(key), label(known) if known else indicator]
    return " · ".join(filter(None, words))


def subject_words(finding: InspectionFinding) -> str:
    return words_of_subject(
        finding.filing, finding.period, finding.table, finding.key, finding.column, finding.indicator
    )


def _key_words(key: str) -> str:
    return stage(key) if key in ("primary", "junior", "senior") else key


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
