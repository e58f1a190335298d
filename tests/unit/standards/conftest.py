"""Small standards to load: each test writes the files it is about."""

import pytest

SOURCE = "{document: moe-jd-2017-6, place: 第一条, confidence: inferred, read_in: 测试}"

# The least that reads: one indicator of one document.
STANDARD = f"""
label: {{zh: 测试标准, en: Test}}
purpose: gate
in_force: {{from: 2020-01-01, checked_on: 2026-11-21, source: {SOURCE}}}
stages: [primary, junior]
campuses: {{mode: merged, source: {SOURCE}}}
"""
RESOURCES = """
books_per_pupil:
  label: {zh: 生均图书册数, en: Books per pupil}
  unit: 册
  formula: {kind: per_pupil, amount: books}
  thresholds:
    - from: 2020-01-01
      primary: {at_least: "30"}
      junior: {at_least: "40"}
      source: {document: moe-jd-2017-6, place: 第五项, printed: 30册；40册, confidence: seen, read_in: 测试}
"""


@pytest.fixture
def write_standard(tmp_path):
    """Write the files of a standard into a folder and return the folder."""

    def write(standard=STANDARD, *, folder="标准", **files):
        path = tmp_path / folder
        path.mkdir()
        (path / "standard.yaml").write_text(standard, encoding="utf-8")
        for name, content in files.items():
            (path / f"{name}.yaml").write_text(content, encoding="utf-8")
        return path

    return write
