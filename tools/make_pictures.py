"""Make the pictures of the manual in docs/pictures: pages of the example county as its people see them.

Usage: .venv/bin/python tools/make_pictures.py [picture …]

The example is built in a temporary installation and served from this process, whose clock stands still, so that a
picture changes only when its page does. Chromium takes the pages at the size of a common laptop screen or of a phone.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import TYPE_CHECKING
from unittest import mock
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

if TYPE_CHECKING:  # they want Django set up
    from junheng.web.accounts.models import User
    from junheng.web.plans.inputs import InputFile

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
NOW = datetime(2025, 11, 12, 10, 20, tzinfo=timezone(timedelta(hours=8)))
PASSWORD = "only-for-these-pictures"
MOST_BYTES = 150_000
SCREEN, PHONE = (1366, 768), (390, 844)
# Half a caret or a half-drawn bar would make every picture another one.
STILL = "*, *::before, *::after { transition: none !important; animation: none !important; caret-color: transparent; }"


def _as_it_opens(_page: Page) -> None:
    """Nothing is done."""


@dataclass(frozen=True)
class Picture:
    """A page, who of the example opens it, and what she does before it is taken."""

    name: str
    user: str
    path: str
    then: Callable[[Page], None] = _as_it_opens
    screen: tuple[int, int] = SCREEN


def _drawn(page: Page) -> None:
    page.locator(".chart-place svg").first.wait_for()


def _map(page: Page) -> None:
    page.locator("#map svg").wait_for()
    _to_top(page, ".tiles")


def _to_top(page: Page, selector: str) -> None:
    """Scroll so that something stands near the top of the window."""
    page.locator(selector).first.evaluate("found => window.scrollBy(0, found.getBoundingClientRect().top - 60)")


def _own_filing(page: Page) -> None:
    page.locator("#rows tbody th a").first.click()
    page.locator("[data-without-script]").wait_for(state="hidden")


def _fill(page: Page) -> None:
    _own_filing(page)
    _to_top(page, "#t-stage_year")


def _check(page: Page) -> None:
    """Two figures that cannot be, and what the check says of them."""
    _own_filing(page)
    page.locator('[name="stage_year/primary/teachers_master"]').fill("四十")
    page.locator('[name="stage_year/primary/teachers_bachelor"]').fill("40")
    page.get_by_role("button", name="校验", exact=True).click()
    page.locator("#findings .cause-error").first.wait_for()
    page.locator("#findings").evaluate("found => found.scrollIntoView()")
    _to_top(page, '[name="stage_year/primary/teachers"]')


def _first_row(page: Page) -> None:
    page.locator("#rows tbody th a").first.click()
    page.locator("#decide").wait_for()


def _review(page: Page) -> None:
    page.locator("#rows").get_by_role("link", name="上冲学校").click()
    page.locator("#decide").wait_for()


def _matrix(page: Page) -> None:
    _to_top(page, "#schools")


def _school(page: Page) -> None:
    page.locator(".matrix").get_by_role("link", name="三河镇初级中学").or_(
        page.locator(".matrix tbody th a")
    ).first.click()
    page.wait_for_url("**/schools/**")


def _indicator(page: Page) -> None:
    page.locator(".matrix thead a").nth(1).click()
    page.wait_for_url("**/indicators/**")
    page.locator("#dots svg").wait_for()


def _reasons(page: Page) -> None:
    page.locator(".matrix tbody tr").first.locator("td a").nth(1).click()
    page.wait_for_url("**/reasons/**")


def _plan(page: Page) -> None:
    page.locator("#rows tbody th a").first.click()
    page.wait_for_url("**/plans/*-*/")


def _report(page: Page) -> None:
    """The finished report, with what one of its figures says of itself."""
    page.locator("#rows tbody th a").first.click()
    page.locator(".report").wait_for()
    _to_top(page, ".report")
    page.locator(".figure").nth(3).click()


def _check_report(page: Page) -> None:
    """A written report with its figures marked, and the reasoning of one that does not hold."""
    page.locator("input[type=file]").first.set_input_files(ROOT / "examples" / "self_check.txt")
    page.get_by_role("button", name="核对", exact=True).click()
    page.locator("#result a.claim.is-wrong").first.click()
    _to_top(page, "#result")


def _plan_limits(page: Page) -> None:
    _plan(page)
    _to_top(page, 'h2:has-text("卡住花费的限制")')


def _plan_zones(page: Page) -> None:
    _plan(page)
    page.locator("#map svg").wait_for()


def _plan_costs(page: Page) -> None:
    _to_top(page, 'h2:has-text("措施与单价")')


def _try_out(page: Page) -> None:
    for _school_of_several in range(2):
        page.get_by_role("button", name="补到达标").first.click()
        page.wait_for_load_state("networkidle")


ALL = (
    Picture("workbench", "officer", "/"),
    Picture("filing", "clerk", "/filings/", _fill),
    Picture("board", "officer", "/filings/board/"),
    Picture("review", "officer", "/filings/board/?q=上冲学校", _review),
    Picture("review-phone", "town", "/filings/board/?standing=mine", _first_row, PHONE),
    Picture("overview", "leader", "/results/overview/"),
    Picture("matrix", "leader", "/results/overview/", _matrix),
    Picture("school", "leader", "/results/overview/", _school),
    Picture("indicator", "leader", "/results/overview/", _indicator),
    Picture("reasons", "leader", "/results/overview/", _reasons),
    Picture("gaps", "officer", "/gaps/"),
    Picture("counties", "province", "/results/counties/"),
    Picture("monitoring", "province", "/monitoring/", _map),
    Picture("monitoring-trends", "province", "/monitoring/trends/", _drawn),
    Picture("monitoring-warnings", "province", "/monitoring/warnings/"),
    Picture("monitoring-ranking", "province", "/monitoring/ranking/", _drawn),
    Picture("monitoring-inequality", "province", "/monitoring/inequality/", _drawn),
    Picture("monitoring-county", "leader", "/monitoring/"),
    Picture("try-out", "officer", "/results/try-out/", _try_out),
    Picture("report-list", "officer", "/reports/"),
    Picture("report-page", "officer", "/reports/", _report),
    Picture("report-check", "officer", "/reports/check/", _check_report),
    Picture("plan-costs", "section", "/plans/new/resources/?county=990101", _plan_costs),
    Picture("plan", "section", "/plans/?kind=resources", _plan),
    Picture("plan-limits", "section", "/plans/?kind=resources", _plan_limits),
    Picture("plan-zones", "section", "/plans/?kind=zoning", _plan_zones),
    Picture("checking", "clerk", "/filings/", _check),  # last: it changes figures
)


def main() -> None:
    """Take the pictures that are named, or all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="picture", help=", ".join(picture.name for picture in ALL))
    parser.add_argument("--into", type=Path, default=PICTURES)
    asked = parser.parse_args()
    wanted = [picture for picture in ALL if not asked.names or picture.name in asked.names]
    asked.into.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix="junheng-pictures-") as home,
        _example(
            Path(home),
            plans=any("plan" in picture.path for picture in wanted),
            reports=any("report" in picture.path for picture in wanted),
            monitoring=any("monitoring" in picture.path for picture in wanted),
        ) as address,
        sync_playwright() as playwright,  # last: beside it Django would refuse to ask the database
    ):
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        pages: dict[tuple[str, tuple[int, int]], Page] = {}
        for picture in wanted:
            who = (picture.user, picture.screen)
            if who not in pages:
                pages[who] = _signed_in(browser, address, *who)
            file = asked.into / f"{picture.name}.png"
            file.write_bytes(_small(_take(pages[who], picture)))
            size = file.stat().st_size
            print(f"{file.name} {size / 1000:.0f} kB{' TOO LARGE' if size > MOST_BYTES else ''}")  # noqa: T201
        browser.close()


