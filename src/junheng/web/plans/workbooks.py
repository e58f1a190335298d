"""Input workbooks to download: what is known already is filled in, the rest is for the county."""

from __future__ import annotations

from functools import partial
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
from django.http import FileResponse
from django.utils.translation import gettext as _

from junheng.tables.catalogue import planning_tables
from junheng.tables.dataset import Dataset
from junheng.web.dashboards.models import Evaluation
from junheng.web.dashboards.selectors import judgement_of
from junheng.web.jobs import files
from junheng.web.plans.checking import solvers_needed
from junheng.web.plans.inputs import InputFile
from junheng.web.plans.models import PlanKind
from junheng.web.regions.models import Place


def template_response(kind: PlanKind, county: Place, evaluation: Evaluation | None) -> FileResponse:
    """The workbook of a kind, with the schools of the county where they are known."""
    name = f"{county.name}{kind.label}{_('输入表')}.xlsx"
    dataset = judgement_of(evaluation).dataset if evaluation else None
    with solvers_needed():
        match kind:
            case PlanKind.RESOURCES:
                if evaluation is None:
                    from junheng.planning.resources.measures import write_inputs

                    write = write_inputs
                else:
                    from junheng.planning.resources.prefill import write_prefilled

                    write = partial(write_prefilled, judgement=judgement_of(evaluation), county=county.code)
            case PlanKind.ROTATION:
                from junheng.planning.rotation.workbook import write_inputs as write_roster

                write = partial(write_roster, dataset=dataset)
            case PlanKind.ZONING:
                from junheng.planning.zoning.inputs import write_inputs as write_town

                write = partial(write_town, frames=_schools_to_zone(dataset) if dataset else None)
        with TemporaryDirectory(prefix="junheng-plan-") as folder:
            write(path := Path(folder) / "inputs.xlsx")
            return FileResponse(BytesIO(path.read_bytes()), as_attachment=True, filename=name)


def file_response(kept: InputFile) -> FileResponse:
    """A kept input file, to download.

    Raises:
        FileGoneError: it is no longer there.
    """
    place = files.find(kept.digest, name=kept.name)
    return FileResponse(place.open("rb"), as_attachment=True, filename=kept.name)


def _schools_to_zone(dataset: Dataset) -> dict[str, pl.DataFrame]:
    """The open schools, for whose seats and places the county is asked."""
    table = planning_tables("zoning")["school"]
    known = dataset["school"].filter(pl.col("closed_on").is_null()).select("school_code", "school_name")
    blank = [pl.lit(None, dtype).alias(name) for name, dtype in table.schema.items() if name not in known.columns]
    return {"school": known.with_columns(blank).select(list(table.schema))}
