"""Errors that a person can act on.

Each says what is wrong, where, and what to do. They are also built-ins where one fits, so callers
of the library need not know this module. What people at a canteen are likely to meet is
also said in Chinese; for the rest a reader of Chinese gets a sentence of its kind before the exact
English one.
"""

from __future__ import annotations

from typing import ClassVar


class MealsvcError(Exception):
    """Anything this service refuses or cannot do.

    Parameters
    ----------
    message
        One sentence: what is wrong, where (file, row, field, value) and what to do.
    message_zh
        The same in Chinese.
    """

    #: What kind of thing went wrong and what to do, for readers of Chinese.
    kind_zh: ClassVar[str] = "操作没有完成，请按提示处理"

    def __init__(self, message: str, message_zh: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.message_zh = message_zh

    def sentence(self, language: str) -> str:
        """Return what is wrong and what to do.

        Parameters
        ----------
        language
            ``"zh"``; anything else is English.
        """
        if language != "zh":
            return self.message
        return self.message_zh or f"{self.kind_zh}（{self.message}）"


class InvalidInput(MealsvcError, ValueError):  # noqa: N818 - reads as what happened
    """Something a person or a file gave cannot be used."""

    kind_zh = "填写的内容或文件无法使用，请改正后再试"


class NotFound(MealsvcError, LookupError):  # noqa: N818
    """What was asked for does not exist, or not for this person."""

    kind_zh = "找不到所请求的内容，请核对编号、日期和餐次"


class Conflict(MealsvcError):  # noqa: N818
    """The request does not fit the present state (a past service, a closed plan, a used name)."""

    kind_zh = "与当前状态不符，请刷新后再试"


class NotReady(MealsvcError):  # noqa: N818
    """Something must be done first (streets not built, no roster, database not migrated)."""

    kind_zh = "还有准备工作没有完成，请联系管理员"


class NotAllowed(MealsvcError, PermissionError):  # noqa: N818
    """The person's role does not allow this."""

    kind_zh = "您的角色不允许此操作，请联系管理员"


class StorageFailure(MealsvcError, OSError):  # noqa: N818
    """Disk full, database locked or unreachable; what was stored before is still whole."""

    kind_zh = "数据暂时无法保存或读取，原有数据完好，请稍后再试或联系管理员"
