"""完成率与升学: what becomes of those who entered, followed through the grades over the years.

A cohort is those in grade 1 of one school year; grade g stands g − 1 years later. Counted by county, as the filings
have it: children who move in or out between counties are in the figures, so a rate may exceed 100 %. Years of schooling
(人均受教育年限) are nowhere filed and not computed.
"""

from __future__ import annotations

import polars as pl

from junheng.base.terms import Stage

_GRADES = {1: Stage.PRIMARY, 2: Stage.PRIMARY, 3: Stage.PRIMARY, 4: Stage.PRIMARY, 5: Stage.PRIMARY,
           6: Stage.PRIMARY, 7: Stage.JUNIOR, 8: Stage.JUNIOR, 9: Stage.JUNIOR}  # fmt: skip
# From one grade to another, what that says.
FOLLOWED = {
    "primary_completion": (1, 6, "小学六年巩固率", "Grade 6 of those who entered grade 1"),
    "to_junior": (6, 7, "小学升初中比例", "Grade 7 of those in grade 6 the year before"),
    "junior_completion": (7, 9, "初中三年巩固率（按年级推算）", "Grade 9 of those who entered grade 7"),
    "nine_year_completion": (1, 9, "九年义务教育巩固率（按年级推算）", "Grade 9 of those who entered grade 1"),
}
# One column over another, both filed by the county for the year.
FILED = {
    "primary_enrolment": ("primary_age_enrolled", "primary_age_children", "小学学龄人口入学率", "Primary enrolment"),
    "junior_enrolment": ("junior_age_enrolled", "junior_age_children", "初中学龄人口入学率", "Junior enrolment"),
    "to_senior": ("junior_leavers_promoted", "junior_leavers", "初中毕业生升学率", "Junior leavers who went on"),
}
LABELS = {name: entry[2:] for name, entry in (*FOLLOWED.items(), *FILED.items())} | {
    "dropout": ("辍学率", "Pupils who dropped out")
}


def grades(stage_year: pl.LazyFrame) -> pl.LazyFrame:
    """county_code, school_year, grade, entered (the year the grade began school), pupils, blank (rows not filed).

    ``pupils`` is blank where a school with the stage did not file the grade.
    """
    frames = []
    for grade, stage in _GRADES.items():
        column = pl.col(f"grade_{grade}")
        frames.append(
            stage_year.filter((pl.col("stage") == stage) & (pl.col("pupils").is_null() | (pl.col("pupils") > 0)))
            .group_by("county_code", "school_year")
            .agg(
                pl.lit(grade, pl.Int64).alias("grade"),
                pl.when(column.null_count() == 0).then(column.sum()).alias("pupils"),
                column.null_count().cast(pl.Int64).alias("blank"),
            )
        )
    whole = pl.concat(frames).with_columns(entered=pl.col("school_year") - pl.col("grade") + 1)
    return whole.select("county_code", "entered", "grade", "school_year", "pupils", "blank")


def cohorts(stage_year: pl.LazyFrame) -> pl.DataFrame:
    """Every cohort of every county, grade by grade.

    Returns:
        county_code, entered, grade, school_year, pupils, blank, kept (pupils ÷ those of the grade before, the year
        before), of_entry (pupils ÷ those of the cohort in grade 1); blank where one of the two is not known.
    """
    frame = grades(stage_year)
    before = frame.select("county_code", "entered", pl.col("grade") + 1, before="pupils")
    first = frame.filter(pl.col("grade") == 1).select("county_code", "entered", first="pupils")
    joined = frame.join(before, on=["county_code", "entered", "grade"], how="left").join(
        first, on=["county_code", "entered"], how="left"
    )
    kept, of_entry = (_rate(pl.col("pupils"), pl.col(base)) for base in ("before", "first"))
    found = joined.with_columns(kept=kept, of_entry=of_entry).drop("before", "first")
    return found.sort("county_code", "entered", "grade").collect()


def attainment(stage_year: pl.LazyFrame, county_year: pl.LazyFrame, digits: int = 6) -> pl.DataFrame:
    """The rates of each region and year.

    Args:
        stage_year, county_year: as filed, with ``county_code``.
        digits: of the code of the region: 0 all together, 2 province, 4 city, 6 county.

    Returns:
        group (code of the region), school_year, measure, reached, base, rate (reached ÷ base), counties (that are in
        both sums), missing (counties that lack one of them). Regions sum over the counties that have both.
    """
    by_grade = grades(stage_year)
    pairs = [_followed(by_grade, name, *FOLLOWED[name][:2]) for name in FOLLOWED]
    pairs += [_pair(county_year, name, *FILED[name][:2]) for name in FILED]
    pairs.append(_dropout(stage_year))
    both = pl.col("reached").is_not_null() & pl.col("base").is_not_null()
    return (
        pl.concat(pairs)
        .group_by(pl.col("county_code").str.slice(0, digits).alias("group"), "school_year", "measure")
        .agg(
            pl.when(both.any()).then(pl.col("reached").filter(both).sum()).alias("reached"),
            pl.when(both.any()).then(pl.col("base").filter(both).sum()).alias("base"),
            both.sum().cast(pl.Int64).alias("counties"),
            (~both).sum().cast(pl.Int64).alias("missing"),
        )
        .with_columns(rate=_rate(pl.col("reached"), pl.col("base")))
        .sort("group", "school_year", pl.col("measure").cast(pl.Enum(list(LABELS))))
        .select("group", "school_year", "measure", "reached", "base", "rate", "counties", "missing")
        .collect()
    )


def _rate(top: pl.Expr, bottom: pl.Expr) -> pl.Expr:
    return pl.when(bottom > 0).then(top / bottom)


def _followed(by_grade: pl.LazyFrame, name: str, first: int, last: int) -> pl.LazyFrame:
    """Those in grade ``last`` beside the same cohort in grade ``first``, as long ago as there are grades between."""
    reached = by_grade.filter(pl.col("grade") == last).select(
        "county_code", "school_year", pl.lit(name).alias("measure"), reached="pupils"
    )
    base = by_grade.filter(pl.col("grade") == first).select(
        "county_code", pl.col("school_year") + last - first, base="pupils"
    )
    return reached.join(base, on=["county_code", "school_year"], how="left")


def _pair(county_year: pl.LazyFrame, name: str, reached: str, base: str) -> pl.LazyFrame:
    return county_year.select("county_code", "school_year", pl.lit(name).alias("measure"), reached=reached, base=base)


def _dropout(stage_year: pl.LazyFrame) -> pl.LazyFrame:
    """Of the pupils at the start of the year before, both stages together; schools that filed one of the two only are
    blank, and with them the county."""
    whole = [
        pl.when(pl.col(name).null_count() == 0).then(pl.col(name).sum()).alias(alias)
        for name, alias in (("dropped_out", "reached"), ("pupils_year_before", "base"))
    ]
    compulsory = stage_year.filter(pl.col("stage").is_in([Stage.PRIMARY.value, Stage.JUNIOR.value]))
    grouped = compulsory.group_by("county_code", "school_year").agg(pl.lit("dropout").alias("measure"), *whole)
    return grouped.select("county_code", "school_year", "measure", "reached", "base")
