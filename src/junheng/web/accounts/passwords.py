"""Own passwords, and those that an administrator gives for the first time."""

from __future__ import annotations

import secrets

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import transaction

from junheng.web.accounts.home import home_of
from junheng.web.accounts.models import User
from junheng.web.accounts.session_limits import end_sessions
from junheng.web.accounts.tokens import revoke_tokens
from junheng.web.audit.services import record
from junheng.web.signed_in import SignedInRequest

# Letters and figures that nobody mistakes for one another on paper.
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"


class InitialPasswordHasher(Argon2PasswordHasher):
    """For random initial passwords: they hold 59 bits of chance, so that hashing hundreds of them need not be slow.

    Django hashes anew, at full cost, when the person signs in.
    """

    time_cost = 1
    memory_cost = 8192
    parallelism = 1


def initial_password() -> str:
    """Three groups of four: random, and easy to read out."""
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(4)) for _ in range(3))


def give_initial_password(user: User) -> str:
    """Set an initial password on the object, unsaved, and return it: it is kept nowhere."""
    password = initial_password()
    hasher = InitialPasswordHasher()
    user.password = hasher.encode(password, hasher.salt())
    user.must_change_password = True
    return password


def change_own_password(*, request: SignedInRequest, password: str) -> None:
    """Set the password a person chose herself; her other sessions and her tokens end."""
    user = request.user
    with transaction.atomic():
        user.set_password(password)
        user.must_change_password = False
        user.save(update_fields=["password", "must_change_password"])
        update_session_auth_hash(request, user)
        end_sessions(user, but=request.session)
        revoke_tokens(user)
        record(
            acting_user=user,
            action="change_password",
            subject=f"user:{user.pk}",
            place=home_of(user),
            summary=f"{user.name} 修改密码",
        )
