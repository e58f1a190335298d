"""Who may do what: every role and what it may do at its place, from the rule of access itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import override

from junheng.base.terms import Label
from junheng.web.access import GRANTS, Action
from junheng.web.accounts.models import Role
from junheng.web.accounts.role_rules import BLOCKS, LEVELS, MAY_HAVE_BLOCK, NEEDS_OFFICE, OFFICES_OF_COUNTY
from junheng.web.regions.models import PlaceKind
from reference.language import Language
from reference.page import Page, code, page, table

_WORDS: dict[Action, Label] = {
    Action.VIEW_FILING: Label(zh="看填报的数和来历", en="See what was filed, and by whom"),
    Action.FILE: Label(zh="填学校的填报，提交", en="Fill in a school's filing and hand it in"),
    Action.FILE_FOR_OFFICE: Label(zh="填县里部门的填报，提交", en="Fill in the filing of an office of the county"),
    Action.SIGN: Label(zh="签报，退回填报员", en="Sign, or send back to the clerk"),
    Action.REVIEW_IN_TOWN: Label(zh="乡镇审核、退回", en="Review in the town, return"),
    Action.REVIEW_IN_COUNTY: Label(zh="县级审核、退回", en="Approve for the county, return"),
    Action.VERIFY: Label(zh="督导核查", en="Verify against the originals"),
    Action.LOCK: Label(zh="锁定、解锁", en="Lock and unlock"),
    Action.CORRECT: Label(zh="调整已通过的数，写明原因", en="Correct an approved figure, with a reason"),
    Action.COMMENT: Label(zh="写批注", en="Write comments"),
    Action.REMIND: Label(zh="催报", en="Remind"),
    Action.VIEW_BOARD: Label(zh="看填报进度", en="See the progress of filing"),
    Action.VIEW_SCHOOL_RESULT: Label(zh="看学校的结果", en="See a school's result"),
    Action.VIEW_COUNTY_RESULT: Label(zh="看全县的结果", en="See the county's result"),
    Action.EVALUATE: Label(zh="判定", en="Judge"),
    Action.TRY_OUT: Label(zh="试算", en="Try out, on a copy"),
    Action.VIEW_PLAN: Label(zh="看方案，比较，下载", en="See plans, compare and download them"),
    Action.MAKE_PLAN: Label(zh="求方案，改名、保留、删除，看姓名", en="Make, rename, keep, delete plans; see names"),
    Action.VIEW_REPORT: Label(zh="看报告，下载", en="See reports and download them"),
    Action.MAKE_REPORT: Label(zh="生成报告，保留、删除", en="Make, keep, delete reports"),
    Action.COMPARE_COUNTIES: Label(zh="各县并列比较", en="Compare counties"),
    Action.LOAD_NATION: Label(zh="把已审核数据汇入监测", en="Load approved data for monitoring"),
    Action.DRAW_MAP: Label(zh="上传监测地图的县界", en="Give the outlines of counties for the map"),
    Action.SET_TARGETS: Label(zh="上传监测的阶段目标", en="Give the staged targets for monitoring"),
    Action.VIEW_GAPS: Label(zh="看问题清单", en="See the list of gaps"),
    Action.MEND_GAP: Label(zh="写整改措施，报完成", en="Say what is done about a gap, report it mended"),
    Action.ASSIGN_GAP: Label(zh="指派责任人和时限", en="Give a gap an owner and a date"),
    Action.CLOSE_GAP: Label(zh="核验销号", en="Confirm that a gap is mended"),
    Action.VIEW_INSPECTION: Label(zh="看督导意见", en="See inspectors' findings"),
    Action.INSPECT: Label(zh="留督导意见，办结", en="Leave findings, close them"),
    Action.ANSWER_INSPECTION: Label(zh="答复督导意见", en="Answer findings"),
    Action.MANAGE_PLACES: Label(zh="管理单位", en="Manage places"),
    Action.MANAGE_PEOPLE: Label(zh="管理人员", en="Manage people"),
    Action.MANAGE_PERIODS: Label(zh="管理填报周期", en="Manage filing periods"),
    Action.VIEW_AUDIT: Label(zh="看操作记录", en="See the audit log"),
}
_BELOW_COUNTY = frozenset({PlaceKind.SCHOOL, PlaceKind.TOWN})


def words_of(action: Action, language: Language) -> str:
    if action not in _WORDS:
        raise SystemExit(f"tools/reference/roles.py: say in words what {action} is")
    return language.of(_WORDS[action])


def holders_of(action: Action, language: Language) -> str:
    """The roles that may do this."""
    return language.say("、", ", ").join(str(role.label) for role in Role if action in GRANTS[role])


def pages(language: Language) -> Iterator[Page]:
    with override("zh-hans" if language is Language.ZH else "en"):
        yield page("roles.md", language, language.say("角色和权限", "Roles and rights"), _SOURCE, *_blocks(language))


_SOURCE = "src/junheng/web/access.py, src/junheng/web/accounts/role_rules.py"


def _blocks(language: Language) -> Iterator[str]:
    say = language.say
    yield say(
        "一个人在一个单位担任一个角色，可以有几个。角色能做的事，在它的单位和以下各级都能做；别处的内容对他不存在（404）。"
        "为什么这样分，见[谁能做什么](../explanation/who-may-what.md)。",
        "Somebody holds one role or several, each at a place. What a role may do, it may do there and everywhere "
        "below; what lies elsewhere does not exist for her (404). Why it is shared out like this: "
        "[who may do what](../explanation/who-may-what.md).",
    )
    yield say("## 角色", "## Roles")
    heads = [say("角色", "Role"), say("编号", "Id"), say("设在", "Held at"), say("另外", "Besides")]
    yield table(heads, ([role.label, code(role), _levels(role, language), _besides(role, language)] for role in Role))
    groups = (
        (say("## 学校和乡镇", "## Schools and towns"), [role for role in Role if LEVELS[role] <= _BELOW_COUNTY]),
        (say("## 县", "## The county"), [role for role in Role if LEVELS[role] == {PlaceKind.COUNTY}]),
    )
    placed = {role for _, roles in groups for role in roles}
    above = (say("## 督学、市、省和管理员", "## Inspectors, city, province, administrators"), set(Role) - placed)
    for title, roles in (*groups, above):
        yield title
        yield _matrix([role for role in Role if role in roles], language)


def _matrix(roles: Iterable[Role], language: Language) -> str:
    """A row an action that at least one of the roles may do."""
    shown = list(roles)
    rows = [
        [words_of(action, language), *("✓" if action in GRANTS[role] else "" for role in shown)]
        for action in Action
        if any(action in GRANTS[role] for role in shown)
    ]
    return table([language.say("动作", "Action"), *(str(role.label) for role in shown)], rows)


def _levels(role: Role, language: Language) -> str:
    return language.say("、", ", ").join(str(kind.label) for kind in PlaceKind if kind in LEVELS[role])


def _besides(role: Role, language: Language) -> str:
    join = language.say("、", ", ").join
    if role in NEEDS_OFFICE:
        offices = join(str(label) for label in OFFICES_OF_COUNTY.values())
        return language.say(f"须写明部门：{offices}", f"for one office: {offices}")
    if role in MAY_HAVE_BLOCK:
        blocks = join(str(label) for label in BLOCKS.values())
        return language.say(f"可写明分管的部分：{blocks}", f"may name a part of the standard: {blocks}")
    return ""
