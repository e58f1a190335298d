import os
import re
import subprocess
import sys

import pytest

# What a browser would fetch from elsewhere; links that a reader may follow are not meant.
FETCHED = re.compile(r"""<(?:script|img|iframe)[^>]+src=["']?(?:https?:)?//|<link[^>]+href=["']?(?:https?:)?//""")


@pytest.mark.slow
def test_the_manual_builds_strictly_and_fetches_nothing(root, tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path / "site")],
        cwd=root,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    pages = list((tmp_path / "site").rglob("*.html"))
    assert len(pages) > 50
    assert [page.name for page in pages if FETCHED.search(page.read_text(encoding="utf-8"))] == []
    sheets = (tmp_path / "site").rglob("*.css")
    assert [sheet.name for sheet in sheets if re.search(r"url\([\"']?(?:https?:)?//", sheet.read_text("utf-8"))] == []
