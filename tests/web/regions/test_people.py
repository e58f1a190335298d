"""People: who may enter and change whom; what nobody may give; the last administrator stays."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from junheng.web.access import roles_of
from junheng.web.accounts.errors import AccountNotYoursError, LastAdministratorError, RoleNotYoursToGiveError
from junheng.web.accounts.models import Assignment, Role, User
from junheng.web.accounts.people_services import close_account
from junheng.web.accounts.role_services import NewRole, end_role, give_role
from junheng.web.audit.models import Event
from web.conftest import person as make_person

PEOPLE = "/system/people/"


def form(place, role="clerk", **more):
    given = {"username": "new.one", "name": "新人", "role": role, "place": place.code}
    return given | more


def url(name, *args):
    return reverse(f"regions:{name}", args=args)


def test_nobody_gives_herself_a_role(cast):
    with pytest.raises(RoleNotYoursToGiveError, match="自己"):
        give_role(person=cast.admin, role=NewRole(Role.COUNTY_OFFICER, cast.county), acting_user=cast.admin)
    assert roles_of(cast.admin)[0].role == Role.ADMINISTRATOR
    assert cast.admin.assignments.count() == 1


def test_the_administrator_sees_the_people_of_her_places_and_no_others(cast, as_user):
    page = as_user(cast.admin).get(PEOPLE + "?size=200").content.decode()
    assert "填报员小李" in page
    assert "乙县填报员" not in page
    assert "省厅小沈" not in page


@pytest.mark.parametrize("who", ["clerk", "officer", "leader", "analyst", "nobody"])
def test_for_others_there_is_no_such_page(cast, as_user, who):
    client = as_user(getattr(cast, who))
    pages = [PEOPLE, url("add-person"), url("people-upload"), url("people-template"), url("person", cast.clerk.pk)]
    assert {client.get(page).status_code for page in pages} == {404}


def test_whoever_is_signed_out_is_asked_to_sign_in(client, cast):
    assert client.get(PEOPLE).headers["Location"].startswith("/account/sign-in/")


def test_somebody_of_another_county_does_not_exist(cast, as_user):
    client = as_user(cast.admin)
    other = cast.other_clerk
    assert client.get(url("person", other.pk)).status_code == 404
    assert client.post(url("reset-password", other.pk)).status_code == 404
    assert client.post(url("give-role", other.pk), {"role": "clerk", "place": cast.school.code}).status_code == 404
    assert client.post(url("end-role", other.assignments.get().pk)).status_code == 404
    assert client.post(url("person-account", other.pk, "close"), {"reason": "x"}).status_code == 404


def test_a_new_person_gets_an_initial_password_that_works_once_shown(cast, as_user, client):
    page = as_user(cast.admin).post(url("add-person"), form(cast.school)).content.decode()
    user = User.objects.get(username="new.one")
    password = page.split('id="shown-password" class="code" readonly value="')[1].split('"')[0]
    client.post("/account/sign-out/")
    answer = client.post("/account/sign-in/", {"username": "new.one", "password": password})
    assert answer.status_code == 302
    assert client.get("/account/").headers["Location"] == "/account/password/"
    assert [(held.role, held.place) for held in user.assignments.all()] == [(Role.CLERK, cast.school)]


def test_a_name_that_somebody_has_is_refused_whatever_its_capitals(cast, as_user):
    client = as_user(cast.admin)
    client.post(url("add-person"), form(cast.school))
    again = client.post(url("add-person"), form(cast.school, username="NEW.one"))
    assert "已经有人用这个用户名" in again.content.decode()
    assert User.objects.filter(username__iexact="new.one").count() == 1


@pytest.mark.parametrize("role", ["county_officer", "city", "province", "administrator", "town_head"])
def test_nobody_gets_a_role_that_her_place_does_not_have(cast, as_user, role):
    as_user(cast.admin).post(url("add-person"), form(cast.school, role))
    assert not User.objects.filter(username="new.one").exists()


@pytest.mark.parametrize("where", ["city", "province", "other_county", "other_school"])
def test_nobody_gives_a_role_above_or_beside_her_own_places(cast, as_user, where):
    place = getattr(cast, where)
    for role in ("administrator", "inspector"):
        as_user(cast.admin).post(url("add-person"), form(place, role))
        with pytest.raises(RoleNotYoursToGiveError):
            give_role(person=cast.clerk, role=NewRole(Role(role), place), acting_user=cast.admin)
    assert not User.objects.filter(username="new.one").exists()


def test_a_department_role_needs_its_office(cast, as_user):
    client = as_user(cast.admin)
    client.post(url("give-role", cast.clerk.pk), {"role": "department", "place": cast.county.code})
    assert cast.clerk.assignments.count() == 1
    given = {"role": "department", "place": cast.county.code, "office": "personnel"}
    client.post(url("give-role", cast.clerk.pk), given)
    assert cast.clerk.assignments.get(role="department").office == "personnel"
    assert "编制、人社部门" in client.get(url("person", cast.clerk.pk)).content.decode().split("授予角色")[0]


def test_who_gives_somebody_a_role_here_cannot_take_over_what_she_is_elsewhere(cast, as_user):
    Assignment.objects.create(user=cast.city_user, role=Role.INSPECTOR, place=cast.school)
    client = as_user(cast.admin)
    assert "您可以管理他在本地的角色" in client.get(url("person", cast.city_user.pk)).content.decode()
    before = cast.city_user.password
    client.post(url("reset-password", cast.city_user.pk))
    client.post(url("person-account", cast.city_user.pk, "close"), {"reason": "x"})
    client.post(url("person-account", cast.city_user.pk, "drop-second-factor"))
    found = User.objects.get(pk=cast.city_user.pk)
    assert (found.password, found.is_active) == (before, True)
    with pytest.raises(AccountNotYoursError):
        close_account(person=found, acting_user=cast.admin, reason="x")


def test_a_role_ends_at_once_and_can_be_given_again(cast, as_user):
    client = as_user(cast.admin)
    role = cast.clerk.assignments.get()
    client.post(url("end-role", role.pk), {"ends_on": ""})
    assert not Assignment.objects.held_on(timezone.localdate()).filter(pk=role.pk).exists()
    assert client.get(url("person", cast.clerk.pk)).status_code == 200, "she is still found"
    client.post(url("give-role", cast.clerk.pk), {"role": "clerk", "place": cast.school.code})
    assert cast.clerk.assignments.get().ends_on is None


def test_the_last_administrator_cannot_be_dismissed_or_closed(cast):
    role = cast.admin.assignments.get()
    with pytest.raises(LastAdministratorError):
        end_role(role=role, ends_on=None, acting_user=cast.admin)
    second = make_person("第二位", Role.ADMINISTRATOR, cast.county)
    end_role(role=role, ends_on=None, acting_user=second)
    with pytest.raises(LastAdministratorError):
        end_role(role=second.assignments.get(), ends_on=None, acting_user=second)


def test_an_administrator_above_counts_as_one_who_stays(cast):
    make_person("省管理员", Role.ADMINISTRATOR, cast.province)
    end_role(role=cast.admin.assignments.get(), ends_on=None, acting_user=cast.admin)
    assert cast.admin.assignments.get().ends_on is not None


def test_nobody_resets_or_closes_her_own_account_here(cast, as_user):
    make_person("第二位", Role.ADMINISTRATOR, cast.county)
    client = as_user(cast.admin)
    client.post(url("person-account", cast.admin.pk, "close"), {"reason": "x"})
    client.post(url("reset-password", cast.admin.pk))
    found = User.objects.get(pk=cast.admin.pk)
    assert (found.is_active, found.must_change_password) == (True, False)


def test_a_closed_account_is_out_at_once_and_can_be_opened_again(cast, as_user):
    from django.test import Client

    hers = Client()
    hers.force_login(cast.clerk, backend="django.contrib.auth.backends.ModelBackend")
    admin = as_user(cast.admin)
    admin.post(url("person-account", cast.clerk.pk, "close"), {"reason": "调离"})
    assert hers.get("/account/").status_code == 302
    assert Event.objects.get(action="close_account").reason == "调离"
    admin.post(url("person-account", cast.clerk.pk, "reopen"))
    assert User.objects.get(pk=cast.clerk.pk).is_active


@pytest.mark.parametrize(
    ("query", "who", "found"),
    [
        ("q=小李", "填报员小李", True),
        ("q=小王", "填报员小李", False),
        ("role=principal", "张校长", True),
        ("role=principal", "填报员小李", False),
        ("where=东镇", "邻校小王", True),
        ("where=东镇二小", "填报员小李", False),
        ("where=9901010001", "填报员小李", True),
        ("state=inactive", "填报员小李", False),
        ("state=new", "填报员小李", True),
    ],
)
def test_the_list_is_searched(cast, as_user, query, who, found):
    rows = as_user(cast.admin).get(f"{PEOPLE}?size=200&{query}").content.decode().split("<tbody>")[1]
    assert (who in rows) is found


def test_the_list_as_a_file_ends_with_its_count(cast, as_user):
    text = as_user(cast.admin).get(PEOPLE + "?format=csv&q=小李").getvalue().decode("utf-8-sig")
    assert "填报员小李" in text
    assert text.splitlines()[-1] == "行数,1"
