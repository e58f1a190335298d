"""A nation of two synthetic provinces that is judged once, and people of one of them."""

import shutil
import sys
from types import SimpleNamespace

import pytest
from repository import ROOT

from junheng.web.accounts.models import Role
from junheng.web.regions.models import PlaceKind
from junheng.web.regions.services import enter_place
from junheng.workflow.nation import judge_nation, observed
from web.conftest import person

YEARS = range(2023, 2026)


@pytest.fixture(scope="session")
def judged_nation(tmp_path_factory):
    """Twelve counties of the provinces 33 and 34, three years, judged. Nobody writes to it."""
    sys.path.insert(0, str(ROOT))  # the generator stands beside the package
    from examples.synthetic_nation import make_nation

    folder = tmp_path_factory.mktemp("nation")
    make_nation(folder, counties=12, years=YEARS, provinces=("33", "34"))
    for _year in judge_nation(folder):
        pass
    return folder


@pytest.fixture
def nation(judged_nation, settings):
    settings.NATION = judged_nation
    return judged_nation


@pytest.fixture
def own_nation(judged_nation, settings, tmp_path):
    """A copy that a test may write to."""
    settings.NATION = shutil.copytree(judged_nation, tmp_path / "nation")
    return settings.NATION


@pytest.fixture
def frames(judged_nation):
    return observed(judged_nation)


@pytest.fixture
def watchers(db):
    """A province, two cities, two of its counties; somebody at each, and somebody of a school."""

    def place(kind, code, name, parent):
        return enter_place(kind=kind, code=code, name=name, parent=parent, acting_user=None)

    province = place(PlaceKind.PROVINCE, "33", "合成省", None)
    city = place(PlaceKind.CITY, "3360", "合成一市", province)
    other_city = place(PlaceKind.CITY, "3361", "合成二市", province)
    county = place(PlaceKind.COUNTY, "336001", "合成1县", city)
    other = place(PlaceKind.COUNTY, "336002", "合成2县", city)
    school = place(PlaceKind.SCHOOL, "3360010001", "一小", county)
    return SimpleNamespace(
        province=person("省厅", Role.PROVINCE, province),
        city=person("市局", Role.CITY, city),
        other_city=person("邻市", Role.CITY, other_city),
        officer=person("县审核员", Role.COUNTY_OFFICER, county),
        leader=person("县领导", Role.COUNTY_LEADER, county),
        other_officer=person("邻县审核员", Role.COUNTY_OFFICER, other),
        clerk=person("填报员", Role.CLERK, school),
        places={"province": province, "city": city, "county": county, "other": other},
    )


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path):
    settings.FILES = tmp_path / "files"
    settings.SNAPSHOTS = tmp_path / "snapshots"
    settings.NATION = tmp_path / "empty-nation"


def text_of(response):
    return b"".join(response.streaming_content).decode() if response.streaming else response.content.decode()
