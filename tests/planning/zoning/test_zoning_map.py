"""GeoJSON in and out: what is read, what is refused and where, what comes back."""

import json

import pytest
from shapely.geometry import shape

from junheng.intake.errors import FileMissingError
from junheng.planning.zoning.errors import InputsRefusedError, NeighboursUnknownError, NotGeoJsonError
from junheng.planning.zoning.inputs import read_inputs, write_inputs
from junheng.planning.zoning.plan import plan_zoning
from junheng.planning.zoning.town import build_town

SIDE = 0.005  # degrees, about half a kilometre
LON = 115


def square(x, y, wide=1):
    west, south, east, north = LON + x * SIDE, 30 + y * SIDE, LON + (x + wide) * SIDE, 30 + (y + 1) * SIDE
    return {
        "type": "Polygon",
        "coordinates": [[[west, south], [east, south], [east, north], [west, north], [west, south]]],
    }


def block(code, x, y, **properties):
    own = {"block_code": code, "primary_pupils": 20, "primary_school_code": "S1"} | properties
    return {"type": "Feature", "properties": own, "geometry": square(x, y)}


def school(code, x, y, **properties):
    own = {"school_code": code, "school_name": f"{code}小学", "primary_classes": 2} | properties
    at = [LON + (x + 0.5) * SIDE, 30 + (y + 0.5) * SIDE]
    return {"type": "Feature", "properties": own, "geometry": {"type": "Point", "coordinates": at}}


def grid():
    """Three by two squares; schools in the first and the last."""
    blocks = [block(f"{x}{y}", x, y) for x in range(3) for y in range(2)]
    return {"type": "FeatureCollection", "features": [*blocks, school("S1", 0, 0), school("S2", 2, 1)]}


def write(path, document):
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return path


def test_blocks_with_a_common_border_touch_and_corners_do_not(tmp_path):
    town = build_town(read_inputs(write(tmp_path / "a.geojson", grid())))
    codes = [row["block_code"] for row in town.blocks]
    beside = {codes[at]: {codes[near] for near in nears} for at, nears in enumerate(town.neighbours)}
    assert beside["00"] == {"01", "10"}
    assert beside["10"] == {"00", "20", "11"}
    assert [codes[home] for home in town.home] == ["00", "21"]


def test_borders_that_fit_within_a_metre_touch(tmp_path):
    document = grid()
    ring = document["features"][0]["geometry"]["coordinates"][0]
    ring[1][0] = ring[2][0] = LON + SIDE - 0.000005  # half a metre short
    assert 2 in build_town(read_inputs(write(tmp_path / "a.geojson", document))).neighbours[0]


def test_a_map_comes_back_with_zones_in_one_outline(tmp_path):
    document = plan_zoning(read_inputs(write(tmp_path / "a.geojson", grid())), seconds=10, gap=0.0).document()
    features = document["geojson"]["features"]
    zones = [one for one in features if one["properties"]["kind"] == "zone"]
    assert [one["properties"]["school_code"] for one in zones] == ["S1", "S2"]
    assert all(one["geometry"]["type"] == "Polygon" for one in zones)
    assert sum(shape(one["geometry"]).area for one in zones) == pytest.approx(6 * SIDE**2, rel=1e-3)
    assert [one["properties"]["kind"] for one in features].count("block") == 6
    west, south, _, _ = shape(zones[0]["geometry"]).bounds
    assert (round(west), round(south)) == (LON, 30), "longitude comes first"
    numbers = json.dumps(zones[0]["geometry"]["coordinates"]).replace("[", " ").replace("]", " ").split(",")
    assert all(len(number.strip().partition(".")[2]) <= 6 for number in numbers)


def test_a_map_of_points_gives_zones_of_points(tmp_path):
    document = grid()
    for feature in document["features"][:6]:
        middle = shape(feature["geometry"]).centroid
        feature["geometry"] = {"type": "Point", "coordinates": [middle.x, middle.y]}
    inputs = read_inputs(write(tmp_path / "a.geojson", document))
    with pytest.raises(Exception, match="JH-P055"):
        plan_zoning(inputs)


def test_outlines_may_stand_beside_a_workbook(tmp_path):
    file = write(tmp_path / "a.geojson", grid())
    write_inputs(tmp_path / "划片.xlsx", frames=dict(read_inputs(file).dataset.frames))
    inputs = read_inputs(tmp_path / "划片.xlsx", outlines=file)
    assert build_town(inputs).neighbours == build_town(read_inputs(file)).neighbours


def test_the_empty_workbook_is_refused_for_what_it_lacks(tmp_path):
    write_inputs(tmp_path / "划片.xlsx")
    with pytest.raises(Exception, match="JH-P05"):
        plan_zoning(read_inputs(tmp_path / "划片.xlsx"))


