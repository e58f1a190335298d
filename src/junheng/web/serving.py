"""What every process of the server does once it has started; gunicorn calls these functions by their names."""

from __future__ import annotations


def post_worker_init(_worker: object) -> None:
    """Read what every request needs, before the first one comes."""
    from junheng.web.warming import warm

    warm()
