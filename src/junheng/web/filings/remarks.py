"""Remarks on cells: whoever is concerned is told."""

from __future__ import annotations

from django.db import transaction
from django.http import Http404
from django.utils.translation import gettext_noop

from junheng.web.access import Action
from junheng.web.accounts.models import User
from junheng.web.filings import selectors
from junheng.web.filings.cells import Address, cell_url
from junheng.web.filings.form import form_of
from junheng.web.filings.models import SCHOOL, Comment, Filing
from junheng.web.filings.naming import cell_label
from junheng.web.filings.services import add_comment, settle_comment
from junheng.web.notices.services import people_who, tell


def remark(*, filing: Filing, address: Address, text: str, acting_user: User) -> Comment:
    """Remark on a cell; those who fill the filing and those who spoke about the cell before are told.

    Raises:
        ReasonMissingError: there is no text.
    """
    with transaction.atomic():
        comment = add_comment(
            filing=filing,
            text=text,
            acting_user=acting_user,
            table=address.table,
            key=address.key,
            column=address.column,
        )
        where = cell_label(form_of(filing), address) if address.column else ""
        tell(
            users=_concerned(filing, address, acting_user),
            kind="comment",
            text=gettext_noop("%(filing)s：%(who)s批注%(cell)s——%(text)s"),
            values={"filing": filing, "who": acting_user.name, "cell": where, "text": comment.text},
            url=cell_url(filing, address),
        )
    return comment


def settle(*, filing: Filing, pk: int, acting_user: User) -> Comment:
    """Say that a remark is dealt with; for whoever may not, it does not exist."""
    comment = filing.comments.filter(pk=pk, settled_at__isnull=True).select_related("filing__place").first()
    if comment is None or not selectors.may_settle(acting_user, comment):
        raise Http404
    return settle_comment(comment=comment, acting_user=acting_user)


def _concerned(filing: Filing, address: Address, acting_user: User) -> list[User]:
    """Those who fill, unless one of them speaks; and everybody who spoke about this cell before."""
    found: dict[int, User] = {}
    if not selectors.may_fill(acting_user, filing):
        action = Action.FILE if filing.office == SCHOOL else Action.FILE_FOR_OFFICE
        found = {user.pk: user for user in people_who(action, filing.place, office=filing.office)}
    earlier = filing.comments.filter(table=address.table, key=address.key, column=address.column)
    found |= {comment.user_id: comment.user for comment in earlier.select_related("user")}
    found.pop(acting_user.pk, None)
    return list(found.values())
