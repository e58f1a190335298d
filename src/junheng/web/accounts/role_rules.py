"""Which role is held at which level of the tree, and which say for what office or part of the standard."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from junheng.web.accounts.models import Role
from junheng.web.filings.models import SCHOOL
from junheng.web.filings.offices import OFFICES
from junheng.web.regions.models import PlaceKind

_K = PlaceKind
# Nobody becomes the county's officer at a school, or a province's user at a county.
LEVELS: dict[Role, frozenset[PlaceKind]] = {
    Role.CLERK: frozenset({_K.SCHOOL}),
    Role.ASSET_KEEPER: frozenset({_K.SCHOOL}),
    Role.PRINCIPAL: frozenset({_K.SCHOOL}),
    Role.TOWN_HEAD: frozenset({_K.TOWN}),
    Role.COUNTY_OFFICER: frozenset({_K.COUNTY}),
    Role.COUNTY_SECTION: frozenset({_K.COUNTY}),
    Role.DEPARTMENT: frozenset({_K.COUNTY}),
    Role.TASK_FORCE: frozenset({_K.COUNTY}),
    Role.SUPERVISION_OFFICE: frozenset({_K.COUNTY}),
    Role.COUNTY_LEADER: frozenset({_K.COUNTY}),
    Role.INSPECTOR: frozenset({_K.SCHOOL, _K.TOWN, _K.COUNTY, _K.CITY, _K.PROVINCE}),
    Role.CITY: frozenset({_K.CITY}),
    Role.PROVINCE: frozenset({_K.PROVINCE, _K.NATION}),
    Role.ADMINISTRATOR: frozenset({_K.COUNTY, _K.CITY, _K.PROVINCE, _K.NATION}),
}
OFFICES_OF_COUNTY = {name: label for name, label in OFFICES.items() if name != SCHOOL}
NEEDS_OFFICE = frozenset({Role.DEPARTMENT})
# Parts of the standard to which a section, a task force or a deputy head can be narrowed.
BLOCKS: dict[str, str | Promise] = {
    "resources": _("资源配置"),
    "government": _("政府保障程度"),
    "quality": _("教育质量"),
    "satisfaction": _("社会认可度"),
}
MAY_HAVE_BLOCK = frozenset({Role.COUNTY_SECTION, Role.TASK_FORCE, Role.COUNTY_LEADER})


def misfit(role: Role, kind: str, office: str, block: str) -> str | None:
    """Why a role cannot be held like this; None when it can."""
    levels = LEVELS[role]
    if kind not in levels:
        named = gettext("、").join(str(level.label) for level in PlaceKind if level in levels)
        return gettext("这个角色设在%(levels)s") % {"levels": named}
    if (role in NEEDS_OFFICE) != bool(office):
        return gettext("部门联络员要写明部门") if role in NEEDS_OFFICE else gettext("只有部门联络员要写部门")
    if office and office not in OFFICES_OF_COUNTY:
        return gettext("没有这个部门")
    if block and (role not in MAY_HAVE_BLOCK or block not in BLOCKS):
        return gettext("这个角色不能限定到标准的某一部分")
    return None