@contextmanager
def _example(home: Path, *, plans: bool, reports: bool, monitoring: bool) -> Iterator[str]:
    """Build the example in an empty installation and serve it, at one moment that does not pass.

    Args:
        plans: have a resource plan and a zoning plan made too, which takes a minute.
        reports: have the report of the example written too.
        monitoring: have the counties loaded for monitoring too.
    """
    os.environ |= {"JUNHENG_WEB_HOME": str(home), "DJANGO_SETTINGS_MODULE": "junheng.web.settings"}
    (home / "static").mkdir()
    import django

    django.setup()
    from django.core.wsgi import get_wsgi_application

    from junheng import workflow
    from junheng.web.commands.migrate import apply_migrations
    from junheng.web.demo.building import build_demo
    from junheng.web.demo.example_report import write_example_report
    from junheng.web.demo.watching import watch_example

    with mock.patch("django.utils.timezone.now", return_value=NOW):
        apply_migrations()
        dataset = workflow.check(ROOT / "examples" / "county.xlsx").dataset
        demo = build_demo(dataset, today=NOW.date(), password=PASSWORD)
        if monitoring:
            watch_example()
        if plans:
            _make_plans(demo.people["section"])
        if reports:
            write_example_report(demo.period.county, demo.people["officer"])
        with make_server("127.0.0.1", 0, get_wsgi_application(), _ManyAtOnce, _Quiet) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            yield f"http://127.0.0.1:{server.server_port}"
            server.shutdown()


