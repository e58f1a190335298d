import shutil
import subprocess
import sys

import pytest


def check(root):
    command = [sys.executable, str(root / "tools/make_reference.py"), "--check"]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_generated_pages_are_current(root):
    done = check(root)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.slow
def test_stale_missing_and_orphaned_pages_are_named(root, tmp_path):
    for folder in ("tools", "docs", "benchmarks"):
        shutil.copytree(root / folder, tmp_path / folder)
    reference = tmp_path / "docs/zh/reference"
    (reference / "cli.md").write_text("旧的", encoding="utf-8")
    (reference / "kinds.md").unlink()
    (reference / "leftover.md").write_text("多余的", encoding="utf-8")
    done = check(tmp_path)
    assert done.returncode == 1
    named = [line.split()[0] for line in done.stderr.splitlines()]
    assert named == [f"docs/zh/reference/{name}" for name in ("cli.md", "kinds.md", "leftover.md")]


def test_generated_pages_say_so_in_the_first_line(root):
    own = {"index.md", "terms.md"}
    for language in ("zh", "en"):
        folder = root / "docs" / language / "reference"
        for page in folder.rglob("*.md"):
            if page.parent != folder or page.name not in own:
                assert "tools/make_reference.py" in page.read_text(encoding="utf-8").splitlines()[0], page
        for schema in folder.rglob("*.json"):
            assert "tools/make_reference.py" in schema.read_text(encoding="utf-8").splitlines()[1], schema
