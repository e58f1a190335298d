"""The figure checker: ``python -m benchmarks.claims [--pages 5 20 80] [--examples 100]``.

First, reports of growing length as text, Word and PDF, made up from a fixed seed: how long reading and checking take,
how many figures are found, how many are wrong and called wrong, and the most memory the process had. Every file is read
and checked in a process of its own, which checks five pages of text first, so that loading the words of the field does
not count. Second, sentences composed by the strategies of ``tests/claims``, true and wrong, pattern by pattern.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import docx
import typst

from benchmarks.claims_texts import School, report
from benchmarks.processes import peak_mib
from junheng.claims.check import check_document
from junheng.claims.claim import Verdict
from junheng.documents.document import plain_document
from junheng.documents.reading import read_document
from junheng.reporting import fonts

ROOT = Path(__file__).parents[1]
SEED = 7
HEADS = ("pages", "file", "read s", "check s", "ms a page", "figures", "wrong", "called wrong", "MiB")
# A page of GB/T 9704: 22 lines of 28 characters.
_PAPER = """#set page("a4", margin: (top: 3.7cm, bottom: 3.5cm, left: 2.8cm, right: 2.6cm))
#set text(font: "Noto Serif CJK SC", size: 16pt, lang: "zh", top-edge: 0.8em, bottom-edge: -0.2em)
#set par(first-line-indent: (amount: 2em, all: true), leading: 12.95pt, spacing: 12.95pt, justify: true)
"""


def main() -> None:
    """Two tables; with ``--one`` measure a single file, in this process."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, nargs="*", default=[5, 20, 80])
    parser.add_argument("--examples", type=int, default=100, help="sentences a pattern, true and wrong each; 0: none")
    parser.add_argument("--one", type=Path, metavar="FILE", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(_measured(asked.one)))
        return
    _print_row(HEADS)
    _print_row(["---"] * len(HEADS))
    with tempfile.TemporaryDirectory() as folder:
        with ProcessPoolExecutor(1, get_context("spawn")) as pool:  # whose memory the measured ones do not inherit
            pool.submit(_write, Path(folder), asked.pages).result()
        for pages in asked.pages:
            schools = report(pages, SEED)
            for suffix in WRITERS:
                file = Path(folder) / f"{pages}{suffix}"
                command = [sys.executable, "-m", "benchmarks.claims", "--one", str(file)]
                found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
                seconds = found["read s"] + found["check s"]
                own = {"pages": pages, "file": suffix, "ms a page": round(1000 * seconds / pages)}
                row = found | own | {"wrong": sum(school.wrong for school in schools)}
                _print_row([row[head] for head in HEADS])
    if asked.examples:
        _print_patterns(asked.examples)


def _write(folder: Path, pages: Sequence[int]) -> None:
    for number in pages:
        for suffix, write in WRITERS.items():
            write(report(number, SEED), folder / f"{number}{suffix}")


def _measured(file: Path) -> dict[str, object]:
    check_document(plain_document("\n".join(_lines(report(5, SEED + 1)))))
    begun = time.perf_counter()
    document = read_document(file)
    read = time.perf_counter()
    claims = check_document(document)
    return {
        "read s": round(read - begun, 2),
        "check s": round(time.perf_counter() - read, 2),
        "figures": len(claims),
        "called wrong": sum(claim.verdict is Verdict.INCONSISTENT for claim in claims),
        "MiB": round(peak_mib()),
    }


def _lines(schools: Sequence[School]) -> list[str]:
    return [line for school in schools for line in (*school.headings, *school.paragraphs)]


def _text(schools: Sequence[School], file: Path) -> None:
    file.write_text("\n".join(_lines(schools)), encoding="utf-8")


def _word(schools: Sequence[School], file: Path) -> None:
    made = docx.Document()
    for school in schools:
        for level, heading in zip((2,) if len(school.headings) == 1 else (1, 2), school.headings, strict=True):
            made.add_heading(heading, level)
        for paragraph in school.paragraphs:
            made.add_paragraph(paragraph)
    made.save(str(file))


def _pdf(schools: Sequence[School], file: Path) -> None:
    body = "\n\n".join(_lines(schools))
    file.write_bytes(_compiled((_PAPER + body).encode()))


def _compiled(source: bytes) -> bytes:
    made = typst.compile(source, font_paths=fonts.files())
    assert isinstance(made, bytes)
    return made


WRITERS: dict[str, Callable[[Sequence[School], Path], None]] = {".txt": _text, ".docx": _word, ".pdf": _pdf}


def _print_patterns(examples: int) -> None:
    """Of sentences with one kind of figure each: true ones that hold, wrong ones that are called so, alarms."""
    # The strategies are the tests' own, and are found as they find each other.
    sys.path.insert(0, str(ROOT / "tests/claims"))
    from benchmarks.claims_patterns import Count, counts

    print()
    heads = ("pattern", "true", "hold", "called wrong", "wrong", "called wrong")
    _print_row(heads)
    _print_row(["---"] * len(heads))
    together = Count()
    for name, count in counts(examples):
        _print_row([name, *count])
        together = together.plus(count)
    _print_row(["all", *together])
    flagged = together.wrong_called + together.true_called
    print(f"\nprecision of what is called wrong {together.wrong_called / max(flagged, 1):.1%}, ", end="")
    print(f"recall {together.wrong_called / max(together.wrong, 1):.1%}")


def _print_row(cells: Sequence[Any]) -> None:
    print("| " + " | ".join(map(str, cells)) + " |", flush=True)


if __name__ == "__main__":
    main()
