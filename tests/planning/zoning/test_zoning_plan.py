"""A plan from inputs to document: what a county official sees, and what stands in the way."""

import json
from decimal import Decimal

import pytest
from hamlet import grid_rows, hamlet

from junheng.planning.zoning.errors import (
    BlockOutOfReachError,
    InputsRefusedError,
    NeighboursUnknownError,
    NothingToZoneError,
    SchoolNowhereError,
    UnknownSchoolError,
)
from junheng.planning.zoning.inputs import inputs_from_rows
from junheng.planning.zoning.plan import plan_zoning


def planned(rows, **options):
    return plan_zoning(inputs_from_rows(rows), seconds=20, gap=0.0, **options)


def test_a_plan_says_what_every_block_and_school_gets():
    document = planned(hamlet()).document()
    assert json.loads(json.dumps(document)) == document
    assert document["kind"] == "zoning"
    assert document["proof"]["status"] == "optimal"
    assert {row["block_code"]: row["school_code"] for row in document["blocks"]} == {
        "A": "S1", "B": "S1", "C": "S2", "D": "S2"
    }  # fmt: skip
    assert all(check["ok"] for check in document["checks"])
    first = document["zones"][0]
    assert (first["pupils"], first["seats"], first["classes_needed"], first["largest_class"]) == (60, 90, 2, 30)
    assert first["before"]["pupils"] == 60


def test_where_seats_lack_is_said_by_school():
    rows = hamlet()
    rows["pupils"][0]["pupils"] = 200
    document = planned(rows).document()
    assert sum(zone["missing_seats"] for zone in document["zones"]) > 0
    assert any("缺学位" in note["zh"] for note in document["notes"])
    assert not next(check for check in document["checks"] if check["check"] == "seats")["ok"]


def test_the_size_of_a_school_limits_its_seats():
    rows = hamlet()
    rows["seats"][0]["classes"] = 100
    rows["school"][0]["other_pupils"] = 1_980
    document = planned(rows).document()
    assert document["zones"][0]["seats"] == 20


def test_the_entry_grade_is_held_to_its_classes():
    rows = hamlet()
    for row in rows["pupils"]:
        row["entry_pupils"] = 15
    rows["seats"][0]["entry_classes"] = 1
    rows["rule"] = [{"stage": "primary", "class_size": 20}]
    rows["seats"] = [row | {"classes": 10} for row in rows["seats"]]
    document = planned(rows).document()
    assert document["zones"][0]["blocks"] == 1, "20 seats in the entry grade hold one block of 15"


def test_moving_a_block_costs_what_the_county_says():
    rows = hamlet()
    rows["pupils"][1]["school_code"] = "S2"  # nearer to S1
    rows["rule"] = [{"stage": "primary", "least_use": Decimal(0), "move_cost": Decimal(0)}]
    assert planned(rows).document()["travel"]["stages"][0]["moved_pupils"] == 30
    rows["rule"] = [{"stage": "primary", "least_use": Decimal(0), "move_cost": Decimal(5000)}]
    assert planned(rows).document()["travel"]["stages"][0]["moved_pupils"] == 0


def test_siblings_hold_a_block_where_it_is():
    rows = hamlet()
    rows["pupils"][1] |= {"school_code": "S2", "siblings": 30}
    rows["rule"] = [{"stage": "primary", "least_use": Decimal(0), "move_cost": Decimal(0), "split_cost": Decimal(5000)}]
    assert planned(rows).document()["travel"]["stages"][0]["split_siblings"] == 0


def test_a_school_that_closes_sends_its_pupils_on():
    document = planned(hamlet(), closed=["S2"]).document()
    assert {row["school_code"] for row in document["blocks"]} == {"S1"}
    stage = document["change"]["stages"][0]
    assert (stage["blocks_changed"], stage["pupils_changed"]) == (2, 60)
    assert stage["difference"]["travel"] > 0
    assert stage["difference"]["missing_seats"] == 30


def test_a_planned_school_opens_only_when_asked():
    rows = hamlet()
    rows["school"].append({"school_code": "S3", "school_name": "新校", "status": "new", "opening_cost": Decimal(10**7),
                           "x": Decimal(2000), "y": Decimal(0)})  # fmt: skip
    rows["seats"].append({"school_code": "S3", "stage": "primary", "classes": 2})
    assert {row["school_code"] for row in planned(rows).document()["zones"]} == {"S1", "S2"}
    document = planned(rows, opened=["S3"]).document()
    assert {row["school_code"] for row in document["zones"]} == {"S1", "S2", "S3"}
    assert document["change"]["cost"] == 10**7
    assert document["change"]["stages"][0]["difference"]["travel"] < 0


