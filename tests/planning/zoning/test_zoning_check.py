"""The independent check: what it must refuse."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hamlet import grid_rows, hamlet
from shapely import Polygon

from junheng.planning.zoning import plan as module
from junheng.planning.zoning.check import Answer, Missing, check_zoning
from junheng.planning.zoning.errors import PlanRefusedError
from junheng.planning.zoning.inputs import inputs_from_rows
from junheng.planning.zoning.plan import plan_zoning

CODES = ("S1", "S2")


def answer(schools, *, missing=0, value=78_000, ways=None):
    own = dict(zip("ABCD", (CODES[school] for school in schools), strict=True))
    far = {"S1": dict(zip("ABCD", (0, 1300, 2600, 3900), strict=True))}
    far["S2"] = dict(zip("DCBA", (0, 1300, 2600, 3900), strict=True))
    told = {block: far[school][block] for block, school in own.items()} | (ways or {})
    return Answer({"primary": own}, {"primary": told}, Missing(missing, 0, 0), value)


def failed(schools, *, open_schools=CODES, rows=None, **told):
    checks = check_zoning(inputs_from_rows(rows or hamlet()), answer(schools, **told), open_schools)
    return [check.check for check in checks if not check.ok]


def test_a_sound_zoning_passes():
    assert failed([0, 0, 1, 1]) == []


def test_a_zone_in_two_pieces_is_refused():
    assert "primary.contiguous" in failed([0, 1, 0, 1])


def test_a_zone_away_from_its_school_is_refused():
    assert "primary.contiguous" in failed([1, 1, 0, 0])


def test_a_closed_school_takes_nobody():
    assert "primary.open" in failed([0, 0, 1, 1], open_schools=["S1"])


def test_missing_seats_are_recounted():
    assert "recount" in failed([0, 0, 1, 1], missing=5)
    assert failed([0, 0, 0, 0], missing=0) != []


def test_a_value_that_is_stated_wrong_is_refused():
    assert failed([0, 0, 1, 1], value=77_999) == ["value"]


def test_a_way_that_is_not_the_one_filed_or_measured_is_refused():
    assert failed([0, 0, 1, 1], ways={"B": 1_200}) == ["primary.way"]
    rows = hamlet()
    rows["travel"] = [
        {"block_code": block, "school_code": school, "way": Decimal(1300 * abs("ABCD".index(block) - at))}
        for block in "ABCD"
        for school, at in (("S1", 0), ("S2", 3))
    ]
    assert failed([0, 0, 1, 1], rows=rows) == []
    assert failed([0, 0, 1, 1], rows=rows, ways={"B": 1_301}) == ["primary.way"]
    rows["travel"].pop(2)  # B to S1: not filed, so it cannot be reached
    assert failed([0, 0, 1, 1], rows=rows) == ["primary.way"]


def test_a_block_that_is_left_out_is_refused():
    told = answer([0, 0, 1, 1])
    del told.schools["primary"]["D"], told.ways["primary"]["D"]
    checks = check_zoning(inputs_from_rows(hamlet()), told, CODES)
    assert "primary.everybody" in [check.check for check in checks if not check.ok]


@pytest.mark.parametrize("column", ["ways", "neighbours", "home"])
def test_a_planner_that_misreads_the_town_is_found_out(monkeypatch, column):
    real = module.build_town

    def misread(inputs):
        town = real(inputs)
        count = len(town.blocks)
        wrong = {
            "ways": {stage: ways[:, ::-1].copy() for stage, ways in town.ways.items()},
            "neighbours": tuple(frozenset({(at + 2) % count}) for at in range(count)),
            "home": town.home[::-1],
        }
        return replace(town, **{column: wrong[column]})

    monkeypatch.setattr(module, "build_town", misread)
    rows = hamlet()
    for row in rows["pupils"]:
        row["school_code"] = None
    with pytest.raises(PlanRefusedError):
        plan_zoning(inputs_from_rows(rows), seconds=5)


def square(at):
    west, east = 115 + at * 0.01, 115 + (at + 1) * 0.01
    return Polygon([(west, 30), (east, 30), (east, 30.01), (west, 30.01)])


def test_outlines_are_measured_again(monkeypatch):
    """Four squares in a row, the last one away from the third: the check must see the gap that the planner denies."""
    rows = hamlet()
    rows["neighbour"] = [{"block_code": "A", "neighbour_code": "B", "linked": True}]
    for number, school in enumerate(rows["school"]):
        school |= {"x": None, "y": None, "lon": Decimal("115.005"), "lat": Decimal("30.005")}
        school["lon"] += Decimal("0.03") * number
    whole = {code: square(at) for at, code in enumerate("ABCD")}
    plan = plan_zoning(inputs_from_rows(rows, whole), seconds=5)
    assert all(check.ok for check in plan.zoning.checks)
    apart = whole | {"C": square(1.9)}
    apart["C"] = apart["C"].difference(square(3).buffer(0.001)).difference(square(1).buffer(0.001))
    real = module.build_town
    monkeypatch.setattr(module, "build_town", lambda inputs: real(replace(inputs, outlines=whole)))
    with pytest.raises(PlanRefusedError, match="连成一片"):
        plan_zoning(inputs_from_rows(rows, apart), seconds=5)


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
