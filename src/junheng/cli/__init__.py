"""The command line: ``junheng`` and its verbs. Data go to standard output, words to standard error.

Exit codes: 0 done; 1 refused, by findings or an error that a person can mend; 2 wrong usage; 3 with
``--fail-on-unmet`` when a county does not pass.
"""

from __future__ import annotations

import errno
import os
import sys
import tempfile
import traceback
from importlib.metadata import version
from typing import NoReturn

import click

from junheng.base.errors import JunhengError
from junheng.cli.check import check
from junheng.cli.compare import compare
from junheng.cli.explain import explain
from junheng.cli.extras import ExtensibleGroup
from junheng.cli.forecast import forecast, forecast_inputs
from junheng.cli.forms import forms
from junheng.cli.judge import judge
from junheng.cli.monitor import monitor
from junheng.cli.monitoring import targets
from junheng.cli.nation import nation
from junheng.cli.reconcile import reconcile
from junheng.cli.report import report
from junheng.cli.roster import roster
from junheng.cli.schema import schema
from junheng.cli.snapshots import snapshots
from junheng.cli.standards import standards
from junheng.cli.template import template
from junheng.cli.totals import totals
from junheng.cli.usage import help_in_chinese, in_chinese

# The system says these in English, or in whatever language it was installed in.
_REASONS = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.EACCES: "没有权限，或文件正被别的程序打开",
    errno.EPERM: "没有权限",
    errno.EROFS: "磁盘是只读的",
    errno.ENOSPC: "磁盘空间不足",
    errno.ENAMETOOLONG: "文件名太长",
}


@click.group(
    cls=ExtensibleGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(version("junheng"), prog_name="junheng", message="%(prog)s %(version)s", help="显示版本。")
@click.pass_context
def cli(context: click.Context) -> None:
    """均衡：县域义务教育基本均衡、优质均衡督导评估。

    \b
    先取模板，填好后检查，再判定，最后看理由：
        junheng template -o 填报模板.xlsx
        junheng check 县数据.xlsx
        junheng judge 县数据.xlsx --on 2025-12-31
        junheng explain 县数据.xlsx --on 2025-12-31 --school 学校标识码
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


_COMMANDS = (
    template,
    check,
    reconcile,
    judge,
    nation,
    forecast,
    forecast_inputs,
    monitor,
    targets,
    explain,
    report,
    compare,
    totals,
    roster,
    standards,
    forms,
    snapshots,
    schema,
)
for command in _COMMANDS:
    cli.add_command(command)
help_in_chinese(cli)


def main() -> None:
    """Run the command line. Nobody is ever shown a traceback; the last one is kept in a file for a report."""
    try:
        code = cli(standalone_mode=False)  # of a command that leaves through its context, else None
        sys.exit(code if isinstance(code, int) else 0)
    except click.exceptions.Abort:
        _leave("已取消。")
    except click.ClickException as error:
        _leave(in_chinese(error), error.exit_code)
    except click.exceptions.Exit as error:
        sys.exit(error.exit_code)
    except JunhengError as error:
        _leave(str(error))
    except BrokenPipeError:
        # Whoever read our output has gone; without this the interpreter complains once more at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        reason = _REASONS.get(error.errno or 0) or error.strerror or error
        _leave(f"[JH-C002] 文件读写失败：{error.filename or ''} {reason}。请检查路径、权限和磁盘空间后重试。")
    except Exception:  # the last stop before a person
        with tempfile.NamedTemporaryFile("w", prefix="junheng-错误报告-", suffix=".txt", delete=False) as report:
            report.write(traceback.format_exc())
        _leave(f"[JH-C001] 程序出错，数据没有改动。请把 {report.name} 连同所用命令报告给维护者。")


def _leave(words: str, code: int = 1) -> NoReturn:
    click.echo(words, err=True)
    sys.exit(code)