def test_a_nine_year_school_shares_its_size_between_stages():
    rows = hamlet()
    rows["school"][0]["nine_year"] = True
    rows["pupils"] += [{**row, "stage": "junior"} for row in rows["pupils"]]
    rows["seats"] += [{**row, "stage": "junior"} for row in rows["seats"]]
    rows["rule"] = [{"stage": stage, "nine_year_cap": 90} for stage in ("primary", "junior")]
    document = planned(rows).document()
    own = [zone["pupils"] for zone in document["zones"] if zone["school_code"] == "S1"]
    assert sum(own) <= 90
    assert document["proof"]["status"] == "optimal"


def test_ways_in_minutes_are_shown_in_minutes():
    rows = hamlet()
    rows["travel"] = [
        {"block_code": block["block_code"], "school_code": school, "way": Decimal(minutes)}
        for block in rows["block"]
        for school, minutes in (("S1", 5), ("S2", 12))
    ]
    rows["rule"] = [{"stage": "primary", "way_unit": "minute"}]
    document = planned(rows).document()
    assert document["travel"]["unit"] == "min"
    assert document["travel"]["stages"][0]["max_way"] in (5, 12)
    assert document["blocks"][0]["km"] is None


def test_the_same_inputs_give_the_same_plan():
    one, other = (planned(grid_rows(5, 4)).document() for _ in range(2))
    for document in (one, other):
        document["proof"].pop("seconds")
    assert one == other


def test_a_block_that_no_school_can_reach_is_named():
    rows = hamlet()
    rows["neighbour"] = rows["neighbour"][:-1]
    rows["school"][1]["block_code"] = "C"
    with pytest.raises(BlockOutOfReachError, match="丁村"):
        planned(rows)
    rows = hamlet()
    rows["rule"] = [{"stage": "primary", "longest_way": Decimal(100), "longest_is_firm": True}]
    with pytest.raises(BlockOutOfReachError, match="最远路程"):
        planned(rows)


def test_a_soft_limit_of_the_way_is_broken_and_counted():
    rows = hamlet()
    rows["rule"] = [{"stage": "primary", "longest_way": Decimal(100)}]
    assert planned(rows).document()["travel"]["stages"][0]["beyond_longest"] > 0


def without_neighbours(rows):
    rows["neighbour"] = []


def without_place(rows):
    rows["travel"] = [{"block_code": b, "school_code": s, "way": Decimal(9)} for b in "ABCD" for s in ("S1", "S2")]
    rows["school"][0] |= {"x": None, "y": None}


def without_seats(rows):
    rows["seats"] = []


@pytest.mark.parametrize(
    ("spoil", "error"),
    [
        (without_neighbours, NeighboursUnknownError),
        (without_place, SchoolNowhereError),
        (without_seats, NothingToZoneError),
        (lambda rows: rows.update(pupils=[]), NothingToZoneError),
        (lambda rows: rows["pupils"].pop(), InputsRefusedError),
        (lambda rows: rows["pupils"][0].update(school_code="S9"), InputsRefusedError),
        (lambda rows: rows["pupils"][0].update(siblings=99), InputsRefusedError),
        (lambda rows: rows["pupils"][0].update(entry_pupils=9), InputsRefusedError),
        (lambda rows: rows.update(block=[], pupils=[], neighbour=[]), InputsRefusedError),
        (lambda rows: rows["school"][0].update(lon=Decimal(32), lat=Decimal(15)), InputsRefusedError),
        (lambda rows: rows.update(rule=[{"stage": "primary", "over_cost": Decimal(10) ** 20}]), InputsRefusedError),
        (lambda rows: rows["block"][0].update(x=None), InputsRefusedError),
        (lambda rows: rows["neighbour"][0].update(block_code="Z"), InputsRefusedError),
        (lambda rows: rows["neighbour"][0].update(neighbour_code="A"), InputsRefusedError),
        (lambda rows: rows.update(rule=[{"stage": "primary", "way_unit": "minute"}]), InputsRefusedError),
    ],
)
def test_inputs_that_are_not_enough_are_refused_with_a_reason(spoil, error):
    rows = hamlet()
    spoil(rows)
    with pytest.raises(error):
        planned(rows)


@pytest.mark.parametrize(
    "options", [{"opened": ["S1"]}, {"closed": ["S9"]}, {"opened": ["S9"]}, {"opened": ["S1"], "closed": ["S1"]}]
)
def test_only_planned_schools_open_and_open_ones_close(options):
    with pytest.raises(UnknownSchoolError):
        planned(hamlet(), **options)


def test_closing_a_school_twice_closes_it_once():
    once, twice = (planned(hamlet(), closed=codes) for codes in (["S2"], ["S2", "S2"]))
    assert twice.zoning.facts.schools == once.zoning.facts.schools == {"primary": [0, 0, 0, 0]}
    assert twice.closed == ("S2",)


def notes_of(rows, **options):
    return [note["zh"] for note in planned(rows, **options).document()["notes"]]


