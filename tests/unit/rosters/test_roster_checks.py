"""What is found in a filed roster, cell by cell."""

import pytest

from junheng.intake.template import write_workbook
from junheng.tables.check import check_dataset
from junheng.tables.finding import Severity
from junheng.workflow.rosters import check_rosters
from small_roster import TABLES, a_class, person, rosters

SCHOOLS = [{"school_code": code, "school_name": f"{code}校"} for code in "AB"]


def written(path, dataset):
    columns = {name: table.columns for name, table in TABLES.tables.items()}
    write_workbook(path, TABLES, columns=columns, frames=dataset.frames)
    return check_rosters(path)


def test_a_filled_template_reads_back_as_it_was(tmp_path):
    dataset = rosters(
        person(1, name="张三", honours="县优秀教师"), person(2, post="worker", stage=None, subject=None, degree=None),
        classes=[a_class("1班", 40)], schools=SCHOOLS,
    )  # fmt: skip
    reading = written(tmp_path / "花名册.xlsx", dataset)
    assert not reading.blocked
    for name, frame in dataset.frames.items():
        assert reading.dataset[name].equals(frame.sort(TABLES[name].key)), name


def test_every_mistake_is_found_at_its_cell(tmp_path):
    dataset = rosters(
        person(1, school_code="Z"),
        person(2, degree=None),
        {**person(3), "staff_no": "33010619850701234X"},
        person(4, attendance=None),
        classes=[a_class("1", 30, grade=7, stage="primary")],
        schools=SCHOOLS,
    )
    found = {
        (f.check, f.cell.rpartition("!")[2]): f.severity for f in written(tmp_path / "花名册.xlsx", dataset).findings
    }
    assert found["JH-F102", "C3"] is Severity.ERROR
    assert found["JH-F160", "O4"] is Severity.EXPLAIN
    assert found["JH-F180", "B5"] is Severity.ERROR
    assert found["JH-F132", "E3"] is Severity.ERROR
    assert any(cell == "J6" and severity is Severity.ERROR for (_, cell), severity in found.items())


@pytest.mark.parametrize(
    ("since", "told"), [(2020, "算在到校年份最晚的 B校"), (2010, "不知道算在哪一所"), (None, "不知道算在哪一所")]
)
def test_a_person_of_two_schools_is_reported_at_both(since, told):
    dataset = rosters(person(1), person(1, school_code="B", at_school_since=since), person(2), schools=SCHOOLS)
    found = [finding for finding in check_dataset(dataset) if finding.check == "JH-F181"]
    assert len(found) == 2
    assert all(told in finding.message for finding in found)
    assert not any(finding.blocks for finding in found)


def test_a_visitor_is_nothing_to_report():
    dataset = rosters(person(1), person(1, school_code="B", attendance="part_time"), schools=SCHOOLS)
    assert check_dataset(dataset) == []


def test_staff_without_classes_of_their_own_need_no_degree():
    dataset = rosters(person(1, post="worker", degree=None, title=None, subject=None, stage=None), schools=SCHOOLS)
    assert check_dataset(dataset) == []


def test_an_identity_number_is_never_shown_whole():
    """Not as the value of a finding, and not in the sentence of another that names the row's key."""
    number = "110101199003072316"
    twice = [person(1, staff_no=number), person(1, staff_no=number)]
    found = check_dataset(rosters(*twice))
    assert {"JH-F101", "JH-F180"} <= {finding.check for finding in found}
    said = " ".join(finding.value + finding.message for finding in found)
    assert number not in said
    assert "**************2316" in said
    assert "T1" in " ".join(finding.message for finding in check_dataset(rosters(person(1), person(1))))
