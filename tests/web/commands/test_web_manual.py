"""The manual and the services name only commands and options that exist."""

import re
import shlex

import click
import pytest
from repository import ROOT

from junheng.web.commands import web

PAGES = [
    ROOT / f"docs/{language}/how-to/{name}.md"
    for language in ("zh", "en")
    for name in ("deploy", "backup", "operate", "api")
]
TYPED = re.compile(r"junheng web ([a-z][^\n`|；，。]*)")


@pytest.mark.parametrize(
    "file", [*PAGES, *sorted((ROOT / "deploy/systemd").glob("*.service"))], ids=lambda file: "-".join(file.parts[-3:])
)
def test_every_command_that_is_named_exists(file):
    for typed in TYPED.findall(file.read_text(encoding="utf-8")):
        words = shlex.split(typed.partition("'")[0].rstrip(" \\"), comments=True)
        command = web.commands[words[0].rstrip(".,")]
        known = {name for option in command.params if isinstance(option, click.Option) for name in option.opts}
        assert {word for word in words if word.startswith("--")} <= known, typed


def test_the_variables_of_the_example_are_those_that_the_program_reads():
    source = "".join(
        (ROOT / f"src/junheng/web/{name}.py").read_text(encoding="utf-8") for name in ("settings", "configuration")
    )
    named = set(re.findall(r"JUNHENG_WEB_\w+", (ROOT / "deploy/junheng.env.example").read_text(encoding="utf-8")))
    assert named <= set(re.findall(r"JUNHENG_WEB_\w+", source))
