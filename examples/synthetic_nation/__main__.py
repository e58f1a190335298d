"""Make a synthetic nation: ``python -m examples.synthetic_nation OUT``; ``--help`` says what can be chosen."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import click
from examples.synthetic_nation.nation import YEARS, YearsOutsideError, make_nation
from examples.synthetic_nation.places import ALL, TooManyCountiesError, counties_of, real_counties
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from junheng.base.errors import JunhengError
from junheng.standards.regions import provinces as province_names


def main() -> None:
    chosen = _parser().parse_args()
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    started = time.monotonic()
    try:
        steps = len(counties_of(chosen.counties, chosen.provinces)) * len(chosen.years)
        with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
            task = progress.add_task("合成数据", total=steps)

            def step(province: str, year: int) -> None:
                progress.update(task, advance=1, description=f"{province_names()[province].zh} {year}")

            made = make_nation(
                chosen.store, counties=chosen.counties, years=chosen.years, seed=chosen.seed,
                provinces=chosen.provinces, teachers=chosen.teachers, step=step,
            )  # fmt: skip
    except (YearsOutsideError, TooManyCountiesError, JunhengError, OSError) as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit("已中断。已写入的都完整；再运行同一命令即可接着做完。")
    click.echo(
        f"{chosen.store}：{made.counties} 个合成县，{len(chosen.years)} 个学年，"
        f"{made.school_stages:,} 行学段情况，{made.teachers:,} 行教职工（{time.monotonic() - started:.0f} 秒）"
    )
    if made.planted is not None:
        file = chosen.store.with_name(f"{chosen.store.name}-planted.csv")
        made.planted.write_csv(file)
        click.echo(f"花名册有意与填报不符的有 {made.planted.height} 处：{file}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m examples.synthetic_nation",
        description="生成合成的全国数据（县、学校、学生、教师都是虚构的），写入全国库。",
    )
    parser.add_argument("store", type=Path, metavar="OUT", help="全国库的文件夹")
    parser.add_argument("--counties", type=_positive, default=ALL, help=f"县数，按各省实有县数分配（默认 {ALL}）")
    parser.add_argument(
        "--years", type=_years, default=list(YEARS), help="学年，如 2016-2025 或 2020,2025（默认 2016-2025）"
    )
    parser.add_argument("--seed", type=int, default=1, help="随机种子：相同的种子得到相同的县（默认 1）")
    parser.add_argument("--provinces", type=_provinces, default=(), help="省份代码，如 33,34（默认全部）")
    parser.add_argument("--teachers", type=_years, default=(), help="写出逐人教师花名册的学年，如 2025（默认不写）")
    return parser


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"“{text}”不是正整数")
    return int(text)


def _years(text: str) -> list[int]:
    found: set[int] = set()
    for part in text.split(","):
        first, _, last = part.partition("-")
        if not first.isdecimal() or (last and not last.isdecimal()) or (last and int(last) < int(first)):
            raise argparse.ArgumentTypeError(f"“{text}”不是学年；请写作 2016-2025 或 2020,2025")
        found.update(range(int(first), int(last or first) + 1))
    return sorted(found)


def _provinces(text: str) -> tuple[str, ...]:
    codes = tuple(text.split(","))
    if unknown := [code for code in codes if code not in real_counties()]:
        raise argparse.ArgumentTypeError(f"没有省份代码“{unknown[0]}”；可用 {' '.join(real_counties())}")
    return codes


if __name__ == "__main__":
    main()
