"""The independent check: what it must refuse."""

import pytest
from hamlet import grid_rows, hamlet

from junheng.planning.zoning import plan as module
from junheng.planning.zoning.check import check_zoning
from junheng.planning.zoning.errors import PlanRefusedError
from junheng.planning.zoning.inputs import inputs_from_rows
from junheng.planning.zoning.plan import plan_zoning
from junheng.planning.zoning.town import build_town


def failed(schools, *, missing=0, value=None, open_schools=(0, 1), rows=None):
    town = build_town(inputs_from_rows(rows or hamlet()))
    checks = check_zoning(
        town, (rows or hamlet()).get("travel", []), {"primary": schools}, frozenset(open_schools), missing=missing,
        value=78_000 if value is None else value,
    )  # fmt: skip
    return [check.check for check in checks if not check.ok]


def test_a_sound_zoning_passes():
    assert failed([0, 0, 1, 1]) == []


def test_a_zone_in_two_pieces_is_refused():
    assert "primary.contiguous" in failed([0, 1, 0, 1])


def test_a_zone_away_from_its_school_is_refused():
    assert "primary.contiguous" in failed([1, 1, 0, 0])


def test_a_closed_school_takes_nobody():
    assert "primary.open" in failed([0, 0, 1, 1], open_schools=[0])


def test_missing_seats_are_recounted():
    assert "recount" in failed([0, 0, 1, 1], missing=5)
    assert failed([0, 0, 0, 0], missing=0) != []


def test_a_value_that_is_stated_wrong_is_refused():
    assert failed([0, 0, 1, 1], value=77_999) == ["value"]


def test_a_plan_that_fails_the_check_is_never_returned(monkeypatch):
    real = module.solve

    def shuffled(problem, **options):
        found = real(problem, **options)
        found.owner[:] = found.owner[::-1].copy()
        return found

    monkeypatch.setattr(module, "solve", shuffled)
    with pytest.raises(PlanRefusedError, match="连成一片"):
        plan_zoning(inputs_from_rows(hamlet()), seconds=5)


@pytest.mark.parametrize("size", [(3, 3), (6, 5), (9, 6)])
def test_plans_of_many_sizes_pass(size):
    document = plan_zoning(inputs_from_rows(grid_rows(*size)), seconds=5).document()
    assert all(check["ok"] for check in document["checks"] if check["check"] != "seats")
    assert document["travel"]["stages"][0]["broken_zones"] == 0
