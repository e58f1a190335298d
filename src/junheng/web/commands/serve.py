"""``junheng web serve``: the application server."""

from __future__ import annotations

import os
import sys
import tempfile

import click

from junheng.web.commands.installation import on_installation, say
from junheng.web.commands.migrations import require_migrated


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="监听的地址；由反向代理转发时保持缺省。")
@click.option("--port", type=int, default=8000, show_default=True, help="监听的端口。")
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="进程数，约等于 CPU 核数。")
@click.option("--threads", type=click.IntRange(1, 64), default=8, show_default=True, help="每个进程的线程数。")
@on_installation
def serve(host: str, port: int, workers: int, threads: int) -> None:
    """启动网页服务。收到停止信号后，先答完正在处理的请求再退出。

    \b
        junheng web serve --port 8000
    """
    require_migrated()
    collect_static()
    say(f"网页服务：http://{host}:{port}（按 Ctrl-C 停止）")
    # A fresh process: the server forks, which is not safe once the data engine has started its threads.
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *server_options(host, port, workers, threads)])


def server_options(host: str, port: int, workers: int, threads: int) -> list[str]:
    """How gunicorn is started: it ends after the requests it has, and says little."""
    address = f"[{host}]" if ":" in host else host
    return [
        "junheng.web.wsgi:application",
        *("--config", "python:junheng.web.serving"),
        *("--bind", f"{address}:{port}"),
        *("--worker-class", "gthread", "--workers", str(workers), "--threads", str(threads)),
        *("--timeout", "120", "--graceful-timeout", "30", "--keep-alive", "5"),
        # Memory that a large judgement took is given back in the end; not all processes at once.
        *("--max-requests", "5000", "--max-requests-jitter", "500"),
        *("--log-level", "warning", "--forwarded-allow-ips", os.environ.get("JUNHENG_WEB_PROXIES", "127.0.0.1")),
        *("--worker-tmp-dir", "/dev/shm" if os.access("/dev/shm", os.W_OK) else tempfile.gettempdir()),
    ]


def collect_static() -> None:
    """Put styles and scripts together in the installation's folder; what is there already is left."""
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)
