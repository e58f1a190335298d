"""Two versions of a filing side by side; the draft and last year's filing count as versions too."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from junheng.web.filings import selectors
from junheng.web.filings.history import Difference, differences, step_label, version_numbered
from junheng.web.filings.models import Filing, FilingVersion
from junheng.web.filings.reading import Rows, rows_of
from junheng.web.filings.versions import rows_of_version

DRAFT, LAST_YEAR = "draft", "last-year"


@dataclass(frozen=True)
class TwoVersions:
    """What can be compared, what is, and what differs."""

    choices: tuple[tuple[str, str], ...]
    versions: tuple[tuple[FilingVersion, str | Promise], ...]  # each with how it came about
    before: str
    after: str
    differences: tuple[Difference, ...]


def two_versions(filing: Filing, before: str, after: str) -> TwoVersions:
    """Compare two of them; without a choice, what stands now with the version before, else with last year."""
    versions = tuple(
        (version, step_label(version.step)) for version in filing.versions.select_related("made_by").order_by("-number")
    )
    choices = [(DRAFT, _("现在的数据"))]
    choices += [
        (str(v.number), _("第 {number} 版 · {step}").format(number=v.number, step=step)) for v, step in versions
    ]
    choices.append((LAST_YEAR, _("上年数据")))
    known = {value for value, _label in choices}
    after = after if after in known else DRAFT
    before = before if before in known else (str(versions[0][0].number) if versions else LAST_YEAR)
    found = differences(filing, _rows(filing, before), _rows(filing, after))
    return TwoVersions(tuple(choices), versions, before, after, tuple(found))


def _rows(filing: Filing, which: str) -> Rows:
    if which == DRAFT:
        return rows_of(filing)
    if which == LAST_YEAR:
        return selectors.rows_before(filing)
    return rows_of_version(version_numbered(filing, int(which)))
