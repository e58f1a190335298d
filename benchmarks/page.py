"""The tables of a run, from its JSON: printed as it goes, and the manual's page in both languages.

``say`` picks the language: ``say("中文", "English")``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import ceil, log
from typing import Any

Say = Callable[[str, str], str]
Found = Mapping[str, Any]


def ENGLISH(_: str, en: str) -> str:  # noqa: N802 - one of two languages, the other being the manual's own
    return en


WAYS = {
    "whole": ("本程序，全部判定", "ours, whole verdict"),
    "part": ("本程序，只算资源配置和差异系数", "ours, resources and balance only"),
    "sql": ("手写 SQL（DuckDB）", "hand-written SQL (DuckDB)"),
    "pandas": ("pandas", "pandas"),
    "spark": ("本程序，全部判定，Spark local[2]", "ours, whole verdict, Spark local[2]"),
    "exact": ("分数精确计算（参照实现）", "exact fractions (reference)"),
    "rosters": ("本程序，流式", "ours, streaming"),
    "rosters_sql": ("手写 SQL（DuckDB）", "hand-written SQL (DuckDB)"),
    "rosters_pandas": ("pandas", "pandas"),
    "rosters_spark": ("本程序，Spark local[2]", "ours, Spark local[2]"),
}
ENGINES = {"embedded": ("嵌入式引擎", "embedded engine"), "spark": ("Spark local[2]", "Spark local[2]")}
VERDICTS = {"met": ("达标", "met"), "unmet": ("未达标", "not met"), "unknown": ("无法判定", "cannot say")}
STEPS = {
    "check": ("读工作簿并核查", "read the workbook, run every check"),
    "judge": ("判定", "judge"),
    "reasons": ("全县的理由", "full reasons of the county"),
    "judge_and_reasons": ("判定并给出全县理由", "judge with full reasons"),
    "document": ("结果文档", "result document"),
    "document_text": ("结果文档写成 JSON", "result document as JSON text"),
    "book": ("结果册（.xlsx）", "result book (.xlsx)"),
}
COMMANDS = {
    "python": ("启动 Python 即退出", "start Python and end"),
    "import": ("`import junheng`", "`import junheng`"),
    "first_import": ("首次 `import junheng`（无编译缓存）", "the first `import junheng` (nothing compiled yet)"),
    "help": ("`junheng --help`", "`junheng --help`"),
    "check": ("`junheng check`", "`junheng check`"),
    "judge": ("`junheng judge`", "`junheng judge`"),
    "explain": ("`junheng explain`", "`junheng explain`"),
}
ASKED = {
    "school": ("一所学校，全国判定在内存中", "one school, the nation's judgement in memory"),
    "county": ("一个县，全国判定在内存中", "one county, the nation's judgement in memory"),
    "county_from_store": ("一个县，从全国库读出、判定、给出理由", "one county from the store: open, judge, explain"),
}
VIEWS = {
    "standings": ("各县现状", "standings of counties"),
    "warnings": ("预警", "early warnings"),
    "ranking": ("一项差异系数排序", "ranking by one coefficient"),
    "distribution": ("各省分布", "distribution by province"),
    "schools": ("学校城乡分布", "schools, urban and rural"),
    "decomposition": ("泰尔指数分解", "Theil decomposition"),
}


def section(name: str, found: Found, say: Say) -> str:
    """One section as Markdown, with a heading."""
    return "\n\n".join(block for block in SECTIONS[name](found, say) if block)


def blocks(found: Found, say: Say) -> Iterator[str]:
    """The whole page of a run, without its title."""
    about = found["about"]
    if about["quick"]:
        yield say("**这是一次缩小的试跑，不是完整的测量。**", "**This is a quick run, not the full measurement.**")
    yield say(
        "这一页的全部数字来自同一次 `make bench`，由它写下的 `benchmarks/results/run.json` 生成；别处引用性能数字，"
        "只引这一页。",
        "Every figure of this page comes from one run of `make bench`, from the `benchmarks/results/run.json` that it "
        "wrote; figures on speed elsewhere cite this page only.",
    )
    yield machine_lines(about, say)
    for name in SECTIONS:
        if name in found:
            yield section(name, found, say)
    yield limits(say)


def machine_lines(about: Found, say: Say) -> str:
    load = ", ".join(f"{one:.1f}" for one in about["load"])
    libraries = ", ".join(f"{name} {number}" for name, number in about["libraries"].items())
    return table(
        ("", ""),
        [
            (say("日期", "date"), about["date"]),
            (say("提交", "commit"), f"`{about['commit']}`" if about["commit"] else ""),
            (say("处理器核", "cores"), about["cores"]),
            (say("内存", "memory"), f"{about['memory_gib']:.1f} GiB"),
            (say("系统", "system"), about["system"]),
            (say("开始前的负载（1、5、15 分钟）", "load before the run (1, 5, 15 min)"), load),
            ("Python, Java", f"{about['python']}; {about['java']}"),
            (say("程序库", "libraries"), libraries),
            (
                say("标准、评估日期、种子", "standard, day, seed"),
                f"{about['standard']}, {about['day']}, {about['seed']}",
            ),
            (say("用时", "the whole run"), f"{about['seconds']:.0f} s" if "seconds" in about else ""),
        ],
    )


def _nation(found: Found, say: Say) -> Iterator[str]:
    made = found["nation"]
    yield say("## 数据", "## Data")
    yield say(
        f"合成的全国：{made['counties']:,} 个县，{len(made['years'])} "
        f"个学年（{made['years'][0]}—{made['years'][-1]}），学校学段行 {made['rows']:,}，教职工 {made['persons']:,} "
        f"人；Parquet {mib(made['bytes'])}，生成用 {made['seconds']:.0f} s，内存最多 {made['peak']:,.0f} MiB。",
        f"A synthetic nation: {made['counties']:,} counties, {len(made['years'])} school years "
        f"({made['years'][0]}–{made['years'][-1]}), {made['rows']:,} rows of school and stage, {made['persons']:,} "
        f"persons; {mib(made['bytes'])} of Parquet, made in {made['seconds']:.0f} s with at most {made['peak']:,.0f} "
        f"MiB.",
    )


def _agreement(found: Found, say: Say) -> Iterator[str]:
    yield say("## 先比对，再计时", "## Agreement comes first")
    yield say(
        "同一份全国数据，逐年逐行比对：缺值、结论必须完全相同，数值的相对差不超过 1e-12；"
        "分数精确计算（`tests/reference.py`）与判定不共用代码，逐省比对每一个值、缺因、结论、得分。有一处不同，"
        "测量就中止。表中是最大的相对差。命令：`python -m benchmarks.agreement_nation`。",
        "The same nation, year by year and row by row: blanks and outcomes must be the same, numbers within 1e-12 "
        "(relative). Exact fractions (`tests/reference.py`) share no code with the judge and are held against every "
        "value, absence, outcome and score, province by province. One difference anywhere ends the run. The table has "
        "the largest relative difference. Command: `python -m benchmarks.agreement_nation`.",
    )
    ways = ("sql", "pandas", "spark", "exact")
    rows = []
    for year in found["agreement"]:
        verdicts = say("、", ", ").join(f"{say(*VERDICTS[name])} {n:,}" for name, n in year["verdicts"].items())
        own = (f"{year['year']}", f"{year['counties']:,}", f"{year['rows']:,}", f"{year['coefficients']:,}", verdicts)
        rows.append((*own, *(_apart(year["ways"].get(way), say) for way in ways)))
    heads = [say(*pair) for pair in (("学年", "year"), ("县", "counties"), ("行", "rows"), ("系数", "coefficients"))]
    yield table((*heads, say("结论", "verdicts"), *(say(*WAYS[way]) for way in ways)), rows)


def _apart(way: Found | None, say: Say) -> str:
    if way is None:
        return "—"
    if "values" in way:
        return say(f"{way['values']:,} 个值全部相同", f"all {way['values']:,} values the same")
    return f"{way['largest']:.0e}"


def _judge(found: Found, say: Say) -> Iterator[str]:
    measured = found["judge"]
    yield say("## 判定：一个学年，从一个县到全国", "## Judging: one year, from one county to the nation")
    yield say(
        "热：同一进程里已经算过一遍，数据已在内存，取中位数（Spark 只计一次）。冷：新进程，从启动、读 Parquet "
        "到算完退出。比值是对手写 SQL 的。Spark 的内存和核秒含 Java 进程。",
        "Warm: the same process has done it before and the data are in memory; medians (Spark: one run). Cold: a new "
        "process, from its start and the reading of Parquet to its first answer. Ratios are to hand-written SQL. "
        "Memory and core seconds of Spark include its Java process.",
    )
    by_size = {
        one["counties"]: {other["way"]: other for other in measured if other["counties"] == one["counties"]}
        for one in measured
    }
    rows = [
        (
            f"{counties:,}",
            f"{one['rows']:,}",
            say(*WAYS[way]),
            f"{one['clock']:.3f}",
            f"{one['clock'] / ways['sql']['clock']:.2f} ×",
            f"{one['cores']:.3f}",
            f"{one['cold']:.2f}",
            f"{one['loaded']:,.0f}",
            f"{one['peak']:,.0f}",
        )
        for counties, ways in by_size.items()
        for way, one in ways.items()
    ]
    heads = (("县", "counties"), ("行", "rows"), ("算法", "way"), ("热，秒", "warm, s"), ("比 SQL", "to SQL"))
    more = (("核秒", "core s"), ("冷，秒", "cold, s"), ("装入后 MiB", "MiB loaded"), ("最多 MiB", "MiB at most"))
    yield table([say(*head) for head in (*heads, *more)], rows)
    if len(by_size) > 1:
        yield from _growth(by_size, say)
        yield from _where_spark_pays(by_size, found, say)


def _growth(by_size: Mapping[int, Mapping[str, Found]], say: Say) -> Iterator[str]:
    sizes = list(by_size)
    pairs = list(pairwise(sizes))
    yield say("### 随规模怎样增长", "### How cost grows")
    yield say(
        "时间对行数的指数（1 为成正比，0 为不变）；固定成本是最小一档的用时，边际成本按测过的最大两档之差折算。",
        "The exponent of time over rows between sizes (1: in proportion, 0: constant). The fixed cost is that of the "
        "smallest size, the marginal one comes from the difference between the two largest that were measured.",
    )
    rows = []
    for way in by_size[sizes[0]]:
        measured = {size: ways[way] for size, ways in by_size.items() if way in ways}
        exponents = [
            f"{_exponent(measured[small], measured[large]):.2f}" if {small, large} <= measured.keys() else "—"
            for small, large in pairs
        ]
        fixed, marginal = costs(list(measured.values()))
        rows.append((say(*WAYS[way]), *exponents, f"{fixed:.3f}", f"{marginal * 1e6:.1f}"))
    heads = (say("算法", "way"), *(f"{small:,} → {large:,}" for small, large in pairs))
    yield table((*heads, say("固定，秒", "fixed, s"), say("每百万行，秒", "s per million rows")), rows)


def _exponent(small: Found, large: Found) -> float:
    return log(large["clock"] / small["clock"]) / log(large["rows"] / small["rows"])


def costs(sizes: Sequence[Found], what: str = "clock") -> tuple[float, float]:
    """What a run costs however small, and what each further row costs."""
    before, last = sizes[-2], sizes[-1]
    return sizes[0][what], max(last[what] - before[what], 0.0) / (last["rows"] - before["rows"])


def _where_spark_pays(by_size: Mapping[int, Mapping[str, Found]], found: Found, say: Say) -> Iterator[str]:
    own = [ways["whole"] for ways in by_size.values()]
    spark = [ways["spark"] for ways in by_size.values() if "spark" in ways]
    if len(spark) < 2:
        return
    (fixed, marginal), (spark_fixed, spark_marginal) = costs(own), costs(spark)
    _, memory = costs(own, "peak")
    yield say("### Spark 从哪里开始合算", "### Where Spark starts to pay")
    yield say(
        f"测得：每次判定 Spark 至少 {spark_fixed:.1f} s，本程序 {fixed:.2f} s；每多一百万行，Spark "
        f"{spark_marginal * 1e6:.1f} s，本程序 {marginal * 1e6:.1f} s。",
        f"Measured: a judgement costs Spark at least {spark_fixed:.1f} s, the embedded engine {fixed:.2f} s; a further "
        f"million rows cost Spark {spark_marginal * 1e6:.1f} s, the embedded engine {marginal * 1e6:.1f} s.",
    )
    cores = found["about"]["cores"]
    if 0 < marginal < spark_marginal:
        needed = ceil(cores * spark_marginal / marginal)
        yield say(
            f"所以在这台 {cores} 核的机器上，行数再多 Spark 也不会追上。**推算，未测**：假如 Spark "
            f"随核数完全成比例地加快，至少要 {needed} 个核，每多一行才与嵌入式引擎的 {cores} 个核一样快。",
            f"So on the {cores} cores of this machine Spark does not catch up, however many the rows. **An estimate, "
            f"not measured**: if Spark sped up in full proportion to cores, it would take at least {needed} of them "
            f"to judge further rows as fast as the embedded engine does on {cores}.",
        )
    elif spark_marginal < marginal:
        rows = (spark_fixed - fixed) / (marginal - spark_marginal)
        yield say(
            f"**推算，未测**：两条直线在约 {rows / 1e6:.1f} 百万行处相交。",
            f"**An estimate, not measured**: the two lines cross at about {rows / 1e6:.1f} million rows.",
        )
    if memory > 0:
        fit = found["about"]["memory_gib"] * 1024 / memory
        nations = fit / own[-1]["rows"]
        yield say(
            f"内存：嵌入式引擎判定一年，每百万行最多占 {memory * 1e6:,.0f} MiB，逐年判定，年数不增加内存。**推算，"
            f"未测**：本机内存约容得下"
            f"一年 {fit / 1e6:.1f} 百万行，即最大一档的 {nations:.0f} 倍；再大，就要更大的机器或 Spark。",
            f"Memory: judging one year takes the embedded engine at most {memory * 1e6:,.0f} MiB per million rows; "
            "years are judged one after the other, so more years take no more. **An estimate, not measured**: this "
            f"machine holds a year of about {fit / 1e6:.1f} million rows, {nations:.0f} times the largest size; "
            "beyond that, a larger machine or Spark.",
        )


def _decade(found: Found, say: Say) -> Iterator[str]:
    yield say("## 全国各学年", "## All years of the nation")
    yield say(
        "与 `junheng nation judge` 相同：每年打开、判定、留下监测所需的数据；新进程，每年一次。",
        "As `junheng nation judge` does it: each year is opened, judged, and what is watched of it kept; a new "
        "process, each year once.",
    )
    rows = []
    for engine, one in found["decade"].items():
        years = list(one["years"].values())
        spent = f"{min(years):.2f}–{max(years):.2f}"
        sizes = (len(years), f"{one['counties']:,}", f"{one['clock']:.1f}", spent)
        rows.append(
            (say(*ENGINES[engine]), *sizes, f"{one['cores']:.1f}", f"{one['whole']:.1f}", f"{one['peak']:,.0f}")
        )
    heads = (("引擎", "engine"), ("学年", "years"), ("县次", "verdicts"), ("秒", "s"), ("每年，秒", "s a year"))
    more = (("核秒", "core s"), ("整个进程，秒", "whole process, s"), ("最多 MiB", "MiB at most"))
    yield table([say(*head) for head in (*heads, *more)], rows)


def _persons(found: Found, say: Say) -> Iterator[str]:
    persons = found["nation"]["persons"] if "nation" in found else 0
    yield say("## 花名册：从人到学校", "## Rosters: from persons to schools")
    yield say(
        f"{persons:,} 名教职工按学校、学段汇总 17 项，一人多校的只计一次；每次从 Parquet 读起；各法的答案先比对，"
        "空缺也须相同。热：同一进程的第二遍（pandas 是第一遍）。",
        f"{persons:,} persons counted by school and stage into 17 amounts, who is listed by several schools counted "
        f"once; read from Parquet each time; all answers are the same, blanks included. Warm: the second pass in one "
        "process (pandas: the first).",
    )
    sql = next(one for one in found["persons"] if one["way"] == "rosters_sql")
    rows = [
        (
            say(*WAYS[one["way"]]),
            f"{one['clock']:.2f}",
            f"{one['clock'] / sql['clock']:.2f} ×",
            f"{one['cores']:.2f}",
            f"{one['cold']:.2f}",
            f"{persons / one['clock'] / 1e6:.2f}",
            f"{one['peak']:,.0f}",
            f"{one['largest']:.0e}",
        )
        for one in found["persons"]
    ]
    heads = (("算法", "way"), ("热，秒", "warm, s"), ("比 SQL", "to SQL"), ("核秒", "core s"), ("冷，秒", "cold, s"))
    more = (("百万人每秒", "million persons a second"), ("最多 MiB", "MiB at most"), ("与本程序相差", "from ours"))
    yield table([say(*head) for head in (*heads, *more)], rows)


def _import(found: Found, say: Say) -> Iterator[str]:
    yield say("## 导入", "## Import")
    names = {
        "check": ("读并核查，秒", "read and check, s"),
        "commit": ("存成快照，秒", "to a snapshot, s"),
        "append": ("汇入全国库，秒", "into the national store, s"),
    }
    rows = [
        (
            f"{one['schools']:,}",
            f"{one['filed']:,}",
            mib(one["bytes"]),
            *(f"{one['steps'][step]['clock']:.3f}" for step in names),
            f"{one['schools'] / one['steps']['check']['clock']:,.0f}",
        )
        for one in found["import"]["workbooks"]
    ]
    heads = [
        say(*head)
        for head in (("一个县的学校", "schools of a county"), ("填报行", "filed rows"), ("工作簿", "workbook"))
    ]
    named = (say(*name) for name in names.values())
    yield table((*heads, *named, say("每秒核查学校", "schools checked a second")), rows)
    yield say(
        "已成表的数据，多县一年，一次汇入空库：",
        "What is already tables, many counties of one year into an empty store at once:",
    )
    loads = [
        (f"{one['counties']:,}", f"{one['filed']:,}", f"{one['clock']:.2f}", f"{one['peak']:,.0f}")
        for one in found["import"]["loads"]
    ]
    heads = [
        say(*head) for head in (("县", "counties"), ("填报行", "filed rows"), ("秒", "s"), ("最多 MiB", "MiB at most"))
    ]
    yield table(heads, loads)


def _trace(found: Found, say: Say) -> Iterator[str]:
    one = found["trace"]
    yield say("## 追到理由", "## Tracing to the reasons")
    yield say(
        f"全国判定（{one['rows']:,} 行）之后，问一所学校、一个县为什么；毫秒，多次的平均。",
        f"After the nation ({one['rows']:,} rows) was judged: why, for one school or one county; milliseconds, the "
        "mean of several.",
    )
    rows = [
        (say(*ASKED[name]), f"{asked['clock'] * 1000:.0f}", f"{asked['cores'] * 1000:.0f}")
        for name, asked in one["asked"].items()
    ]
    yield table((say("问什么", "asked"), say("毫秒", "ms"), say("核毫秒", "core ms")), rows)


def _views(found: Found, say: Say) -> Iterator[str]:
    yield say("## 省市监测", "## Views of a province and of the nation")
    views = found["views"]
    counties = {place: one["counties"] for place, one in views.items()}
    yield say(
        f"页面和命令要的每一张表，都从全国库旁留下的判定结果算起；毫秒。一个省 {counties['province']} 个县，全国 "
        f"{counties['nation']:,} 个县；内存最多 {views['nation']['peak']:,.0f} MiB。",
        f"Each table that a page or a command shows, from what was kept beside the store; milliseconds. A province of "
        f"{counties['province']} counties, the nation of {counties['nation']:,}; at most "
        f"{views['nation']['peak']:,.0f} MiB.",
    )
    rows = [
        (say(*VIEWS[name]), *(f"{one['views'][name]['clock'] * 1000:.0f}" for one in views.values()))
        for name in views["nation"]["views"]
    ]
    yield table((say("内容", "view"), say("一个省", "a province"), say("全国", "the nation")), rows)


def _forecast(found: Found, say: Say) -> Iterator[str]:
    yield say("## 预测", "## Forecast")
    yield say(
        "五年在校生预测，含回测和区间；新进程中一次。",
        "Pupils of the next five years with back-tests and intervals; once, in a new process.",
    )
    places = {"province": ("一个省", "a province"), "nation": ("全国", "the nation")}
    rows = [
        (
            say(*places[place]),
            f"{one['counties']:,}",
            f"{one['schools']:,}",
            f"{one['rows']:,}",
            f"{one['clock']:.1f}",
            f"{one['cores']:.1f}",
            f"{one['peak']:,.0f}",
        )
        for place, one in found["forecast"].items()
    ]
    heads = (("范围", "of"), ("县", "counties"), ("学校", "schools"), ("年级行", "rows of grades"), ("秒", "s"))
    yield table([say(*head) for head in (*heads, ("核秒", "core s"), ("最多 MiB", "MiB at most"))], rows)


def _floor(found: Found, say: Say) -> Iterator[str]:
    yield say("## 物理下限：读出这些字节", "## The physical floor: reading the bytes")
    yield say(
        "任务所读的 Parquet 文件。冷：先请系统忘掉这些文件（posix_fadvise）再读，磁盘自己的缓存不受控制；热："
        "文件在系统内存中。解码：Polars 读成列。倍数是任务的时间（冷进程）对解码时间。",
        "The Parquet files of a task. Cold: the system was asked to forget them (posix_fadvise) before; a disk's own "
        "cache is not ours. Warm: they are in the system's memory. Decoding: into columns, by Polars. The ratio is "
        "the time of the task, as a cold process, to that of decoding.",
    )
    names = {
        "year": ("判定全国一年", "judge one year of the nation"),
        "decade": ("判定全国各年", "judge all its years"),
        "persons": ("汇总花名册", "count the persons"),
    }
    rows = []
    for name, one in found["floor"].items():
        task = _task(name, found)
        ratio = f"{task:.1f} s, {task / one['decode']:.0f} ×" if task else "—"
        read = (f"{one['cold']:.3f}", f"{one['warm']:.3f}", f"{one['decode']:.3f}")
        rows.append((say(*names[name]), f"{one['files']:,}", mib(one["bytes"]), *read, ratio))
    heads = (
        ("任务", "task"),
        ("文件", "files"),
        ("大小", "size"),
        ("冷读，秒", "read cold, s"),
        ("热读，秒", "read warm, s"),
    )
    yield table([say(*head) for head in (*heads, ("解码，秒", "decode, s"), ("任务本身", "the task"))], rows)


def _task(name: str, found: Found) -> float:
    """The time of a task as a new process; 0 where this run did not measure it."""
    if name == "decade":
        return float(found["decade"]["embedded"]["whole"]) if "decade" in found else 0.0
    measured, way = (found.get("judge", ()), "whole") if name == "year" else (found.get("persons", ()), "rosters")
    return float(next((one["cold"] for one in reversed(measured) if one["way"] == way), 0.0))


def _county(found: Found, say: Say) -> Iterator[str]:
    one = found["county"]
    yield say("## 示例县", "## The example county")
    yield say(
        f"热：同一进程里已经做过一遍；内存最多 {one['peak']:.0f} MiB。冷：每次一个新进程。",
        f"Warm: the same process has done it before; at most {one['peak']:.0f} MiB. Cold: a new process each time.",
    )
    rows = [(say(*STEPS[name]), f"{step['clock']:.3f}", f"{step['cores']:.3f}") for name, step in one["steps"].items()]
    yield table((say("热", "warm"), say("秒", "s"), say("核秒", "core s")), rows)
    commands = [(say(*COMMANDS[name]), f"{taken:.3f}") for name, taken in one["cold"].items()]
    yield table((say("冷", "cold"), say("秒", "s")), commands)


def limits(say: Say) -> str:
    """What a run does not prove."""
    lines = (
        (
            "一台机器上的一次测量，其他负载不受控制。三分之一以内的差别当作噪声；同一次测量里的各法可以互比，"
            "不要与别处的数字比。“核秒”把各核相加，受其他负载影响小一些。",
            "It is one run on one machine whose other load is not controlled. Read differences under a third as "
            "noise; compare the ways of this run with each other, never with figures from elsewhere. “Core seconds” "
            "add up all cores and move less with other load than the clock does.",
        ),
        (
            "数据是合成的。真实数据的大小、空缺、怪处都不同，临近限值、要用分数重判的行可能更多，也可能更少。",
            "The data are synthetic. Real ones have other sizes, blanks and oddities; rows so near a limit that "
            "fractions decide them may be more or fewer.",
        ),
        (
            "SQL 和 pandas 只算七项资源配置和差异系数，用浮点数和固定的容差，标准的数字写死在里面；"
            "全部判定还算县级各事项、限值附近精确判断、随时能说出理由。只有“只算资源配置和差异系数”是同一件事。"
            "它们是一个细心的人写得出的，不是最快的写法。",
            "SQL and pandas compute the seven resources and their coefficients only, in floats with a fixed tolerance "
            "and the standard's numbers typed into them; the whole verdict also judges every item of the county, "
            "decides exactly near a limit, and can say why. Only “resources and balance only” is the same work. Their "
            "code is what one careful person writes, not the fastest there could be.",
        ),
        (
            "Spark 以 local[2] 运行，与其他算法同用这两个核。它不说明一个真正的集群有多快，只说明本程序的同一套规则在 "
            "Spark 上答案相同、固定成本和边际成本各是多少。推算处都已注明。",
            "Spark runs as local[2] on the same two cores. That says nothing of how fast a real cluster is: only that "
            "the same rules give the same answers on Spark, and what its fixed and marginal costs are here. Estimates "
            "are marked as such.",
        ),
        (
            "Spark 的内存是每二十分之一秒看一次整棵进程树的常驻内存之和，进程共用的页重复计算；"
            "其他算法是系统记下的峰值。",
            "Spark's memory is the sum of what its processes hold, seen every twentieth of a second, shared pages "
            "counted for each; that of the others is the peak that the system recorded.",
        ),
        ("没有任何数字是断言：慢，不会使测试失败。", "Nothing here is asserted: a slow run fails no test."),
    )
    said = "\n".join(f"- {say(*line)}" for line in lines)
    return say("## 一次测量不能证明什么", "## What a run does not prove") + "\n\n" + said


def mib(size: float) -> str:
    return f"{size / 2**20:,.1f} MiB" if size >= 2**20 else f"{size / 2**10:,.0f} KiB"


def table(heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


SECTIONS: dict[str, Callable[[Found, Say], Iterator[str]]] = {
    "nation": _nation,
    "agreement": _agreement,
    "judge": _judge,
    "decade": _decade,
    "persons": _persons,
    "import": _import,
    "trace": _trace,
    "views": _views,
    "forecast": _forecast,
    "floor": _floor,
    "county": _county,
}
