"""Errors of jobs."""

from __future__ import annotations

from junheng.base.errors import JunhengError


class JobNotOverError(JunhengError):
    """A job was to be done over that is still queued or running, or was done."""

    code = "JH-B070"
    zh = "任务“{job}”现在是“{state}”，不能重做。只有失败或已取消的任务可以重做。"
    en = "The job “{job}” is “{state}” and cannot be done over; only failed and cancelled ones can."


class JobOverError(JunhengError):
    """A job was to be cancelled that has ended."""

    code = "JH-B071"
    zh = "任务“{job}”已经结束（{state}），不能取消。"
    en = "The job “{job}” has ended ({state}) and cannot be cancelled."


class NothingFiledError(JunhengError):
    """A workbook that was sent in has nothing for the period."""

    code = "JH-B072"
    zh = "“{file}”里没有“{period}”的数据：没有 {year} 学年的行，或学校都不在本县。没有导入，请核对学年和标识码。"
    en = "“{file}” has nothing for “{period}”: no rows of {year}, or no school of this county. Nothing was taken."


class WorkbookNotSoundError(JunhengError):
    """A workbook that was sent in has errors; nothing was taken."""

    code = "JH-B073"
    zh = "“{file}”有 {count} 处错误，没有导入。第一处——{place}：{first}"
    en = "“{file}” has {count} errors; nothing was taken. The first: {place}: {first}"


class FileGoneError(JunhengError):
    """The file that a job was to read, or had written, is no longer kept."""

    code = "JH-B074"
    zh = "“{name}”已不在文件库中（可能已被清理）。请重新上传或重新生成。"
    en = "“{name}” is no longer kept. Send it again, or make it again."


class TooManyAttemptsError(JunhengError):
    """A job was interrupted time and again."""

    code = "JH-B075"
    zh = "任务被中断了 {attempts} 次，没有再试。请查看服务器内存和日志，处理后点“重做”。"
    en = "The job was interrupted {attempts} times and given up. See the server's memory and log, then do it over."


class JobFailedError(JunhengError):
    """A job failed by a fault of the program."""

    code = "JH-B076"
    zh = "程序出错，这一步没有保存。请把任务编号 {code} 报告给管理员，由其查看服务器日志。"
    en = "A fault of the program; this step was not kept. Report the job {code} to the administrator, who has the log."


class NoLongerThereError(JunhengError):
    """What a job is about is gone, or its owner has lost the right to it."""

    code = "JH-B077"
    zh = "任务要处理的内容已不存在，或您的角色已没有这项权限。没有做。请刷新页面核对，需要时请管理员确认权限。"
    en = "What the job is about is gone, or your roles no longer allow it. Nothing was done. Ask your administrator."
