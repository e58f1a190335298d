"""Planning: from data and inputs to a plan. The solvers are imported when a plan is asked for, not before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from junheng.base.errors import JunhengError
from junheng.store.snapshot import Store
from junheng.tables.dataset import Dataset
from junheng.workflow.judging import DEFAULT_STANDARD, judge

if TYPE_CHECKING:
    from junheng.planning.resources.measures import Inputs as ResourceInputs
    from junheng.planning.resources.plan import ResourcePlan
    from junheng.planning.rotation.plan import RotationPlan
    from junheng.planning.zoning.inputs import Inputs as ZoningInputs
    from junheng.planning.zoning.plan import ZoningPlan


class PlannerMissingError(JunhengError, ModuleNotFoundError):
    """A plan was asked for and the solvers are not installed: judging does without them."""

    code = "JH-W005"
    zh = "求方案要用附加软件包，这里缺少 {module}。请运行 pip install 'junheng[plan]' 安装，再重试。"
    en = "Plans need packages that are not installed ({module} is missing). Run pip install 'junheng[plan]'."

    def __init__(self, *, module: str) -> None:
        super().__init__(module=module)
        self.name = module


@contextmanager
def _planning() -> Iterator[None]:
    """Where planners are imported and run."""
    try:
        yield
    except ModuleNotFoundError as error:
        module = str(error.name)
        if isinstance(error, JunhengError) or module.partition(".")[0] == "junheng":
            raise
        raise PlannerMissingError(module=module) from error


def plan_resources(
    data: Dataset | str | Path,
    *,
    inputs: ResourceInputs | str | Path,
    on: date | str,
    standard: str | Path = DEFAULT_STANDARD,
    year: int | None = None,
    relax: Sequence[str] = (),
    county: str | None = None,
    seconds: float = 60.0,
    gap: float = 1e-3,
    tell: Callable[[str, float, float], bool] | None = None,
    store: Store | None = None,
) -> ResourcePlan:
    """Find the cheapest additions after which a county keeps the rules of resources and balance (填平补齐).

    The plan is written back into the data and judged again; ``plan.document()`` is all of it as JSON-able data.

    Args:
        inputs: the workbook of ``write_resource_inputs``, its costs confirmed, or what it says.
        county: the county's code, where the data have several.
        seconds: how long to search at most.
        gap: relative distance to the proven bound at which to stop.
        tell: called now and then with (step, best cost, best bound) in 万元; False ends the search.

    Raises:
        PlannerMissingError: the extra ``plan`` is not installed.
        JunhengError: what is missing, contradictory or impossible, and what to do.
    """
    with _planning():
        from junheng.planning.resources.measures import read_inputs
        from junheng.planning.resources.plan import plan_resources as plan

        told = read_inputs(Path(inputs)) if isinstance(inputs, str | Path) else inputs
        judgement = judge(data, standard=standard, on=on, year=year, relax=relax, store=store)
        return plan(judgement, told, county=county, seconds=seconds, gap=gap, tell=tell)


def write_resource_inputs(
    data: Dataset | str | Path,
    path: str | Path,
    *,
    on: date | str,
    standard: str | Path = DEFAULT_STANDARD,
    year: int | None = None,
    county: str | None = None,
    store: Store | None = None,
) -> None:
    """Write the input workbook of a resource plan: assumed costs to confirm, and a row for every value not filed.

    Raises:
        JunhengError: always with what to do next.
    """
    with _planning():
        from junheng.planning.resources.prefill import write_prefilled

        judgement = judge(data, standard=standard, on=on, year=year, store=store)
        write_prefilled(Path(path), judgement, county)


def plan_rotation(
    inputs: Dataset | str | Path,
    *,
    data: Dataset | str | Path | None = None,
    on: date | str | None = None,
    standard: str | Path = DEFAULT_STANDARD,
    year: int | None = None,
    emphasis: str = "gaps",
    seconds: float = 60.0,
    gap: float = 0.0,
    tell: Callable[[float, float], bool] | None = None,
    store: Store | None = None,
) -> RotationPlan:
    """Plan which teachers go to which schools (交流轮岗); every plan is checked by code of its own.

    Args:
        inputs: the roster, schools and rules: a workbook, a folder of CSV files, or a dataset of these tables.
        data: the county's data: what its schools lack by the standard is then filled as well. Needs ``on``.
        emphasis: ``gaps``, ``moves`` or ``distance``.
        tell: called now and then with (best value, best bound) in tenths of a point; False ends the search.

    Raises:
        PlannerMissingError: the extra ``plan`` is not installed.
        JunhengError: what is wrong with the inputs, or which rules exclude each other.
    """
    with _planning():
        from junheng.planning.rotation.plan import plan_rotation as plan

        judgement = judge(data, standard=standard, on=on, year=year, store=store) if data is not None and on else None
        return plan(inputs, judgement=judgement, emphasis=emphasis, seconds=seconds, gap=gap, tell=tell)


def plan_zoning(
    inputs: ZoningInputs | str | Path,
    *,
    outlines: str | Path | None = None,
    data: Dataset | str | Path | None = None,
    on: date | str | None = None,
    standard: str | Path = DEFAULT_STANDARD,
    year: int | None = None,
    stages: Sequence[str] = (),
    opened: Sequence[str] = (),
    closed: Sequence[str] = (),
    seconds: float = 60.0,
    gap: float = 1e-4,
    tell: Callable[[float, float], bool] | None = None,
    store: Store | None = None,
) -> ZoningPlan:
    """Plan school zones in one piece, with enough seats, at the least way to school (划片).

    Args:
        inputs: blocks, pupils and schools: a workbook, a folder, a GeoJSON file, or what they say.
        outlines: the blocks' outlines as GeoJSON, beside a workbook.
        data: the county's data, judged before and after with the new enrolment. Needs ``on``.
        stages: ``primary``, ``junior``; every stage with pupils by default.
        opened, closed: codes of schools to open or close: the plan is given with and without.
        tell: called now and then with (best value, best bound) in pupil-metres; False ends the search.

    Raises:
        PlannerMissingError: the extra ``plan`` is not installed.
        JunhengError: what is wrong with the inputs, or why no zones were found.
    """
    with _planning():
        from junheng.planning.zoning.inputs import read_inputs
        from junheng.planning.zoning.plan import plan_zoning as plan

        if isinstance(inputs, str | Path):
            inputs = read_inputs(Path(inputs), outlines=None if outlines is None else Path(outlines))
        judgement = judge(data, standard=standard, on=on, year=year, store=store) if data is not None and on else None
        return plan(
            inputs,
            stages=stages,
            opened=opened,
            closed=closed,
            seconds=seconds,
            gap=gap,
            judgement=judgement,
            tell=tell,
        )
