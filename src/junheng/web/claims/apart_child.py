"""The other process of ``apart``: ``python -m junheng.web.claims.apart_child ASKED ANSWERED``."""

from __future__ import annotations

import pickle
import resource
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from junheng.base.errors import JunhengError
from junheng.web.claims.apart import MOST_CHARACTERS, MOST_SECONDS, Against, Checked, Judged
from junheng.web.claims.errors import CheckTooSlowError, TextTooLongError

if TYPE_CHECKING:
    from junheng.claims.against import Records

_MOST_MEMORY = 4 * 2**30  # addresses, of which little more than a tenth is used


def main() -> None:
    asked, answered = map(Path, sys.argv[1:])
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    path, name, against = pickle.loads(asked.read_bytes())
    try:
        found: object = checked(path, name, against)
    except JunhengError as error:
        found = type(error), error.values
    except MemoryError:
        found = CheckTooSlowError, {"file": name, "seconds": MOST_SECONDS}
    except Exception as error:
        # Where it failed, but not what it says of itself: that may be words of the document.
        sys.stderr.write("".join(traceback.format_tb(error.__traceback__)) + f"{type(error).__name__}\n")
        sys.exit(1)
    answered.write_bytes(pickle.dumps(found))


def checked(path: Path, name: str, against: Against) -> Checked:
    """Read a file and check its figures, here; see ``apart.check_apart``.

    Raises:
        TextTooLongError: it has more text than a page shows.
    """
    from junheng.documents.reading import read_document
    from junheng.workflow import check_claims

    document = read_document(path, name=name)
    if len(document.text) > MOST_CHARACTERS:
        raise TextTooLongError(file=name, count=len(document.text), limit=MOST_CHARACTERS)
    records = None if against.judged is None else _records(against.judged)
    return Checked(document, check_claims(document, standard=against.standard or None, on=against.day, data=records))


def _records(judged: Judged) -> Records:
    """The data of a judgement, judged once more as they were."""
    from junheng.claims.against import Records
    from junheng.standards.library import load_standard
    from junheng.store.snapshot import Store
    from junheng.workflow import judge, tables_for

    tables = tables_for(*(load_standard(name) for name in (judged.standard, judged.gate) if name))
    dataset = Store(judged.store).open(judged.snapshot, tables)
    judgement = judge(dataset, standard=judged.standard, on=judged.day, year=judged.year, gate=judged.gate or None)
    return Records(judgement.dataset, judgement.year, judgement)


if __name__ == "__main__":
    main()
