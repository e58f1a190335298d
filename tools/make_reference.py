"""Generate the reference pages of the manual from the standards, the tables, the commands and the code.

``python tools/make_reference.py`` writes them into docs/zh/reference and docs/en/reference; with ``--check`` it writes
nothing, names the pages that are stale, missing or no longer generated, and exits with 1 when there are any.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import django
from reference.language import Language

# Those that read the web application are imported once Django is set up.
from reference import (
    benchmarks,
    commands,
    coverage,
    errors,
    findings,
    kinds,
    python_api,
    reports,
    rosters,
    schemas,
    standards,
    tables,
)

DOCS = Path(__file__).parent.parent / "docs"
# Written by hand, beside the generated pages.
OWN_PAGES = {"index.md", "terms.md"}
_MODULES = (
    standards,
    coverage,
    tables,
    rosters,
    findings,
    kinds,
    commands,
    errors,
    schemas,
    python_api,
    reports,
    benchmarks,
)


def generated() -> Iterator[tuple[Path, str]]:
    """Every generated file with its content."""
    from reference import filing_states, roles

    web = (roles, filing_states)
    for language in Language:
        for module in (*_MODULES, *web):
            for page in module.pages(language):
                yield DOCS / language / "reference" / page.path, page.text


def main() -> int:
    arguments = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    arguments.add_argument("--check", action="store_true", help="write nothing; exit 1 when a page is stale")
    check = arguments.parse_args().check
    # Every module is imported for its errors, those of the web application too: they want an installation.
    with tempfile.TemporaryDirectory() as home:
        (Path(home) / "static").mkdir()
        os.environ.update(JUNHENG_WEB_HOME=home, DJANGO_SETTINGS_MODULE="junheng.web.settings")
        django.setup()
        wanted = dict(generated())
    found = {file for language in Language for file in (DOCS / language / "reference").rglob("*") if file.is_file()}
    own = {DOCS / language / "reference" / name for language in Language for name in OWN_PAGES}
    orphans = sorted(found - set(wanted) - own)
    stale = sorted(file for file, text in wanted.items() if file not in found or file.read_text("utf-8") != text)
    if check:
        for file in (*stale, *orphans):
            sys.stderr.write(f"{file.relative_to(DOCS.parent)} is stale: run `make docs`\n")
        return 1 if stale or orphans else 0
    for file in stale:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(wanted[file], encoding="utf-8")
    for file in orphans:
        file.unlink()
    sys.stderr.write(f"{len(wanted)} pages, {len(stale)} written, {len(orphans)} removed\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
