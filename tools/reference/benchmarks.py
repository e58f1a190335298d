"""How fast it is: the page of the last committed run of ``make bench``."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from reference.language import Language
from reference.page import Page, page

ROOT = Path(__file__).parents[2]
RESULTS = "benchmarks/results/run.json"


def pages(language: Language) -> Iterator[Page]:
    # The benchmarks stand beside the package, not in it.
    sys.path.insert(0, str(ROOT))
    from benchmarks.page import blocks

    found = json.loads((ROOT / RESULTS).read_text(encoding="utf-8"))
    title = language.say("性能测量", "Benchmarks")
    yield page("benchmarks.md", language, title, RESULTS, *blocks(found, language.say))