def spoilt(change):
    document = grid()
    change(document["features"])
    return document


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ([], "FeatureCollection"),
        ({"type": "Feature"}, "FeatureCollection"),
        (spoilt(lambda f: f[1].update(geometry=None)), "第 2 个要素.*几何类型是 空"),
        (spoilt(lambda f: f[1]["geometry"].update(type="LineString")), "第 2 个要素.*LineString"),
        (spoilt(lambda f: f[1]["geometry"].update(coordinates=[[[0, 1]]])), "第 2 个要素.*坐标"),
        (spoilt(lambda f: f[1]["geometry"].update(coordinates="x")), "第 2 个要素"),
        (spoilt(lambda f: f[2].update(geometry=square(40_000, 0))), "第 3 个要素.*经纬度范围"),
        (spoilt(lambda f: f[6].update(geometry=square(0, 0))), "第 7 个要素.*学校须是点"),
        (spoilt(lambda f: f[0]["properties"].pop("block_code")), "第 1 个要素.*block_code"),
        (spoilt(lambda f: f.__setitem__(3, 5)), "第 4 个要素"),
        (spoilt(lambda f: f[6]["geometry"].update(coordinates=[30.0, 115.0])), "第 7 个要素.*写反"),
        (spoilt(lambda f: f[1]["properties"].update(block_code="００ ")), "第 1 个和第 2 个要素.*地块 00"),
        (
            spoilt(
                lambda f: f[0]["geometry"].update(coordinates=[[[100, 30], [101, 31], [101, 30], [100, 31], [100, 30]]])
            ),
            "第 1 个要素.*自相交",
        ),
        ({**grid(), "crs": {"properties": {"name": "EPSG:4547"}}}, "WGS84"),
    ],
)
def test_a_map_that_is_wrong_is_refused_with_the_number_of_the_feature(tmp_path, document, words):
    with pytest.raises(NotGeoJsonError, match=words):
        read_inputs(write(tmp_path / "a.geojson", document))


def test_a_wrong_property_names_its_feature(tmp_path):
    document = spoilt(lambda features: features[4]["properties"].update(primary_pupils="三十来个"))
    with pytest.raises(InputsRefusedError, match="第 5 个要素"):
        read_inputs(write(tmp_path / "a.geojson", document))


def test_no_json_and_no_file_are_said(tmp_path):
    (tmp_path / "a.geojson").write_text("{", encoding="utf-8")
    with pytest.raises(NotGeoJsonError, match="JSON"):
        read_inputs(tmp_path / "a.geojson")
    with pytest.raises(FileMissingError):
        read_inputs(tmp_path / "b.geojson")


def test_codes_of_outlines_are_read_as_those_of_tables(tmp_path):
    document = grid()
    for feature, code in zip(document["features"], (" 00", "０１", "10", 11, "20 ", "'21"), strict=False):
        feature["properties"]["block_code"] = code
    town = build_town(read_inputs(write(tmp_path / "a.geojson", document)))
    assert [row["block_code"] for row in town.blocks] == ["00", "01", "10", "11", "20", "21"]
    assert len(town.outlines) == 6


def test_faults_of_a_map_name_features_and_not_cells(tmp_path):
    document = spoilt(lambda features: features[2]["properties"].update(primary_siblings=99))
    with pytest.raises(InputsRefusedError, match="第 3 个要素（地块生源的有兄姐在现校）") as refused:
        build_town(read_inputs(write(tmp_path / "a.geojson", document)))
    assert "a.geojson" in str(refused.value)
    points = [school("S1", 0, 0), school("S1", 2, 1)]
    document = {"type": "FeatureCollection", "features": [*grid()["features"][:6], *points]}
    with pytest.raises(InputsRefusedError) as refused:
        read_inputs(write(tmp_path / "a.geojson", document))
    assert "第 7 个要素" in str(refused.value)
    assert "!" not in str(refused.value)


def test_blocks_that_touch_at_corners_alone_are_told_so(tmp_path):
    blocks = [block("00", 0, 0), block("11", 1, 1)]
    document = {"type": "FeatureCollection", "features": [*blocks, school("S1", 0, 0)]}
    with pytest.raises(NeighboursUnknownError, match="一个角"):
        build_town(read_inputs(write(tmp_path / "a.geojson", document)))


def test_tables_without_their_map_say_how_to_give_it(tmp_path):
    file = write(tmp_path / "a.geojson", grid())
    frames = dict(read_inputs(file).dataset.frames)
    write_inputs(tmp_path / "划片.xlsx", frames=frames)
    with pytest.raises(InputsRefusedError, match="--map"):
        build_town(read_inputs(tmp_path / "划片.xlsx"))


def test_blocks_that_map_and_tables_do_not_share_are_noted(tmp_path):
    file = write(tmp_path / "a.geojson", grid())
    write_inputs(tmp_path / "划片.xlsx", frames=dict(read_inputs(file).dataset.frames))
    other = grid()
    other["features"][0]["properties"]["block_code"] = "99"
    drawn = write(tmp_path / "b.geojson", other)
    notes = [note.zh for note in read_inputs(tmp_path / "划片.xlsx", outlines=drawn).notes]
    assert ["00" in note for note in notes] == [True, False]
    assert ["99" in note for note in notes] == [False, True]


def test_a_school_far_from_every_block_is_named(tmp_path):
    document = grid()
    document["features"][6]["geometry"]["coordinates"] = [LON + 3, 30.0]
    with pytest.raises(InputsRefusedError, match=r"S1.*100 千米"):
        build_town(read_inputs(write(tmp_path / "a.geojson", document)))


def test_what_opening_costs_comes_from_a_map_too(tmp_path):
    document = grid()
    document["features"][6]["properties"] |= {"opening_cost": 6800}
    inputs = read_inputs(write(tmp_path / "a.geojson", document))
    assert [row["opening_cost"] for row in inputs.rows("school")] == [68_000_000, None]
