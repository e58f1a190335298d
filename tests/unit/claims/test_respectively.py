"""Lists of figures that answer to lists of things, of figures or of years."""

from __future__ import annotations

from unit.claims.mentions_read import mentions


def test_figures_answer_to_the_things_before_in_order():
    found = mentions("小学、初中分别为86所、19所。")
    assert [found[one].facets for one in ("86所", "19所")] == [{"stage:primary"}, {"stage:junior"}]


def test_what_the_last_thing_ends_in_holds_for_all():
    found = mentions("小学、初中在校生分别为12000人、8000人。")
    assert [found[one].concept for one in ("12000人", "8000人")] == ["pupils", "pupils"]


def test_figures_answer_to_years():
    found = mentions("2021年至2023年投入分别为3.2亿元、3.5亿元、3.9亿元。")
    assert [found[one].year for one in ("3.2亿元", "3.5亿元", "3.9亿元")] == [2021, 2022, 2023]
    found = mentions("2021年、2022年投入3.2亿元、3.5亿元。")
    assert [found[one].year for one in ("3.2亿元", "3.5亿元")] == [2021, 2022]


def test_years_that_are_not_said_have_their_order():
    found = mentions("近三年招聘教师分别为30人、40人、50人。")
    assert [found[one].year for one in ("30人", "40人", "50人")] == [1, 2, 3]


def test_shares_answer_to_the_figures_before():
    found = mentions("高级教师120人、一级教师200人,分别占教师的20%、33.3%。")
    assert found["20%"].of == found["120人"].figure.start
    assert found["33.3%"].of == found["200人"].figure.start


def test_a_list_of_another_length_answers_to_nothing():
    found = mentions("小学、初中、高中分别为86所、19所。")
    assert not any(found[one].facets & {"stage:primary", "stage:junior"} and not found[one].bare for one in ("19所",))


def test_figures_of_things_that_are_not_named_are_bare():
    found = mentions("三个班分别为20人、25人、30人。")
    assert all(found[one].bare for one in ("20人", "25人", "30人"))
