"""Errors of people, roles and signing in; each says what to do next."""

from __future__ import annotations

from junheng.base.errors import JunhengError


class UsernameTakenError(JunhengError):
    """Somebody has this sign-in name already."""

    code = "JH-B020"
    zh = "用户名“{username}”已经有人使用，没有新建。请换一个用户名；如果就是这个人，请在他的页面上增加角色。"
    en = "The user name “{username}” is taken. Choose another, or give this person a role on her own page."


class RoleNotYoursToGiveError(JunhengError):
    """A role was to be given or taken at a place that is not the giver's to manage, or that has no such role."""

    code = "JH-B021"
    zh = "不能在“{place}”设“{role}”：{reason}。请改选角色或单位。"
    en = "“{role}” cannot be given at “{place}”: {reason}. Choose another role or place."


class LastAdministratorError(JunhengError):
    """The change would leave a place without an administrator."""

    code = "JH-B022"
    zh = "“{name}”是“{place}”最后一位长期有效的管理员，没有执行。请先设另一位管理员，再来操作。"
    en = "“{name}” is the last lasting administrator of “{place}”. Appoint another one first."


class AccountNotYoursError(JunhengError):
    """An account was to be changed whose owner also holds roles elsewhere."""

    code = "JH-B023"
    zh = "“{name}”还在您管理范围以外担任角色，您不能改动他的账号（密码、停用等）。请联系上一级管理员。"
    en = "“{name}” also holds roles outside your places; you cannot change the account. Ask an administrator above you."


class RoleHeldError(JunhengError):
    """The person holds this role there already."""

    code = "JH-B024"
    zh = "“{name}”已经是“{place}”的{role}，没有重复添加。要改起止日期，请先取消原来的角色再添加。"
    en = "“{name}” already is {role} of “{place}”. To change its dates, end it and give it again."


class CodeWrongError(JunhengError):
    """A code of the second factor does not fit, or was used already."""

    code = "JH-B025"
    zh = "验证码不对，或者已经用过。请核对手机时间是否准确，等下一个验证码出现后再输入。"
    en = "The code is wrong or was used already. Check the clock of your phone and enter the next code."


class TooManyTokensError(JunhengError):
    """A person has as many tokens as she may."""

    code = "JH-B026"
    zh = "您已有 {count} 个有效的接口令牌，达到上限。请先撤销不用的令牌。"
    en = "You already have {count} valid tokens, which is the limit. Revoke those you do not need."


class PeopleFileChangedError(JunhengError):
    """What an uploaded list would do is no longer what its preview showed."""

    code = "JH-B027"
    zh = "预览之后数据有了变化，没有导入。请看过新的预览后再确认。"
    en = "The data changed after the preview; nothing was taken. Look at the new preview and confirm again."


class UploadForgottenError(JunhengError):
    """There is no file waiting to be confirmed."""

    code = "JH-B028"
    zh = "没有等待确认的文件，可能已经导入或登录已过期。请重新上传。"
    en = "No file waits to be confirmed; it may be taken already. Upload it again."


class OwnAccountError(JunhengError):
    """An administrator was to close, or reset, her own account by the way meant for others."""

    code = "JH-B029"
    zh = "这是您自己的账号，不能在这里重置、停用或取消两步验证。请到“我的账号”修改，或请另一位管理员操作。"
    en = "This is your own account. Change it on “My account”, or ask another administrator."
