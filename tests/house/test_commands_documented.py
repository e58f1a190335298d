import click
import pytest

from junheng.cli import cli


def every_command():
    def walk(name, command):
        yield name, command
        if isinstance(command, click.Group):
            context = click.Context(command)
            for own in command.list_commands(context):
                yield from walk(f"{name} {own}", command.get_command(context, own))

    return dict(walk("junheng", cli))


COMMANDS = every_command()


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_and_its_options_have_help(name):
    command = COMMANDS[name]
    assert command.help
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    assert [option.name for option in options if not option.help] == []


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_stands_in_the_reference_with_all_options(root, name, language):
    page = (root / "docs" / language / "reference/cli.md").read_text(encoding="utf-8")
    _, found, rest = page.partition(f"\n## {name}\n")
    assert found
    section = rest.partition("\n## ")[0]
    options = [option for option in COMMANDS[name].params if isinstance(option, click.Option)]
    assert [option.opts for option in options if f"`{option.opts[-1]}`" not in section] == []
