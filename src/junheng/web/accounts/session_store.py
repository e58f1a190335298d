"""Where sessions are kept: Django's table, with the person beside the key."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from junheng.web.accounts.models import Session

# What is written into a session when somebody signs in.
ADDRESS, BEGUN_AT = "address", "begun_at"


class SessionStore(DatabaseStore):
    """Sessions in the database."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        session = super().create_model_instance(data)
        assert isinstance(session, Session)
        session.user_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        session.address = data.get(ADDRESS, "")
        session.begun_at = datetime.fromisoformat(data[BEGUN_AT]) if BEGUN_AT in data else None
        return session
