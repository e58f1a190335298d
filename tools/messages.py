"""The English of the interface: gather every string of the pages, and compile what is translated.

``python tools/messages.py update`` rewrites the catalogue (Chinese is the source, new strings stay empty);
``python tools/messages.py compile`` makes the file that Django reads. Neither needs gettext to be installed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "src/junheng/web"
CATALOGUE = WEB / "locale/en/LC_MESSAGES/django.po"
_KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), None),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}

# Lines of the head that say when and by whom, which the history of the file knows better.
_CHANGING = tuple(f'"{name}' for name in ("POT-Creation", "PO-Revision", "Report-Msgid", "Last-Trans", "Language-Team"))


def strings() -> Iterator[tuple[str, int, str | tuple[str, ...], str | None]]:
    """Every string to translate: file, line, the string (or its singular and plural) and its context."""
    from django.utils.translation.template import templatize

    for path in sorted(WEB.rglob("*")):
        place = path.relative_to(ROOT).as_posix()
        if path.suffix == ".py":
            text = path.read_text(encoding="utf-8")
        elif path.suffix in (".html", ".txt") and "templates" in path.parts:
            # What is no message comes out as X's, indented as it was: a tokenizer of Python would stumble.
            lines = templatize(path.read_text(encoding="utf-8"), origin=place).split("\n")
            text = "\n".join(line.lstrip() for line in lines)
        else:
            continue
        for line, message, _, context in extract("python", BytesIO(text.encode()), _KEYWORDS):
            if message and (isinstance(message, tuple) or message.strip()):
                yield place, line, message, context


def current() -> Catalog:
    """The catalogue as it is kept."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


def gathered() -> Catalog:
    """A catalogue of what the pages say now, without any translation."""
    found = Catalog(
        locale="en",
        project="junheng",
        copyright_holder="The Junheng authors",
        header_comment="# The English of the interface; the Chinese is the source. Renewed by tools/messages.py.",
        fuzzy=False,
    )
    for place, line, message, context in strings():
        found.add(message, locations=[(place, line)], context=context, flags=_flags(message))
    return found


def _flags(message: str | tuple[str, ...]) -> tuple[str, ...]:
    text = message if isinstance(message, str) else message[0]
    return ("python-format",) if "%(" in text else ()


def untranslated() -> list[str]:
    """Strings of the pages that have no English yet."""
    known = current()
    lacking = []
    for entry in gathered():
        kept = known.get(entry.id, entry.context) if entry.id else None
        if entry.id and (kept is None or not kept.string or (isinstance(kept.string, tuple) and not all(kept.string))):
            lacking.append(entry.id if isinstance(entry.id, str) else entry.id[0])
    return lacking


def update() -> None:
    """Rewrite the catalogue: new strings are added empty, strings that no page says any more are dropped."""
    known = current() if CATALOGUE.exists() else Catalog(locale="en")
    renewed = gathered()
    for entry in renewed:
        kept = known.get(entry.id, entry.context) if entry.id else None
        if kept is not None:
            entry.string = kept.string
        entry.locations = sorted({(place, 0) for place, _ in entry.locations})
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as file:
        # No lines and no dates: a catalogue changes when words do.
        write_po(file, renewed, omit_header=False, include_lineno=False, sort_output=True, width=120)
    text = CATALOGUE.read_text(encoding="utf-8")
    kept_lines = [line for line in text.splitlines() if not line.startswith(_CHANGING)]
    CATALOGUE.write_text("\n".join(kept_lines) + "\n", encoding="utf-8")


def compile_catalogue() -> None:
    """Make the binary catalogue beside the text."""
    with CATALOGUE.with_suffix(".mo").open("wb") as file:
        write_mo(file, current())


def main() -> None:
    match sys.argv[1:]:
        case ["update"]:
            update()
            print(f"{len(untranslated())} strings without English", file=sys.stderr)  # noqa: T201
        case ["compile"]:
            compile_catalogue()
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "junheng.web.settings")
    main()
