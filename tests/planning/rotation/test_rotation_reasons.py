"""What a plan says of each move and each open gap is true."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from small_rotation import dataset_of, school, setting, teacher
from test_rotation_rules import rules, three_schools

from junheng.planning.rotation.plan import plan_rotation


def reasons(rows):
    return {
        person["teacher_code"]: person["reason"]["zh"]
        for person in plan_rotation(dataset_of(rows)).document()["people"]
    }


def test_the_longest_go_first_is_said_only_where_a_shorter_one_of_the_same_kind_stays():
    post = [{"school_code": "S0", "stage": "primary", "subject": "chinese", "posts": 4}]
    rows = three_schools(post=post)
    for row in rows["teacher"]:
        row["stays_because"] = None if row["teacher_code"] in ("T1", "T4") else "孕期"
    rows["teacher"][4]["years"] = Decimal(12)
    assert "在本校任教 12 年，同类教师中年限较长者先交流" in reasons(rows)["T4"]
    rows["teacher"][4]["years"] = Decimal(8)
    assert "年限相同，按教师编号先后" in reasons(rows)["T1"]
    rows["teacher"][4]["backbone"] = True  # of another kind now
    assert "在本校任教 8 年。" in next(iter(reasons(rows).values()))
    rows["teacher"][1]["stays_because"] = "孕期"
    assert reasons(rows) == {"T4": "补学校0（小学）所缺：语文教师；在本校任教 8 年。"}


def test_of_an_assignment_by_the_county_no_years_are_said_to_have_decided():
    rows = three_schools()
    rows["teacher"][0] |= {"must_go_to": "S1", "years": Decimal(30)}
    assert reasons(rows) == {"T0": "县里指定交流到学校1。"}


def test_a_gap_is_claimed_by_no_more_persons_than_it_lacked():
    rows = three_schools(setting=rules(least_share=56, headcount_change=0))
    rows["post"] = [{"school_code": "S0", "stage": "primary", "subject": "chinese", "posts": 4}]
    rows["setting"] = rules(least_share=56, headcount_change=34)
    document = plan_rotation(dataset_of(rows)).document()
    into = [person["reason"]["zh"] for person in document["people"] if person["to"]["code"] == "S0"]
    assert len(into) >= 2
    assert sum("所缺：语文教师" in reason for reason in into) == 1


def test_claims_of_every_gap_are_as_many_as_were_closed():
    rows = three_schools(setting=rules(least_share=45, headcount_change=34, balance_share=80))
    for number, row in enumerate(rows["teacher"]):
        row |= {
            "degree": "associate" if row["school_code"] == "S0" else "bachelor",
            "title": ("junior", "middle")[number % 2],
        }
    document = plan_rotation(dataset_of(rows)).document()
    claimed = Counter(
        (person["to"]["code"], need["label"]["zh"])
        for person in document["people"]
        for need in document["needs"]
        if need["school_code"] == person["to"]["code"]
        and "所缺：" in person["reason"]["zh"]
        and need["label"]["zh"] in person["reason"]["zh"].split("所缺：")[1].split("；")[0]
    )
    closed = {
        (need["school_code"], need["label"]["zh"]): count
        for need in document["needs"]
        if (count := min(need["need"], need["after"]) - need["before"]) > 0
    }
    assert claimed == closed != {}


def test_the_share_is_a_motive_only_where_that_rule_is_on_and_binds():
    assert all("为达到交流比例" in reason for reason in reasons(three_schools(setting=rules(least_share=34))).values())
    rows = three_schools(setting=rules(headcount_change=0))
    rows["teacher"].append(teacher("M2", 2, "music"))
    rows["teacher"].append(teacher("M3", 2, "music"))
    rows["post"] = [{"school_code": "S0", "stage": "primary", "subject": "music", "posts": 1}]
    said = reasons(rows)
    assert "补学校0（小学）所缺：音乐教师" in said.pop("M2")
    (other,) = said.values()
    assert "补足学校2调出的人数" in other
    assert "比例" not in other


def test_who_takes_a_place_that_another_left_is_said_to():
    rows = three_schools()
    rows["teacher"][0]["must_go_to"] = "S1"
    rows["teacher"][1]["must_go_to"] = "S0"
    said = reasons(rows)
    assert said["T0"].startswith("县里指定交流到学校1；接替学校1（小学）调出的语文教师")


def test_a_gap_that_nobody_can_fill_is_told_from_one_that_rules_keep_open():
    rows = three_schools(post=[{"school_code": "S0", "stage": "primary", "subject": "music", "posts": 1}])
    (row,) = plan_rotation(dataset_of(rows)).document()["unfilled"]
    assert (row["cause"], row["why"]["zh"]) == ("nobody", "全县没有可调的这类教师")
    rows["teacher"].append(teacher("M1", 1, "music", stays_because="孕期"))
    assert plan_rotation(dataset_of(rows)).document()["unfilled"][0]["cause"] == "nobody"
    rows["teacher"].append(teacher("M2", 2, "music"))  # the only one of S2: its music must stay taught
    (row,) = plan_rotation(dataset_of(rows)).document()["unfilled"]
    assert (row["cause"], row["why"]["zh"]) == ("rules", "规则或分值所限")
    for code in ("S1", "S2"):
        rows["post"].append({"school_code": code, "stage": "primary", "subject": "music", "posts": 1})
    (row,) = plan_rotation(dataset_of(rows)).document()["unfilled"]
    assert (row["cause"], row["why"]["zh"]) == ("few", "全县这类教师总数不足")  # two for three schools


def test_a_school_that_opens_gets_its_posts_whatever_the_headcount_rule_says():
    rows = three_schools(school=[school(n) for n in range(4)], setting=rules(headcount_change=3))
    rows["post"] = [{"school_code": "S3", "stage": "primary", "subject": "chinese", "posts": 2}]
    plan = plan_rotation(dataset_of(rows))
    assert [move.target for move in plan.moves] == ["S3", "S3"]
    (note,) = (note["zh"] for note in plan.document()["notes"] if "花名册中没有教师" in note["zh"])
    assert "新开办" in note
    assert "不会调入" not in note
    rows["post"] = []
    document = plan_rotation(dataset_of(rows)).document()
    assert document["people"] == []
    assert any("不会调入" in note["zh"] for note in document["notes"])


def test_a_plan_without_posts_says_so():
    notes = [note["zh"] for note in plan_rotation(dataset_of(three_schools())).document()["notes"]]
    assert any("没有填“学科岗位”" in note for note in notes)
    rows = three_schools(post=[{"school_code": "S0", "stage": "primary", "subject": "chinese", "posts": 1}])
    notes = [note["zh"] for note in plan_rotation(dataset_of(rows)).document()["notes"]]
    assert not any("没有填“学科岗位”" in note for note in notes)


def test_with_points_that_keep_a_gap_open_rules_or_points_are_named():
    rows = three_schools(post=[{"school_code": "S0", "stage": "primary", "subject": "chinese", "posts": 4}])
    rows["setting"] += [setting("weight_post", 1)]
    (row,) = plan_rotation(dataset_of(rows)).document()["unfilled"]
    assert row["cause"] == "rules"
