"""``junheng web nation-load``: put the counties' approved data into the national store that monitoring shows."""

from __future__ import annotations

import click

from junheng.base.errors import JunhengError
from junheng.web.commands.installation import on_installation, say
from junheng.web.commands.migrations import require_migrated


@click.command("nation-load")
@click.option("--place", "code", default="", metavar="代码", help="只汇入这个地区的县，如省 37、市 3701；缺省为全部。")
@on_installation
def nation_load(code: str) -> None:
    """把各县已审核并判定过的数据汇入监测用的全国库，再按同一标准判定各学年。

    汇入过而没有变化的不再汇入，可以放进定时任务每晚运行。
    全国库的位置由环境变量 JUNHENG_NATION 指定，缺省在安装的数据文件夹下。

    \b
        junheng web nation-load
    """
    from junheng.web.monitoring import loading
    from junheng.web.monitoring.errors import NothingApprovedError
    from junheng.web.regions.models import Place, PlaceKind

    require_migrated()
    top = Place.objects.filter(code=code).first() if code else None
    counties = Place.objects.filter(kind=PlaceKind.COUNTY)
    if code:
        counties = counties.filter(path__below=top.path) if top else counties.none()
    evaluations = loading.judged_on_approved(counties)
    if not evaluations:
        raise NothingApprovedError(place=top or code or "本安装")  # zh: data
    loaded = []
    for evaluation in evaluations:
        try:
            loaded.append((evaluation, loading.load_snapshot(evaluation)))
        except JunhengError as error:
            say(f"{evaluation.period.county}：没有汇入。{error}")
    for judged in loading.judge_years(loading.years_to_judge(loaded)):
        words = "已判定" if judged.fresh else "没有变化"
        say(f"{judged.about.standard} {judged.about.year} 学年：{judged.counties.height} 个县，{words}。")
    say(f"已汇入 {len(loaded)} 个县。")
