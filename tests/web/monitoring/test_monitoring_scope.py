"""Who watches what: a province its counties, a city its own, a county itself."""

import pytest

from web.monitoring.conftest import text_of

PAGES = ("", "trends/", "warnings/", "ranking/", "inequality/")


def counties_listed(response):
    return {row.code for row in response.context["rows"].paginator.object_list}


def test_a_province_sees_its_counties_and_no_others(watchers, nation, frames, as_user):
    page = as_user(watchers.province).get("/monitoring/")
    codes = set(frames.counties["county_code"])
    assert counties_listed(page) == {code for code in codes if code.startswith("33")}


def test_nothing_of_the_other_province_stands_on_any_page(watchers, nation, frames, as_user):
    client = as_user(watchers.province)
    foreign = {row for row in frames.counties["county_name"] if "安徽" in row}
    assert foreign
    for page in PAGES:
        text = text_of(client.get(f"/monitoring/{page}"))
        assert not [name for name in foreign if name in text], page


@pytest.mark.parametrize("region", ["34", "3460", "346001", "all", "3", "33601", "336001x", "３３", "-1", "../33"])
def test_a_region_that_is_not_hers_does_not_exist(watchers, nation, as_user, region):
    for page in PAGES:
        assert as_user(watchers.province).get(f"/monitoring/{page}", {"region": region}).status_code == 404, page


def test_a_city_asks_for_itself_only(watchers, nation, as_user):
    client = as_user(watchers.city)
    assert client.get("/monitoring/", {"region": "3360"}).status_code == 200
    assert client.get("/monitoring/", {"region": "33"}).status_code == 404
    assert client.get("/monitoring/", {"region": "3361"}).status_code == 404
    assert as_user(watchers.other_city).get("/monitoring/counties/336001/").status_code == 404


def test_a_county_is_led_to_its_own_page_and_to_no_other(watchers, nation, as_user):
    client = as_user(watchers.officer)
    answer = client.get("/monitoring/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/monitoring/counties/336001/?")
    assert client.get("/monitoring/counties/336001/").status_code == 200
    assert client.get("/monitoring/counties/336002/").status_code == 404
    assert client.get("/monitoring/counties/346001/").status_code == 404
    assert client.get("/monitoring/trends/").status_code == 200
    for page in ("ranking/", "inequality/", "boundaries/"):
        assert client.get(f"/monitoring/{page}").status_code == 404, page


def test_a_school_has_nothing_to_watch(watchers, nation, as_user):
    for page in (*PAGES, "counties/336001/", "counties/336001/outlook/"):
        assert as_user(watchers.clerk).get(f"/monitoring/{page}").status_code == 404, page


def test_a_county_that_stands_elsewhere_in_the_tree_is_left_out(watchers, nation, as_user):
    """336002 has codes of the first city, but the tree of this installation puts it under the second."""
    other = watchers.places["other"]
    second = watchers.other_city.assignments.get().place
    other.parent, other.path = second, f"{second.path}{other.code}/"
    other.save()
    client = as_user(watchers.city)
    assert "336002" not in counties_listed(client.get("/monitoring/"))
    assert "336001" in counties_listed(client.get("/monitoring/"))
    assert client.get("/monitoring/counties/336002/").status_code == 404
    regions = client.get("/monitoring/inequality/").context["layers"]["regions"]
    assert "336001" in {row["group"] for row in regions}
    assert "336002" not in {row["group"] for row in regions}
    assert "336002" in counties_listed(as_user(watchers.province).get("/monitoring/"))


def test_odd_parameters_are_no_error(watchers, nation, as_user):
    client = as_user(watchers.province)
    odd = "standard=CN/none&measure=odd&sort=odd&page=999&outcome=odd&warning=odd&severity=odd&stage=odd&size=-1&q=%00"
    for year in ("abc", "1900", "2025'", "-1"):
        for page in (*PAGES, "counties/336001/"):
            answer = client.get(f"/monitoring/{page}?year={year}&indicator=odd&{odd}")
            assert answer.status_code == 200, f"{page} {year}"
            assert answer.context["asked"].year == 2025


def test_a_county_of_hers_that_has_nothing_yet_says_so(watchers, nation, as_user):
    assert "还没有可以监测的数据" in text_of(as_user(watchers.province).get("/monitoring/counties/339999/"))
    assert as_user(watchers.province).get("/monitoring/counties/999999/").status_code == 404


def test_the_menu_leads_there(watchers, nation, as_user):
    assert 'href="/monitoring/"' in text_of(as_user(watchers.leader).get("/"))
    assert 'href="/monitoring/"' not in text_of(as_user(watchers.clerk).get("/"))
