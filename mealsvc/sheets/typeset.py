"""Set pages with Typst: data goes in as JSON, never as markup, and PDF comes out."""

from __future__ import annotations

import json
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst

from mealsvc.sheets.printable import FAMILY, font_files, printable_characters

TEMPLATES = Path(__file__).parent


class Press:
    """Sets sheets in one language with one set of fonts; may be shared by threads.

    Parameters
    ----------
    extra_fonts
        Folder with the installation's additional fonts; need not exist.
    templates
        Folder with the templates; default: those of the sheets.

    Raises
    ------
    NotReady
        If the typeface of the sheets was not installed.
    """

    def __init__(self, extra_fonts: Path, templates: Path = TEMPLATES) -> None:
        self._templates = templates
        files = font_files(extra_fonts)
        self.characters = printable_characters(files)
        self._fonts = typst.Fonts(
            include_system_fonts=False,
            include_embedded_fonts=False,
            font_paths=[str(folder) for folder in dict.fromkeys(file.parent for file in files)],
        )
        others = sorted(set(self._fonts.families()) - {FAMILY})
        self._families = json.dumps([FAMILY, *others])
        self._own = threading.local()

    def set(self, template: str, data: dict[str, Any], *, moment: datetime) -> bytes:
        """Return a PDF.

        Parameters
        ----------
        template
            File name of a template.
        data
            What it prints; every text in it proofread (:class:`~mealsvc.sheets.printable.Proof`).
        moment
            Written into the PDF as its creation time, so that equal data gives equal bytes.
        """
        pdf = self._compiler().compile(
            input=self._templates / template,
            format="pdf",
            sys_inputs={
                "data": json.dumps(data, ensure_ascii=False),
                "families": self._families,
            },
            timestamp=moment.astimezone(UTC).replace(microsecond=0),
        )
        if not isinstance(pdf, bytes):
            raise TypeError(f"the typesetter returned {type(pdf).__name__} instead of a PDF")
        return pdf

    def _compiler(self) -> typst.Compiler:
        """Return this thread's compiler, since a compiler keeps the inputs of its last page."""
        if not hasattr(self._own, "compiler"):
            self._own.compiler = typst.Compiler(root=self._templates, font_paths=self._fonts)
        compiler: typst.Compiler = self._own.compiler
        return compiler
