"""Options of the commands that work on the national store."""

from __future__ import annotations

from pathlib import Path

import click

nation_option = click.option(
    "--nation",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    envvar="JUNHENG_NATION",
    metavar="文件夹",
    help="全国库所在的文件夹；也可以用环境变量 JUNHENG_NATION 指定。",
)
region_option = click.option(
    "--region", default="", metavar="代码", help="只看代码以此开头的县：省两位，市四位，县六位。"
)
