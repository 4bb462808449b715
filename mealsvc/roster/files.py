"""Open whatever file a canteen sends and give its sheets.

A file that cannot be read is refused with one sentence that says why and what to do.
"""

from __future__ import annotations

from pathlib import Path

from mealsvc.errors import InvalidInput
from mealsvc.roster.textfiles import read_text_file
from mealsvc.roster.workbooks import read_workbook
from mealsvc.roster.worksheets import Sheet


def read_sheets(path: Path) -> list[list[Sheet]]:
    """Read the sheets of a spreadsheet or text file.

    Parameters
    ----------
    path
        XLSX, XLSM, XLSB, XLS, ODS, or CSV/TSV text in UTF-8, UTF-16 or GB18030.

    Returns
    -------
    list of list of Sheet
        For each sheet its possible readings: one for a workbook; for a text file one per separator
        (the reader of the header chooses).

    Raises
    ------
    InvalidInput
        If the file is missing, empty, protected, of another kind or damaged.
    """
    try:
        with path.open("rb") as opened:
            head = opened.read(8)
    except FileNotFoundError as error:
        raise InvalidInput(
            f"there is no file {path}; check the name", f"没有文件 {path}，请核对文件名"
        ) from error
    except IsADirectoryError as error:
        raise InvalidInput(f"{path} is a folder; name the file in it") from error
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read: {error.strerror}") from error
    if not head:
        raise InvalidInput(
            f"{path.name} is empty (0 bytes); export it again",
            f"{path.name} 是空文件（0 字节），请重新导出",
        )
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")):
        return [[sheet] for sheet in read_workbook(path)]
    return [list(read_text_file(path))]
