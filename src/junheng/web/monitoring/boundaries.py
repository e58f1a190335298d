"""Outlines that were sent for an area, kept beside the national store; read again when the file changes."""

from __future__ import annotations

from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from junheng.web.access import Action, require
from junheng.web.accounts.models import User
from junheng.web.audit.services import record
from junheng.web.filings.errors import UploadTooLargeError
from junheng.web.monitoring.area import Area, said
from junheng.web.monitoring.errors import BoundariesUnreadableError, NoCountyOfYoursError
from junheng.web.monitoring.outlines import NAMES, Outlines, made_small, read_outlines
from junheng.web.monitoring.sent import BOUNDARIES, keep_sent, sent_for
from junheng.web.regions.models import Place

MOST_MEGABYTES = 20
_MOST_POINTS = 120_000  # that are kept of one file; the nation with some forty points a county
_MOST_DRAWN = 40_000  # that a page gets
_SUFFIXES = (".geojson", ".json")
_NAMED = 5


def keep_boundaries(*, upload: UploadedFile[bytes], area: Area, place: Place, acting_user: User) -> int:
    """Keep the outlines of an area's counties; return how many. What was kept of the area before is replaced.

    Raises:
        UploadTooLargeError, BoundariesUnreadableError, NoCountyOfYoursError: nothing was kept.
    """
    require(acting_user, Action.DRAW_MAP, place)
    name = PurePath(str(upload.name or "").replace("\\", "/")).name[-120:]
    if PurePath(name).suffix.casefold() not in _SUFFIXES:
        raise BoundariesUnreadableError(file=name, place="", reason=_("不是 .geojson 或 .json 文件"))
    if (upload.size or 0) > MOST_MEGABYTES * 2**20:
        raise UploadTooLargeError(file=name, size=(upload.size or 0) / 2**20, limit=MOST_MEGABYTES)
    found = read_outlines(upload.read(), name)
    own = {code: polygons for code, polygons in found.items() if area.holds(code)}
    if not own:
        listed = "、".join(sorted(found)[:_NAMED]) or _("（无）")
        raise NoCountyOfYoursError(file=name, region=said(area), names=" / ".join(NAMES), found=listed)
    write_outlines(area, own)
    with transaction.atomic():
        record(
            acting_user=acting_user,
            action="keep_boundaries",
            subject=f"place:{place.pk}",
            place=place,
            summary=f"{place}：上传“{name}”，{len(own)} 个县的边界",
            changes=[{"what": "counties", "before": None, "after": len(own)}],
        )
    return len(own)


def outlines_of(area: Area) -> Outlines:
    """The outlines of an area's counties, small enough for a page: from its own file, and from wider and narrower ones.

    Where several have a county, the file of the narrowest area counts.
    """
    found: Outlines = {}
    for kept in sent_for(BOUNDARIES, area):  # the widest first, so that the narrowest counts
        found |= {own: polygons for own, polygons in kept.items() if area.holds(own)}
    return made_small(found, _MOST_DRAWN) if found else {}


def write_outlines(area: Area, outlines: Outlines) -> None:
    """Keep outlines for an area in place of those it had."""
    keep_sent(BOUNDARIES, area, made_small(outlines, _MOST_POINTS))
