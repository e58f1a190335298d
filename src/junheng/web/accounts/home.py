"""Where a person belongs, for the log of what she does with her own account."""

from __future__ import annotations

from junheng.web.accounts.models import User
from junheng.web.regions.models import Place


def home_of(user: User) -> Place | None:
    """The highest place at which somebody holds, or held, a role."""
    return Place.objects.filter(assignments__user=user).order_by("path").first()
