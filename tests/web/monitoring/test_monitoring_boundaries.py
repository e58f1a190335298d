"""Outlines that somebody sends: hostile until they are checked, and then only what was understood."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from junheng.web.audit.models import Event
from junheng.web.monitoring.outlines import count_points, made_small, read_outlines
from web.monitoring.conftest import text_of

SQUARE = [[[120.0, 30.0], [120.5, 30.0], [120.5, 30.5], [120.0, 30.5], [120.0, 30.0]]]


def feature(code, coordinates=SQUARE, kind="Polygon", name="county_code"):
    return {
        "type": "Feature",
        "properties": {name: code},
        "geometry": {"type": kind, "coordinates": coordinates},
    }


def collection(*features):
    return json.dumps({"type": "FeatureCollection", "features": list(features)})


def send(client, content, place="33", name="县界.geojson"):
    file = SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)
    return client.post("/monitoring/boundaries/", {"place": place, "file": file})


def test_outlines_draw_the_map_and_the_log_says_who_sent_them(watchers, own_nation, as_user):
    client = as_user(watchers.province)
    assert "每格一个县" in text_of(client.get("/monitoring/"))
    assert send(client, collection(feature("336001"), feature(336002, name="adcode"))).status_code == 302
    page = client.get("/monitoring/")
    chart = page.context["map"]
    assert chart["is_map"]
    drawn = [found["properties"]["county"] for found in chart["spec"]["data"]["values"]]
    assert len(drawn) == 2
    assert "没有边界，没有画在图上" in text_of(page)
    event = Event.objects.get(action="keep_boundaries")
    assert event.user == watchers.province
    assert "2 个县" in event.summary


def test_a_city_sends_its_own_counties_and_others_are_left_out(watchers, own_nation, as_user):
    client = as_user(watchers.city)
    send(client, collection(feature("336001"), feature("346001")), place="3360")
    assert [row.code for row in client.get("/monitoring/").context["rows"]]
    drawn = client.get("/monitoring/").context["map"]["spec"]["data"]["values"]
    assert len(drawn) == 1
    assert "辖区（合成一市）内的县" in text_of(send(client, collection(feature("346001")), place="3360"))
    assert send(client, collection(feature("346001")), place="33").context["form"].errors["place"]


def test_nobody_else_may_send_outlines(watchers, own_nation, as_user):
    for user in (watchers.officer, watchers.leader, watchers.clerk):
        assert send(as_user(user), collection(feature("336001"))).status_code == 404
    assert not (own_nation / "boundaries").exists()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xff\xfe\x00not json", "不是 JSON"),
        ("[" * 100_000, "不是 JSON"),
        ('{"type": "FeatureCollection", "features": [NaN]}', "不是 JSON"),
        ("[]", "不是 FeatureCollection"),
        ('{"type": "Feature"}', "不是 FeatureCollection"),
        (json.dumps({"type": "FeatureCollection", "features": [7]}), "第 1 个要素"),
        (collection({"type": "Feature", "geometry": None}), "第 1 个要素"),
        (collection(feature("336001", None)), "坐标不完整"),
        (collection(feature("336001", [[]])), "坐标不完整"),
        (collection(feature("336001", [[[120, 30], [121, 30], [120, 30]]])), "坐标不完整"),
        (collection(feature("336001", [[["120", "30"]] * 4])), "坐标不完整"),
        (collection(feature("336001", [[[1e400, 30]] * 4])), "不是 JSON"),
        (collection(feature("336001", [120, 30], "Point")), "几何类型是 Point"),
        (collection(feature("336001", [[[30.0, 120.0]] * 4])), "经纬度写反了"),
        (collection(feature("336001"), feature("336002", [[[500000.0, 3300000.0]] * 4])), "第 2 个要素"),
        (collection(feature("33")), "没有辖区"),
        (collection(), "没有辖区"),
        ('{"type": "FeatureCollection", "crs": "EPSG:3857", "features": []}', "坐标系"),
    ],
)
def test_what_does_not_read_is_refused_with_its_place_and_the_former_outlines_stay(
    watchers, own_nation, as_user, content, says
):
    client = as_user(watchers.province)
    send(client, collection(feature("336001")))
    before = sorted((own_nation / "boundaries").iterdir())
    kept = before[0].read_bytes()
    answer = send(client, content)
    assert answer.status_code == 200
    assert says in text_of(answer)
    assert sorted((own_nation / "boundaries").iterdir()) == before
    assert before[0].read_bytes() == kept


def test_a_file_of_another_kind_or_too_large_is_not_read(watchers, own_nation, as_user, monkeypatch):
    client = as_user(watchers.province)
    assert "不是 .geojson 或 .json" in text_of(send(client, "<svg/>", name="x.svg"))
    monkeypatch.setattr("junheng.web.monitoring.boundaries.MOST_MEGABYTES", 0)
    assert "0 MB" in text_of(send(client, collection(feature("336001"))))


def test_markup_in_a_file_reaches_no_page(watchers, own_nation, as_user):
    sent = feature("336001")
    sent["properties"]["name"] = "<script>alert(1)</script>"
    client = as_user(watchers.province)
    send(client, collection(sent), name="<b>x</b>.geojson")
    assert "<script>alert" not in text_of(client.get("/monitoring/"))
    assert "<script>" not in next((own_nation / "boundaries").iterdir()).read_text()


def test_neighbours_stay_neighbours_on_the_grid():
    """The border that two counties share is drawn at the same places for both, whichever grid it takes."""
    border = [[120.5 + 0.0007 * n, 30.0 + 0.01 * n] for n in range(50)]
    left = [[[120.0, 30.0], *border, [120.0, 30.49], [120.0, 30.0]]]
    right = [[*border, [121.0, 30.49], [121.0, 30.0], border[0]]]
    outlines = read_outlines(collection(feature("336001", left), feature("336002", right)).encode(), "x")
    for most in (1000, 60, 20):
        small = made_small(outlines, most)
        one, two = ({tuple(point) for point in small[code][0][0]} for code in ("336001", "336002"))
        middle = {point for point in one & two if 30.05 < point[1] < 30.44}
        assert middle == {point for point in one if 120.45 < point[0] < 120.6 and 30.05 < point[1] < 30.44}
    assert count_points(made_small(outlines, 20).values()) < count_points(outlines.values())


def test_parts_of_one_county_are_put_together_and_codes_read_however_typed():
    island = [[[121.0, 29.0], [121.1, 29.0], [121.1, 29.1], [121.0, 29.0]]]
    found = read_outlines(
        collection(
            feature("156336001", name="gb"), feature(336001.0, [island], "MultiPolygon"), feature(None)
        ).encode(),
        "x",
    )
    assert {code: len(polygons) for code, polygons in found.items()} == {"336001": 2}
