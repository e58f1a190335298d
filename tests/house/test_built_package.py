"""What is installed elsewhere holds what set-up makes, though git does not have it."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from repository import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def packed(tmp_path_factory):
    """The names of the files in the wheel, built from the source archive as a distributor does."""
    folder = tmp_path_factory.mktemp("built")
    subprocess.run([Path(sys.executable).parent / "uv", "build", "--quiet", "--out-dir", folder], cwd=ROOT, check=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def test_scripts_and_styles_are_packed(packed):
    built = ROOT / "src/junheng/web/static/junheng/dist"
    made = {str(file.relative_to(ROOT / "src")) for file in built.rglob("*") if file.is_file()}
    assert {Path(name).suffix for name in made} >= {".js", ".css"}
    assert made - packed == set()


def test_translations_are_packed_compiled(packed):
    written = sorted((ROOT / "src/junheng/web/locale").rglob("*.po"))
    assert written
    assert {str(file.relative_to(ROOT / "src").with_suffix(".mo")) for file in written} - packed == set()


def test_templates_and_standards_are_packed(packed):
    kept = {
        str(file.relative_to(ROOT / "src"))
        for file in (ROOT / "src").rglob("*")
        if file.suffix in {".html", ".yaml", ".csv"}
    }
    assert kept - packed == set()