def test_what_lacks_is_told_by_its_kind_and_by_school():
    rows = hamlet()
    for row in rows["pupils"]:
        row["entry_pupils"] = 30
    for row in rows["seats"]:
        row |= {"classes": 3, "entry_classes": 1}
    document = planned(rows).document()
    assert document["missing"] == {"seats": 0, "entry": 30, "size": 0}
    assert [zone["missing_entry_seats"] for zone in document["zones"]] == [15, 15]
    notes = [note["zh"] for note in document["notes"]]
    assert any("起始年级缺学位：东小学 15 个、西小学 15 个" in note for note in notes)
    assert not any("人次" in note for note in notes)
    for row in rows["seats"]:
        row["classes"] = 1
    document = planned(rows).document()
    assert document["missing"] == {"seats": 30, "entry": 30, "size": 0}
    assert any("人次" in note["zh"] for note in document["notes"])
    assert "人次" in next(check for check in document["checks"] if check["check"] == "seats")["says"]["zh"]


def test_pupils_in_no_table_count_once_for_a_school_of_two_stages():
    rows = hamlet()
    rows["school"][0] |= {"nine_year": True, "other_pupils": 2_400}
    rows["pupils"] += [{**row, "stage": "junior"} for row in rows["pupils"]]
    rows["seats"] += [{**row, "stage": "junior"} for row in rows["seats"]]
    document = planned(rows).document()
    own = [zone for zone in document["zones"] if zone["school_code"] == "S1"]
    assert own[0]["in_school"] == 2_400 + sum(zone["pupils"] for zone in own)


def test_cells_left_blank_are_told_where_they_switch_a_limit_off():
    rows = hamlet()
    assert any("2 所学校没有填“不在生源表的在校生”" in note for note in notes_of(rows))
    rows["school"][1]["other_pupils"] = 0
    rows["school"][0]["nine_year"] = True
    assert any("另有初中，学生数不知道" in note and "东小学" in note for note in notes_of(rows))
    rows["seats"][0]["entry_classes"] = 1
    assert any("没有填起始年级学生数" in note for note in notes_of(rows))
    for row in rows["pupils"]:
        row["entry_pupils"] = 5
    assert any("没有填起始年级可编班数" in note and "西小学" in note for note in notes_of(rows))
    rows["seats"].append({"school_code": "S2", "stage": "junior", "classes": 1})
    rows["pupils"] += [{**row, "stage": "junior"} for row in rows["pupils"]]
    assert any("“九年一贯制”空着" in note and "西小学" in note for note in notes_of(rows))


def test_limits_looser_than_their_document_are_told():
    rows = hamlet()
    assert not any("宽于" in note for note in notes_of(rows))
    rows["rule"] = [{"stage": "primary", "class_size": 55, "school_cap": 3_000}]
    rows["seats"][1]["class_size"] = 60
    loose = [note for note in notes_of(rows) if "宽于教督〔2017〕6号" in note]
    assert len(loose) == 3
    assert any("西小学 60 人" in note for note in loose)


def test_a_closed_school_of_today_without_seats_is_told_from_a_blank_one():
    rows = hamlet()
    rows["school"].append(
        {"school_code": "S3", "school_name": "旧校", "status": "closed", "x": Decimal(0), "y": Decimal(0)}
    )
    rows["pupils"][1]["school_code"] = "S3"
    assert any("旧校" in note and "学校学位" in note for note in notes_of(rows))
    rows["seats"].append({"school_code": "S3", "stage": "primary", "classes": 1})
    assert planned(rows).document()["today"] is not None
    rows["pupils"][1]["school_code"] = None
    assert any("1 个地块没有填现划学校（B）" in note for note in notes_of(rows))


def test_a_stage_without_pupils_is_planned_by_ways_alone_and_told():
    rows = hamlet()
    for row in rows["pupils"]:
        row["pupils"] = 0
    document = planned(rows).document()
    assert document["proof"]["status"] == "optimal"
    assert "100%" not in document["proof"]["says"]["zh"]
    assert any("没有要安排的学生" in note["zh"] for note in document["notes"])


@pytest.mark.parametrize(("pupils", "classes"), [(30, 3), (100, 3), (0, 3), (30, 1)])
def test_one_school_takes_everybody_and_that_is_optimal(pupils, classes):
    rows = {name: [row for row in found if row.get("block_code", "A") == "A"] for name, found in hamlet().items()}
    rows["school"], rows["seats"], rows["neighbour"] = rows["school"][:1], rows["seats"][:1], []
    rows["seats"][0]["classes"], rows["pupils"][0]["pupils"] = classes, pupils
    proof = planned(rows).document()["proof"]
    assert (proof["status"], proof["value"]) == ("optimal", proof["bound"])


def test_a_search_that_was_stopped_says_so():
    plan = plan_zoning(inputs_from_rows(grid_rows(9, 6)), seconds=20, gap=0.0, tell=lambda value, bound: False)
    document = plan.document()
    if plan.zoning.proof.gap > 0:
        assert any("再算一次" in note["zh"] for note in document["notes"])
