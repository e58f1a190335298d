"""Rosters become amounts by the declared rules; a blank makes an amount unknown, never smaller."""

import duckdb
import pytest

from junheng.engine.embedded import Embedded
from junheng.indicators.roster_rules import Count, RosterRules, roster_rules
from junheng.indicators.rosters import BLANK, roster_sums, school_amounts
from junheng.tables.catalogue import load_tables
from junheng.tables.check import declared
from junheng.workflow.rosters import sum_rosters
from small_roster import TABLES, YEAR, a_class, any_roster, person, rosters

SEEDS = range(12)


def stage(sums, school="A", stage="primary"):
    (row,) = sums.stages.filter(school_code=school, stage=stage).to_dicts()
    return row


def test_a_school_of_five_by_hand():
    sums = sum_rosters(
        rosters(
            person(1, degree="master", title="senior", backbone_level="city", subject="pe"),
            person(2, degree="associate", title="professor", training_hours=359, subject="music"),
            person(3, degree="below_secondary", title="none", certificate=False, backbone_level="school"),
            person(4, on_post=False),
            person(5, post="worker", stage=None, subject=None, degree=None, title=None),
            person(6, post="substitute"),
            person(7, attendance="visiting", subject="fine_arts"),
            person(8, attendance="rotated", subject="chinese"),
        )
    )
    row = stage(sums)
    expected = {
        "teachers": 3, "teachers_doctor": 0, "teachers_master": 1, "teachers_bachelor": 0, "teachers_associate": 1,
        "teachers_secondary": 1, "teachers_below_secondary": 1, "teachers_mid_title": 0, "teachers_senior_title": 2,
        "backbone_teachers": 1, "teachers_pe": 1, "teachers_music": 1, "teachers_fine_arts": 0, "teachers_arts": 0,
        "certified_teachers": 2, "teachers_360_hours": 2, "visiting_pe_arts_teachers": 1,
    }  # fmt: skip
    assert {name: row[name] for name in expected} == expected
    assert sums.schools.select("school_code", "staff").rows() == [("A", 5)], "who is away or works otherwise is staff"


def test_a_blank_degree_leaves_the_degrees_unknown_and_nothing_else():
    row = stage(sum_rosters(rosters(person(1), person(2, degree=None), person(3, degree="master"))))
    assert row["teachers"] == 3
    assert [row[f"teachers_{degree}"] for degree in ("doctor", "master", "bachelor")] == [None] * 3
    assert row["teachers_bachelor" + BLANK] == 1
    assert row["teachers_mid_title"] == 3


def test_a_blank_of_somebody_who_does_not_count_is_no_matter():
    row = stage(
        sum_rosters(rosters(person(1), person(2, post="worker", degree=None), person(3, on_post=False, degree=None)))
    )
    assert (row["teachers_bachelor"], row["teachers_bachelor" + BLANK]) == (1, 0)


def test_who_has_no_stage_may_teach_in_any_stage_of_the_school():
    sums = sum_rosters(rosters(person(1), person(2, stage="junior"), person(3, stage=None), person(4, school_code="B")))
    for own in ("primary", "junior"):
        row = stage(sums, stage=own)
        assert (row["teachers"], row["teachers" + BLANK]) == (None, 1)
        assert row["teachers_master"] == 0, "the one without a stage has no master's degree: that much is known"
    assert stage(sums, "B")["teachers"] == 1
    assert dict(sums.schools.select("school_code", "staff").iter_rows()) == {"A": 3, "B": 1}


def test_a_school_without_rows_has_no_amounts_rather_than_zeros():
    sums = sum_rosters(rosters(person(1), classes=[a_class("1", 40, school="B")]))
    assert sorted(sums.stages["school_code"]) == ["A", "B"]
    assert stage(sums, "B")["teachers"] is None
    assert stage(sums, "A")["classes"] is None
    assert sums.schools["school_code"].to_list() == ["A"]


def test_a_person_of_two_schools_counts_at_the_one_joined_last():
    sums = sum_rosters(
        rosters(
            person(1, at_school_since=2010),
            person(1, at_school_since=2020, school_code="B"),
            person(2),
            person(3, school_code="B"),
        )
    )
    assert (stage(sums, "A")["teachers"], stage(sums, "B")["teachers"]) == (1, 2)
    assert sums.twice.select("staff_no", "school_code", "counted").rows() == [("T1", "A", False), ("T1", "B", True)]


