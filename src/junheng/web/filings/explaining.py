"""填写说明 from the page: of one finding, or the same words for all of one root cause."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import Http404

from junheng.tables.finding import Severity
from junheng.web.accounts.models import User
from junheng.web.filings import selectors
from junheng.web.filings.models import Filing
from junheng.web.filings.reading import CellFinding
from junheng.web.filings.services import explain


def explain_posted(*, filing: Filing, posted: Mapping[str, str], acting_user: User) -> int:
    """Explain the finding that was posted, as it is found now; with ``all``, those of its root cause that are open too.

    Raises:
        ReasonMissingError, FilingClosedError: see ``explain``.
    """
    found = [e for e in selectors.checked(filing).findings if e.finding.severity is Severity.EXPLAIN]
    chosen = next((entry for entry in found if _is(entry, posted)), None)
    if chosen is None:
        raise Http404
    meant = [chosen]
    if posted.get("all"):
        cause = (chosen.finding.check, chosen.finding.cause)
        meant += [e for e in found if (e.finding.check, e.finding.cause) == cause and e is not chosen and e.is_open]
    for entry in meant:
        explain(filing=filing, found=entry, text=posted.get("text", ""), acting_user=acting_user)
    return len(meant)


def _is(entry: CellFinding, posted: Mapping[str, str]) -> bool:
    known = {"check": entry.finding.check, "table": entry.table, "key": entry.key, "column": entry.column}
    return all(posted.get(name, "") == value for name, value in known.items())
