"""Monitoring as a province sees it: the map with outlines of its own, the charts, a table that sorts."""

import json

import pytest
from playwright.sync_api import expect

from web.monitoring.conftest import judged_nation, own_folders, own_nation, watchers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

__all__ = ["judged_nation", "own_folders", "own_nation", "watchers"]

VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective));
"""


@pytest.fixture
def watch():
    return lambda context: context.add_init_script(VIOLATIONS)


def outlines(*codes):
    """Squares beside each other."""
    features = [
        {
            "type": "Feature",
            "properties": {"adcode": int(code)},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[119 + n, 29], [120 + n, 29], [120 + n, 30], [119 + n, 30], [119 + n, 29]]],
            },
        }
        for n, code in enumerate(codes)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def test_a_province_sends_outlines_and_goes_from_the_map_to_a_county(watchers, own_nation, open_as):
    page = open_as(watchers.province, "/monitoring/")
    expect(page.locator("#map svg")).to_be_visible()
    page.get_by_role("link", name="上传县界").click()
    file = {"name": "县界.geojson", "mimeType": "application/geo+json", "buffer": outlines("336001", "336002")}
    page.get_by_label("县界文件").set_input_files(file)
    page.get_by_role("button", name="上传", exact=True).click()
    shapes = page.locator("#map svg .mark-shape path")
    expect(shapes).to_have_count(2)
    page.get_by_label("地图显示").select_option("share..met_share")
    page.get_by_role("button", name="查询").click()
    expect(page.locator("#map figcaption")).to_have_text("达标学校比例")
    shapes.first.click(position={"x": 8, "y": 8})
    page.wait_for_url("**/monitoring/counties/336001/**")
    expect(page.locator(".chart-place svg").first).to_be_visible()
    assert page.evaluate("violations") == []


def test_the_table_sorts_in_place_and_the_charts_of_every_page_are_drawn(watchers, own_nation, open_as):
    page = open_as(watchers.province, "/monitoring/")
    page.locator("#rows thead").get_by_role("link", name="达标学校").click()
    expect(page.locator("#rows th[aria-sort=ascending]")).to_contain_text("达标学校")
    shares = [float(text.split("%")[0]) for text in page.locator("#rows tbody td:nth-child(3)").all_inner_texts()]
    assert shares == sorted(shares)
    for tab in ("趋势", "排名与分布", "差距"):
        page.get_by_role("navigation", name="监测内容").get_by_role("link", name=tab).click()
        expect(page.locator("[aria-current=page]", has_text=tab)).to_be_visible()
        for place in page.locator(".chart-place").all():
            expect(place.locator("svg")).to_be_visible()
    assert page.evaluate("violations") == []


def test_on_a_phone_nothing_runs_out_of_the_page(watchers, own_nation, open_as):
    phone = {"width": 390, "height": 844}
    page = open_as(watchers.province, "/monitoring/", viewport=phone)
    for address in ("", "trends/", "warnings/", "ranking/", "inequality/", "counties/336001/"):
        page.goto(f"/monitoring/{address}")
        page.wait_for_load_state("networkidle")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