@pytest.mark.parametrize("since", [2010, None])
def test_a_person_whom_nobody_can_place_leaves_both_schools_open(since):
    sums = sum_rosters(
        rosters(person(1), person(1, at_school_since=since, school_code="B"), person(2), person(3, school_code="C"))
    )
    for school in ("A", "B"):
        row = stage(sums, school)
        assert (row["teachers"], row["teachers" + BLANK]) == (None, 1)
        assert row["teachers_doctor"] == 0, "this person is no doctor at either school"
    assert stage(sums, "C")["teachers"] == 1
    assert sums.twice["counted"].to_list() == [None, None]


def test_who_visits_other_schools_counts_at_home_and_as_a_visitor_there():
    visits = [person(1, attendance="visiting", school_code=school, subject="pe") for school in ("B", "C")]
    sums = sum_rosters(rosters(person(1, subject="pe"), *visits))
    assert stage(sums, "A")["teachers_pe"] == 1
    assert [stage(sums, school)["visiting_pe_arts_teachers"] for school in ("B", "C")] == [1, 1]
    assert [stage(sums, school)["teachers"] for school in ("B", "C")] == [0, 0]
    assert sums.twice.is_empty()


def test_the_same_person_in_two_years_is_not_listed_twice():
    sums = sum_rosters(rosters(person(1), person(1, school_year=YEAR - 1, school_code="B")))
    assert sums.stages["teachers"].to_list() == [1, 1]
    assert sums.twice.is_empty()


def test_classes_by_hand():
    sizes = [25, 26, 30, 45, 46, 65, 66, 8]
    classes = [a_class(n, size, grade=1 + n % 2) for n, size in enumerate(sizes)]
    classes += [a_class("7-1", 44, 7), a_class("8-1", 50, 8)]
    sums = sum_rosters(rosters(classes=classes))
    row = stage(sums)
    assert (row["classes"], row["pupils"], row["largest_class"]) == (8, sum(sizes), 66)
    assert row["largest_entry_class"] == 66  # grades 1 and 2 by turns; 66 is in grade 1
    assert (row["grade_1"], row["grade_2"], row["grade_3"]) == (25 + 30 + 46 + 66, 26 + 45 + 65 + 8, 0)
    bands = {name: row[name] for name in row if name.startswith("classes_") and not name.endswith(BLANK)}
    assert {name: n for name, n in bands.items() if n} == {
        "classes_25": 2, "classes_30": 2, "classes_45": 1, "classes_50": 1, "classes_65": 1, "classes_over_65": 1,
    }  # fmt: skip
    assert row["grade_7"] is None, "primary schools are not asked for grade 7: no amount, not 0"
    junior = stage(sums, stage="junior")
    assert (junior["grade_7"], junior["largest_entry_class"], junior["grade_1"]) == (44, 44, None)


def test_the_bands_are_those_that_the_filing_is_checked_by():
    (check,) = (check for check in declared(load_tables()) if check.kind == "class_sizes")
    for number, band in enumerate(check.entries("bands")):
        (condition,) = roster_rules()["class"].stage_year[str(band["column"])].where
        ends = condition["pupils"]
        assert ends.at_most == (None if "high" not in band else int(str(band["high"])))
        assert number == 0 or ends.at_least == int(str(band["low"]))


def test_every_rule_fills_a_column_of_the_filed_tables():
    tables = load_tables()
    for name, rules in roster_rules().items():
        for table in ("stage_year", "school_year"):
            assert set(getattr(rules, table)) <= set(tables[table].columns)
        assert rules.columns() <= set(TABLES[name].columns)


def test_a_rule_must_say_of_what():
    for words in ({"measure": "sum"}, {"measure": "count", "of": "pupils"}, {"measure": "mean", "of": "pupils"}):
        with pytest.raises(ValueError, match=r"measure|sum and largest"):
            Count(**words)


def test_rules_without_conditions_count_every_row():
    frame = Embedded().open(rosters(classes=[a_class("1", None), a_class("2", 30)]))["class"]
    rules = RosterRules(stage_year={"classes": Count(measure="count"), "pupils": Count(measure="sum", of="pupils")})
    (row,) = school_amounts(frame, TABLES["class"], rules, Embedded()).stages.to_dicts()
    assert (row["classes"], row["pupils"], row["pupils" + BLANK]) == (2, None, 1)


