"""Charts are drawn under the strict policy: nothing is evaluated, nothing injected, nothing fetched from elsewhere."""

import re

import pytest

from web.charts.specimens import SCHOOLS, specimens

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.urls("browser.chart_page")]

WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective));
"""


@pytest.fixture
def charts(browser, live_server):
    context = browser.new_context(locale="zh-CN", base_url=live_server.url, viewport={"width": 1366, "height": 768})
    context.set_default_timeout(60_000)
    context.add_init_script(WATCH)
    page = context.new_page()
    page.requested, page.said = [], []
    page.on("request", lambda request: page.requested.append(request.url))
    page.on("console", lambda message: page.said.append(message.text))
    page.goto("/charts/")
    for name in specimens():
        page.wait_for_selector(f"#{name} svg")
    yield page
    context.close()


def test_all_charts_are_drawn_without_breaking_the_policy(charts, live_server):
    for name in specimens():
        charts.locator(f"#{name} svg").hover()
    assert charts.evaluate("violations") == []
    assert [url for url in charts.requested if not url.startswith(live_server.url)] == []
    assert [text for text in charts.said if "404" not in text] == []


def test_a_chart_shows_every_figure_says_itself_and_leads_on(charts):
    drawing = charts.locator("#dot_plot svg")
    words = drawing.text_content()
    for row in SCHOOLS:
        assert row["value"] is None or f"{row['value']:.2f}" in words
    assert "达标要求 ≥ 4.2" in words
    assert "5 所学校" in drawing.get_attribute("aria-label")
    charts.locator("#dot_plot svg [aria-roledescription=circle]").first.click()
    charts.wait_for_url(re.compile("/s/3/$"))


def test_pointing_at_a_mark_says_what_it_is(charts):
    charts.locator("#cv_bars svg [aria-roledescription=bar]").first.hover()
    told = charts.locator(".chart-tooltip:visible")
    assert "骨干教师" in told.inner_text()
    assert "0.512 未达标" in told.inner_text()


def test_a_chart_that_cannot_be_drawn_opens_its_table(charts):
    charts.wait_for_selector("#broken details[open]")
    assert "图没有画出来" in charts.locator("#broken").inner_text()
    assert charts.locator("#broken td >> text=西关小学").is_visible()


def test_charts_fit_a_phone(charts):
    charts.set_viewport_size({"width": 390, "height": 844})
    charts.goto("/charts/")
    charts.wait_for_selector("#distribution svg")
    assert charts.evaluate("document.documentElement.scrollWidth") <= 390
