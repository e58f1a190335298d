"""Errors of the interface, and which HTTP status each error of ours becomes."""

from __future__ import annotations

from http import HTTPStatus

from junheng.base.errors import JunhengError
from junheng.web.errors import ChangedMeanwhileError, FilingClosedError, StepNotPossibleError
from junheng.web.jobs.errors import JobNotOverError, JobOverError
from junheng.web.limits import TooOftenError


class NoTokenError(JunhengError):
    """No token came with the request, or one that is not valid."""

    code = "JH-B080"
    zh = "没有有效的接口令牌：请求头 Authorization 应为“Bearer 令牌”。令牌可能已过期或已撤销，请在“我的账号”里新建。"
    en = "No valid token: send “Authorization: Bearer TOKEN”. It may have expired or been revoked; make a new one."


class ReadOnlyTokenError(JunhengError):
    """A token that may only read was used to write."""

    code = "JH-B081"
    zh = "这个接口令牌只能读，没有写入。请在“我的账号”里新建可写的令牌。"
    en = "This token may only read; nothing was written. Make one that may write in “account”."


class NothingThereError(JunhengError):
    """What was asked for does not exist for this person."""

    code = "JH-B082"
    zh = "没有这项内容，或您的角色看不到它。请核对地址中的代码。"
    en = "There is no such thing, or your roles do not show it. Check the code in the address."


class WrongRequestError(JunhengError):
    """A request does not have the form that the description asks for."""

    code = "JH-B083"
    zh = "请求的内容不合接口说明：{problems}。没有写入。"
    en = "The request is not as the description asks: {problems}. Nothing was written."


class CellsConflictError(JunhengError):
    """Some cells were changed by somebody else meanwhile."""

    code = "JH-B084"
    zh = "有 {count} 个数被别人改过，这些没有写入，其余 {taken} 个已保存。请比较双方的值后再决定。"
    en = "{count} cells were changed by somebody else and not written; {taken} others were saved. Compare both values."


class UnreadableRequestError(JunhengError):
    """A body that is no JSON."""

    code = "JH-B085"
    zh = "请求的正文不是 JSON，没有写入。"
    en = "The body of the request is no JSON; nothing was written."


class OwnFaultError(JunhengError):
    """A fault of the program."""

    code = "JH-B086"
    zh = "程序出错，没有写入。请把时间和地址报告给管理员，由其查看服务器日志。"
    en = "A fault of the program; nothing was written. Report time and address to the administrator, who has the log."


_STATUS: dict[type[JunhengError], HTTPStatus] = {
    NoTokenError: HTTPStatus.UNAUTHORIZED,
    ReadOnlyTokenError: HTTPStatus.FORBIDDEN,
    NothingThereError: HTTPStatus.NOT_FOUND,
    CellsConflictError: HTTPStatus.CONFLICT,
    ChangedMeanwhileError: HTTPStatus.CONFLICT,
    StepNotPossibleError: HTTPStatus.CONFLICT,
    FilingClosedError: HTTPStatus.CONFLICT,
    JobNotOverError: HTTPStatus.CONFLICT,
    JobOverError: HTTPStatus.CONFLICT,
    UnreadableRequestError: HTTPStatus.BAD_REQUEST,
    TooOftenError: HTTPStatus.TOO_MANY_REQUESTS,
    OwnFaultError: HTTPStatus.INTERNAL_SERVER_ERROR,
}


def status_of(error: JunhengError) -> int:
    return int(_STATUS.get(type(error), HTTPStatus.UNPROCESSABLE_ENTITY))
