"""The sentences of the checker, in both languages; what fills the braces is quoted from the report or computed."""

from __future__ import annotations

from types import MappingProxyType

from junheng.base.terms import Label
from junheng.claims.claim import Reason

_REASONS = MappingProxyType(
    {
        "nothing_to_compare": Label(  # zh: data
            "报告里没有能重新算出它的数字", "nothing in the report recomputes it"
        ),
        "inputs_missing": Label(
            "报告里没有能重新算出它的数字", "the report does not state what it is computed from"
        ),  # zh: data
        "masked": Label("数字被遮去或缺了一截", "the figure, or one it needs, is masked or cut off"),  # zh: data
        "exact": Label("{formula}＝{value}，完全相同", "{formula} = {value}, the same"),  # zh: data
        "rounded": Label(
            "{formula}＝{value}，四舍五入后相同", "{formula} = {value}, the same when rounded"
        ),  # zh: data
        "truncated": Label("{formula}＝{value}，去尾后相同", "{formula} = {value}, the same when cut off"),  # zh: data
        "within_inputs": Label(  # zh: data
            "{formula}＝{value}，所用数字本身经过取舍，在误差之内",
            "{formula} = {value}, within the rounding of its inputs",
        ),
        "hedged": Label(
            "{formula}＝{value}，与约数相合", "{formula} = {value}, fits the approximate figure"
        ),  # zh: data
        "disagrees": Label("{formula}＝{value}，与所写不符", "{formula} = {value}, not what is written"),  # zh: data
        "unsure": Label(  # zh: data
            "{formula}＝{value}，与所写不同，但不能确定用的就是这些数字",
            "{formula} = {value} differs, but other figures may be meant",
        ),
        "planned": Label("这是计划、目标或规定，不是结果", "a plan, a target or a rule, not a result"),  # zh: data
        "a_limit": Label("这是要达到的标准，不是结果", "the limit itself, not a result"),  # zh: data
        "part_fits": Label("是“{whole}”的一部分，不超过它", "a part of “{whole}” and not above it"),  # zh: data
        "part_exceeds": Label("是“{whole}”的一部分，却比它大", "a part of “{whole}”, yet above it"),  # zh: data
        "repeat_same": Label("与“{other}”相同", "the same as “{other}”"),  # zh: data
        "repeat_differs": Label("与“{other}”不一致", "differs from “{other}”"),  # zh: data
        "series_missing": Label("报告里没有能看出趋势的逐年数字", "the report states no figures by year"),  # zh: data
        "series_holds": Label("{series}，逐年如此", "{series}: so in every year"),  # zh: data
        "series_breaks": Label("{series}，并非逐年如此", "{series}: not so in every year"),  # zh: data
        "large_class_mean": Label(  # zh: data
            "平均每班已有{value}人，必有班级超过{limit}人",
            "the mean class has {value} pupils, so some class has more than {limit}",
        ),
        "large_class_unknown": Label(  # zh: data
            "平均每班{value}人，看不出有没有超过{limit}人的班",
            "the mean class has {value} pupils; whether one has more than {limit} is not stated",
        ),
        "lost_colon": Label("可能漏了比号", "the colon of the ratio may be lost"),  # zh: data
        "cause_other_whole": Label(
            "除以“{other}”也得到这个数，可能用错了总数",
            "dividing by “{other}” gives it: another total may have been used",
        ),  # zh: data
        "cause_implied_whole": Label(  # zh: data
            "按所写倒推，除数约为{whole}，可能用了旧数",
            "what is written implies dividing by about {whole}: perhaps an old figure",
        ),
        "cause_decimal_point": Label("小数点可能错了位", "the decimal point may have slipped"),  # zh: data
        "cause_swapped": Label("可能有两个数字写颠倒了", "two digits may be swapped"),  # zh: data
        "later_base": Label(  # zh: data
            "除数用了后一年的数（{base}），增长率应以前一年为基数",
            "divided by the later year ({base}); growth is over the earlier one",
        ),
        "past": Label(
            "是过去的数，报告里没有当时的基数",
            "a former figure; the report does not state what it was computed from then",
        ),  # zh: data
        "rounded_to_limit": Label(  # zh: data
            "未取舍时为{value}，达不到{limit}，是进位后才达到的",
            "{value} before rounding, which misses {limit}: rounded up to the limit",
        ),
        "limit_yes": Label(
            "所说的限值是{limit}（“{words}”），达到了", "the limit is {limit} (“{words}”): met"
        ),  # zh: data
        "limit_no": Label(
            "所说的限值是{limit}（“{words}”），没有达到", "the limit is {limit} (“{words}”): not met"
        ),  # zh: data
        "limit_unknown": Label(  # zh: data
            "所说的限值是{limit}（“{words}”），不能确定是否达到",
            "the limit is {limit} (“{words}”): not certain whether it is met",
        ),
        "limit_also_yes": Label("也达到了所说的限值 {limit}", "and it meets the limit {limit}"),  # zh: data
        "limit_also_no": Label("但没有达到所说的限值 {limit}", "but it misses the limit {limit}"),  # zh: data
        "limit_untrue": Label(
            "“{figure}”不符合{limit}，与所说不符", "“{figure}” does not keep {limit}, contrary to what is said"
        ),  # zh: data
        "largest_fits": Label(
            "平均每班{value}人，最大的班不小于它", "the mean class has {value} pupils, and the largest no fewer"
        ),
        "largest_below": Label(
            "平均每班{value}人，最大的班不可能比它小",
            "the mean class has {value} pupils: the largest cannot have fewer",
        ),
        "growths_fail": Label(  # zh: data
            "{series}：“三个增长”并未全部实现", "{series}: the three growths are not all achieved"
        ),
        "growths_open": Label(  # zh: data
            "报告里的数字不足以看出“三个增长”是否实现",
            "what the report states does not show whether all three growths are achieved",
        ),
        "exception_stated": Label(  # zh: data
            "报告另一处说“{other}”，并非全部", "elsewhere the report states “{other}”: not all"
        ),
        "above_all": Label(
            "部分占整体的比例不可能超过百分之百", "a part cannot be more than all of the whole"
        ),  # zh: data
        "listed_agrees": Label(
            "说{said}项，列出的正是{found}项：{items}", "says {said}, lists {found}: {items}"
        ),  # zh: data
        "listed_differs": Label(
            "说{said}项，列出的却是{found}项：{items}", "says {said} but lists {found}: {items}"
        ),  # zh: data
        "listed_elsewhere": Label(  # zh: data
            "别处列出了这{said}项：{items}", "the {said} are listed elsewhere: {items}"
        ),
        "listed_unclear": Label(  # zh: data
            "说{said}项，所列的不能确定是否完整或怎样分项",
            "says {said}; whether the list is whole, or how it parts, is not certain",
        ),
        "listed_missing": Label(
            "说{said}项，但没有见到所列各项", "says {said}; the list is not in the text"
        ),  # zh: data
        "listed_cut": Label(  # zh: data
            "说{said}项，所列各项的序号缺了开头", "says {said}; the beginning of the numbering is missing"
        ),
        "not_filed": Label("数据里没有填报“{name}”", "“{name}” was not filed"),  # zh: data
        "filed_in_part": Label(  # zh: data
            "{formula}：{names}共{count}处未填报，合计不全，不能用来核对",
            "{formula}: {count} did not file it ({names}), so the sum is not whole",
        ),
        "filed_loose_word": Label(  # zh: data
            "{formula}＝{value}，与所写不同，但所写的口径不一定就是它",
            "{formula} = {value} differs, but the words may mean another quantity",
        ),
        "filed_unsaid_stage": Label(  # zh: data
            "{formula}＝{value}，与所写不同，但报告没有写明只指义务教育阶段",
            "{formula} = {value} differs, but the report may include other levels of education",
        ),
        "filed_unsure_year": Label(  # zh: data
            "{formula}＝{value}，与所写不同，但不能确定写的是哪一年",
            "{formula} = {value} differs, but another year may be meant",
        ),
        "filed_not_by_stage": Label(  # zh: data
            "{formula}＝{value}，与所写不同，但几个学段合用的校舍设备可以有不同的分法",
            "{formula} = {value} differs, but what several stages share can be divided in other ways",
        ),
        "filed_other_mean": Label(  # zh: data
            "{formula}＝{value}，与所写不同，但平均数可以有不同的算法",
            "{formula} = {value} differs, but the mean may be taken otherwise",
        ),
        "cause_stale": Label(
            "与{year}年填报的{name}相同，可能没有更新", "the same as {name} of {year}: it may be out of date"
        ),  # zh: data
        "cause_other_filed": Label(
            "与填报的{name}相同，可能取错了数", "the same as {name}: another figure may have been taken"
        ),  # zh: data
    }
)


def words(reason: Reason, language: str = "zh") -> str:
    """The sentence of a reason in Chinese (``zh``) or English (``en``)."""
    label = _REASONS[reason.template]
    return (label.en if language == "en" else label.zh).format(**reason.values)