SQL = """
WITH own AS (
  SELECT school_year, staff_no, school_code, at_school_since FROM teacher WHERE attendance = 'own'
), person AS (
  SELECT school_year, staff_no, count(*) AS n, count(at_school_since) AS dated, max(at_school_since) AS latest
  FROM own GROUP BY ALL
), ties AS (
  SELECT school_year, staff_no, count(*) AS ties FROM own JOIN person USING (school_year, staff_no)
  WHERE at_school_since = latest GROUP BY ALL
), placed AS (
  SELECT t.*, CASE
      WHEN t.attendance <> 'own' OR p.n = 1 THEN true
      WHEN p.dated < p.n OR i.ties > 1 THEN NULL
      ELSE t.at_school_since = p.latest END AS here
  FROM teacher t LEFT JOIN person p USING (school_year, staff_no) LEFT JOIN ties i USING (school_year, staff_no)
), told AS (
  SELECT *,
    here AND attendance = 'own' AND post IN ('fulltime', 'administrator', 'assistant', 'worker') AS staff,
    here AND attendance = 'own' AND on_post AND post = 'fulltime' AS teachers
  FROM placed
), flags AS (
  SELECT school_code, school_year, stage, staff, teachers,
    teachers AND degree = 'doctor' AS teachers_doctor,
    teachers AND degree = 'bachelor' AS teachers_bachelor,
    teachers AND degree IN ('secondary', 'below_secondary') AS teachers_secondary,
    teachers AND title IN ('senior', 'professor') AS teachers_senior_title,
    teachers AND backbone_level IN ('county', 'city', 'province', 'nation') AS backbone_teachers,
    teachers AND subject = 'pe' AS teachers_pe,
    teachers AND certificate AS certified_teachers,
    teachers AND training_hours >= 360 AS teachers_360_hours,
    here AND attendance <> 'own' AND on_post AND subject IN ('pe', 'music', 'fine_arts', 'arts')
      AS visiting_pe_arts_teachers
  FROM told
), maybe AS (  -- what a school's rows without a stage may add to each of its stages
  SELECT school_code, school_year, {maybe} FROM flags WHERE stage IS NULL GROUP BY ALL
), sums AS (
  SELECT school_code, school_year, stage, {sums} FROM flags WHERE stage IS NOT NULL GROUP BY ALL
)
SELECT school_code, school_year, stage, {known}
FROM sums LEFT JOIN maybe USING (school_code, school_year) ORDER BY ALL
"""
COLUMNS = (
    "teachers", "teachers_doctor", "teachers_bachelor", "teachers_secondary", "teachers_senior_title",
    "backbone_teachers", "teachers_pe", "certified_teachers", "teachers_360_hours", "visiting_pe_arts_teachers",
)  # fmt: skip


def by_sql(dataset):
    teacher = dataset["teacher"]
    sums = ", ".join(f"count(*) FILTER ({c}) AS {c}, count(*) FILTER ({c} IS NULL) AS {c}_open" for c in COLUMNS)
    maybe = ", ".join(f"count(*) FILTER ({c} IS NOT false) AS {c}_maybe" for c in COLUMNS)
    known = ", ".join(f"CASE WHEN {c}_open + coalesce({c}_maybe, 0) = 0 THEN {c} END AS {c}" for c in COLUMNS)
    with duckdb.connect() as database:
        database.register("teacher", teacher.to_arrow())
        return database.sql(SQL.format(sums=sums, maybe=maybe, known=known)).fetchall()


@pytest.mark.parametrize("seed", SEEDS)
def test_sql_written_by_hand_counts_the_same(seed):
    dataset = any_roster(seed)
    for engine in (Embedded(), Embedded("streaming")):
        found = roster_sums({"teacher": engine.open(dataset)["teacher"]}, TABLES, engine)
        assert found.stages.select("school_code", "school_year", "stage", *COLUMNS).rows() == by_sql(dataset)


def test_the_random_rosters_have_every_case():
    known = [value for seed in SEEDS for row in by_sql(any_roster(seed)) for value in row[3:]]
    assert None in known
    assert 0 in known
    assert max(filter(None, known)) > 10
    twice = [sum_rosters(any_roster(seed)).twice["counted"].to_list() for seed in SEEDS]
    assert {True, False, None} <= {counted for entries in twice for counted in entries}


def test_nobody_is_named_in_what_is_summed():
    engine = Embedded()
    frames = {"teacher": engine.open(rosters(person(1, name="张三")))["teacher"]}
    sums = roster_sums(frames, TABLES, engine)
    assert "name" not in {*sums.stages.columns, *sums.schools.columns, *sums.twice.columns}
