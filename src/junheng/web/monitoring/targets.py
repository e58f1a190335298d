"""阶段目标 of an area: sent as a workbook by its province or city, kept beside the national store.

Where a wider and a narrower area both set a target for the same region and year, or for the same county, the wider one
counts: a city does not change what its province planned.
"""

from __future__ import annotations

from pathlib import Path, PurePath
from tempfile import TemporaryDirectory

import polars as pl
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from junheng.monitoring.targets import NATION, Targets, read_targets
from junheng.web.access import Action, require
from junheng.web.accounts.models import User
from junheng.web.audit.services import record
from junheng.web.filings.errors import UploadTooLargeError, UploadTypeError
from junheng.web.monitoring.area import Area, said
from junheng.web.monitoring.errors import NoTargetOfYoursError
from junheng.web.monitoring.sent import TARGETS, keep_sent, sent_for
from junheng.web.regions.models import Place

MOST_MEGABYTES = 5
SUFFIXES = (".xlsx", ".csv")
_NAMED = 5
_NOTHING: dict[str, list[object]] = {"shares": [], "counties": []}
_SHARES = {"region": pl.String, "target_year": pl.Int64, "share": pl.Float64}
_COUNTIES = {"county_code": pl.String, "county_name": pl.String, "recognise_by": pl.Int64}


def keep_targets(*, upload: UploadedFile[bytes], area: Area, place: Place, acting_user: User) -> tuple[int, int]:
    """Keep the targets of an area in place of those it had; return how many, and how many rows were of elsewhere.

    Raises:
        UploadTypeError, UploadTooLargeError, NoTargetOfYoursError: nothing was kept.
        JunhengError: the workbook does not read, see ``read_targets``.
    """
    require(acting_user, Action.SET_TARGETS, place)
    name = PurePath(str(upload.name or "").replace("\\", "/")).name[-120:]
    suffix = PurePath(name).suffix.casefold()
    if suffix not in SUFFIXES:
        raise UploadTypeError(file=name)
    if (upload.size or 0) > MOST_MEGABYTES * 2**20:
        raise UploadTooLargeError(file=name, size=(upload.size or 0) / 2**20, limit=MOST_MEGABYTES)
    with TemporaryDirectory(prefix="junheng-targets-") as folder:
        # Under its own name: that of a CSV file says which table it is. No folders are left in it.
        path = Path(folder) / name[-60:]
        path.write_bytes(upload.read())
        found = read_targets(path)
    own = within(found, area)
    count, sent = _rows(own), _rows(found)
    if not count:
        codes = sorted({*found.shares["region"], *found.counties["county_code"]})
        raise NoTargetOfYoursError(
            file=name, region=said(area), codes=area.code or NATION, found="、".join(codes[:_NAMED])
        )
    keep_sent(TARGETS, area, {"shares": own.shares.to_dicts(), "counties": own.counties.to_dicts()})
    with transaction.atomic():
        record(
            acting_user=acting_user,
            action="keep_targets",
            subject=f"place:{place.pk}",
            place=place,
            summary=f"{place}：上传“{name}”，{count} 条阶段目标",
            changes=[{"what": "rows", "before": None, "after": count}],
        )
    return count, sent - count


def targets_of(area: Area, hidden: frozenset[str] = frozenset()) -> Targets | None:
    """The targets of an area and of what lies in it; None where nobody set any.

    Args:
        hidden: codes of counties that lie elsewhere, see ``area.elsewhere``.
    """
    sent = sent_for(TARGETS, area)
    shares = pl.concat([pl.DataFrame(kept["shares"], schema=_SHARES) for kept in [_NOTHING, *sent]])
    counties = pl.concat([pl.DataFrame(kept["counties"], schema=_COUNTIES) for kept in [_NOTHING, *sent]])
    found = within(
        Targets(
            shares.unique(["region", "target_year"], keep="first", maintain_order=True),
            counties.unique("county_code", keep="first", maintain_order=True).filter(
                ~pl.col("county_code").is_in(list(hidden))
            ),
        ),
        area,
    )
    return found if _rows(found) else None


def within(targets: Targets, area: Area) -> Targets:
    """The targets of an area: what is planned for the whole nation is none of a province's."""
    own = pl.col("region").str.starts_with(area.code)
    shares = targets.shares.filter(own if area.code else pl.lit(value=True))
    return Targets(shares, targets.counties.filter(pl.col("county_code").str.starts_with(area.code)))


def _rows(targets: Targets) -> int:
    return targets.shares.height + targets.counties.height
