"""The other process of ``apart``: ``python -m junheng.web.claims.apart_child ASKED ANSWERED``."""

from __future__ import annotations

import pickle
import resource
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

from junheng.base.errors import JunhengError
from junheng.claims.claim import Claim
from junheng.claims.marking import Mark, mark_of
from junheng.documents.document import Document
from junheng.web.claims.apart import MOST_CHARACTERS, MOST_SECONDS, Against, Checked
from junheng.web.claims.errors import CheckTooSlowError, TextTooLongError

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


def checked(path: Path, name: str, against: Against | None) -> Checked:
    """Read a file and check its figures, here; see ``apart.check_apart``.

    Raises:
        TextTooLongError: it has more text than a page shows.
    """
    from junheng.documents.reading import read_document
    from junheng.workflow import check_claims

    document = read_document(path, name=name)
    if len(document.text) > MOST_CHARACTERS:
        raise TextTooLongError(file=name, count=len(document.text), limit=MOST_CHARACTERS)
    claims = check_claims(document)
    return Checked(document, claims if against is None else together(claims, _compared(document, against)))


def _compared(document: Document, against: Against) -> tuple[Claim, ...]:
    from junheng.claims.against import Records, against_data
    from junheng.standards.library import load_standard
    from junheng.store.snapshot import Store
    from junheng.workflow import judge, tables_for

    tables = tables_for(*(load_standard(name) for name in (against.standard, against.gate) if name))
    dataset = Store(against.store).open(against.snapshot, tables)
    judgement = judge(dataset, standard=against.standard, on=against.day, year=against.year, gate=against.gate or None)
    return against_data(document, Records(dataset, against.year, judgement))


def together(alone: Sequence[Claim], compared: Sequence[Claim]) -> tuple[Claim, ...]:
    """What a document says of itself and what the data say of it, in text order.

    A figure that either of them could check is not also listed as one that the other could not.
    """
    checked_alone = {_place(claim) for claim in alone if mark_of(claim) is not Mark.OPEN}
    kept = [claim for claim in compared if mark_of(claim) is not Mark.OPEN or _place(claim) not in checked_alone]
    told = {_place(claim) for claim in kept}
    others = [claim for claim in alone if mark_of(claim) is not Mark.OPEN or _place(claim) not in told]
    return tuple(sorted((*others, *kept), key=lambda claim: (*_place(claim), claim.against != "text")))


def _place(claim: Claim) -> tuple[int, int]:
    return claim.start, claim.end


if __name__ == "__main__":
    main()