def _make_plans(user: User) -> None:
    """Plans of the example inputs, from the newest judgement of approved data; their searches end by their gap.

    Costs are those of the example; its ceilings, budgets and supposed values are for another year's data.
    """
    from junheng.web.dashboards.models import Basis
    from junheng.web.jobs.running import run
    from junheng.web.plans.inputs import keep_written
    from junheng.web.plans.models import PlanKind
    from junheng.web.plans.resource_inputs import read_frames, write_frames
    from junheng.web.plans.selectors import county_to_plan, evaluations_to_plan
    from junheng.web.plans.services import start_plan

    def kept(name: str) -> InputFile:
        def write(place: Path) -> None:
            shutil.copyfile(ROOT / "examples" / name, place)

        return keep_written(write, name)

    costs = {
        "measure": read_frames(ROOT / "examples" / "plan_inputs.xlsx")["measure"].to_dicts(),
        "budget": [{"budget_year": NOW.year + n, "budget": Decimal(30_000_000), "note": None} for n in (1, 2, 3)],
    }

    county = county_to_plan(user, "990101")
    judged = evaluations_to_plan(user, county).filter(basis=Basis.APPROVED).first()
    outlines = kept("zones.geojson")
    options = {"opened": [], "closed": [], "outlines": outlines.digest, "outlines_name": outlines.name}
    for kind, evaluation, inputs, own in (
        (
            PlanKind.RESOURCES,
            judged,
            keep_written(lambda place: write_frames(place, costs), "输入.xlsx"),
            {"gap": 0.001},
        ),
        (PlanKind.ZONING, None, kept("zones.xlsx"), {"gap": 0.005, **options}),
    ):
        plan = start_plan(
            kind=kind,
            county=county,
            evaluation=evaluation,
            title=f"{kind.label} {NOW:%Y-%m-%d}",
            inputs=inputs,
            options={"seconds": 300.0, **own},
            acting_user=user,
        )
        assert plan.job is not None
        if run(str(plan.job.code)) != "done":
            plan.job.refresh_from_db()
            raise SystemExit(f"{plan}: {plan.job.words}")


class _ManyAtOnce(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as it is called
        """Say nothing of each request."""


def _signed_in(browser: Browser, address: str, user: str, screen: tuple[int, int]) -> Page:
    width, height = screen
    context = browser.new_context(
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        base_url=address,
        viewport={"width": width, "height": height},
        reduced_motion="reduce",
        bypass_csp=True,  # what keeps the page still is a style of ours, which the policy would refuse
    )
    context.clock.set_fixed_time(NOW)
    page = context.new_page()
    page.goto("/account/sign-in/")
    page.get_by_label("用户名").fill(user)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    page.wait_for_url(f"{address}/")
    return page


def _take(page: Page, picture: Picture) -> bytes:
    answer = page.goto(picture.path)
    if answer is None or not answer.ok:  # no picture of a page that says that something went wrong
        raise SystemExit(f"{picture.path}: {answer and answer.status}")
    picture.then(page)
    page.add_style_tag(content=STILL)
    page.wait_for_load_state("networkidle")
    return page.screenshot()


def _small(picture: bytes) -> bytes:
    """The picture with 256 colours, which is all that these pages have."""
    target = io.BytesIO()
    with Image.open(io.BytesIO(picture)) as full:
        reduced = full.convert("RGB").quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
        reduced.save(target, "PNG", optimize=True)
    return target.getvalue()


if __name__ == "__main__":
    main()
