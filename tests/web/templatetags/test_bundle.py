"""The built front end is found, complete and loads nothing from elsewhere."""

import gzip
import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured
from repository import ROOT

from junheng.web.templatetags import bundle


@pytest.fixture
def _not_read_yet():
    bundle._files.cache_clear()
    yield
    bundle._files.cache_clear()


def files():
    manifest = json.loads(open_static("junheng/dist/manifest.json"))
    return {name for entry in manifest.values() for name in (entry["file"], *entry.get("css", ()))}


def open_static(name):
    found = finders.find(name)
    assert found, name
    return Path(found).read_text(encoding="utf-8")


def test_every_file_of_the_bundle_is_there_and_named_by_its_content():
    for name in files():
        assert open_static(f"junheng/dist/{name}")
        assert re.search(r"-[\w-]{8}\.(?:js|css)$", name)


def test_the_page_links_styles_and_one_script():
    html = bundle.bundle()
    assert re.findall(r'<link rel="stylesheet" href="/static/junheng/dist/assets/main-[\w-]+\.css">', html)
    assert html.count("<script") == 1
    assert 'type="module"' in html


def test_styles_load_nothing_from_elsewhere():
    for name in files():
        if name.endswith(".css"):
            assert "url(" not in open_static(f"junheng/dist/{name}")
            assert "@import" not in open_static(f"junheng/dist/{name}")


def test_large_libraries_are_loaded_only_by_pages_that_need_them():
    manifest = json.loads(open_static("junheng/dist/manifest.json"))
    entry = manifest[bundle.ENTRY]
    assert "imports" not in entry
    assert len(open_static(f"junheng/dist/{entry['file']}")) < 120_000
    assert "src/charts/index.ts" in entry["dynamicImports"]


def test_what_is_handed_out_compressed_is_the_same():
    compressed = 0
    for name in files():
        plain = Path(finders.find(f"junheng/dist/{name}"))
        packed = plain.with_name(f"{plain.name}.gz")
        if packed.exists():
            compressed += 1
            assert gzip.decompress(packed.read_bytes()) == plain.read_bytes()
    assert compressed > 2


@pytest.mark.usefixtures("_not_read_yet")
def test_a_front_end_that_was_not_built_is_said_plainly(monkeypatch):
    monkeypatch.setattr(bundle, "FOLDER", "junheng/nowhere")
    with pytest.raises(ImproperlyConfigured, match="make setup"):
        bundle.bundle()


def test_packages_are_locked_exactly_and_without_any_address():
    package = json.loads((ROOT / "frontend/package.json").read_text(encoding="utf-8"))
    versions = [*package["dependencies"].values(), *package["devDependencies"].values()]
    assert [version for version in versions if not re.fullmatch(r"\d+\.\d+\.\d+", version)] == []
    lock = (ROOT / "frontend/package-lock.json").read_text(encoding="utf-8")
    assert "://" not in lock
    assert '"integrity"' in lock
