"""The printer: sheets in, PDF out, with fonts, maps and words of one installation."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from geodata.streets import Streets
from mealsvc.errors import NotReady
from mealsvc.runtime import Runtime
from mealsvc.sheets.facts import RouteSheet
from mealsvc.sheets.kitchen import KitchenCount
from mealsvc.sheets.labels import BoxLabel, label_sheet_data
from mealsvc.sheets.maps import TripMaps
from mealsvc.sheets.paper import kitchen_count_data, qr_code, route_sheet_data
from mealsvc.sheets.printable import Proof, code_point
from mealsvc.sheets.typeset import Press
from mealsvc.sheets.wording import Language, Wording
from mealsvc.streets import open_streets

LinkFor = Callable[[RouteSheet], str | None]
"""Gives the address that the QR code of a courier's sheet opens, or ``None`` for no code."""

ROUTE_SHEET = "route_sheet.typ"
KITCHEN_COUNT = "kitchen_count.typ"
LABELS = "labels.typ"


@dataclass(frozen=True, slots=True)
class Proofed:
    """One sheet ready to be set.

    Attributes
    ----------
    data
        What the template prints.
    missing
        Characters that no font has, each with the texts it stood in.
    """

    data: dict[str, Any]
    missing: dict[str, list[str]]


class Printer:
    """Turns sheets into PDF in one language; may be shared by threads.

    Parameters
    ----------
    runtime
        The installation: fonts and streets lie in its home.
    language
        ``"zh"`` or ``"en"``; default: the installation's.
    link_for
        Gives the link of a courier's QR code; default: no codes.

    Attributes
    ----------
    say
        The words of the language.
    has_streets
        Whether maps show streets.

    Raises
    ------
    NotReady
        If the typeface of the sheets was not installed.
    """

    def __init__(
        self, runtime: Runtime, language: Language | None = None, link_for: LinkFor | None = None
    ) -> None:
        settings = runtime.settings
        self.say = Wording(language or cast("Language", settings.language))
        self._circle_seconds = settings.circle_seconds
        self._label_sheet = settings.label_sheet
        self._link_for = link_for
        self._press = Press(settings.home / "fonts")
        streets = _streets(runtime)
        self.has_streets = streets is not None
        self._maps = TripMaps(streets, self.say, Proof(self._press.characters).accepts)

    def route_sheet(self, sheet: RouteSheet) -> Proofed:
        """Draw a courier's maps and read the texts of the sheet."""
        data = route_sheet_data(sheet, self.say, circle_seconds=self._circle_seconds)
        page = self._proofread(data)
        link = None if self._link_for is None else self._link_for(sheet)
        page.data["qr"] = None if link is None else qr_code(link)
        for trip, printed in zip(sheet.trips, page.data["trips"], strict=True):
            printed["map"] = self._maps.draw(sheet, trip)
        return page

    def kitchen_count(self, count: KitchenCount) -> Proofed:
        """Read the texts of a kitchen count."""
        return self._proofread(kitchen_count_data(count, self.say))

    def labels(self, labels: Iterable[BoxLabel], first: int) -> Proofed:
        """Read the texts of labels, of which the first goes on that sticker of the sheet."""
        return self._proofread(label_sheet_data(labels, self._label_sheet, first, self.say))

    def _proofread(self, data: dict[str, Any]) -> Proofed:
        """Replace characters that cannot be printed and add a note that names them."""
        proof = Proof(self._press.characters)
        read = proof.data(data)
        codes = " ".join(code_point(character) for character in proof.missing)
        read["missing"] = self.say.say("missing", codes=codes) if codes else None
        return Proofed(read, proof.missing)

    def pdf(self, template: str, sheets: Iterable[Proofed], moment: datetime) -> bytes:
        """Return one PDF of several sheets, each with its own page numbers."""
        data = {
            "language": self.say.language,
            "words": self.say.words,
            "sheets": [sheet.data for sheet in sheets],
        }
        return self._press.set(template, data, moment=moment)


def _streets(runtime: Runtime) -> Streets | None:
    """Return the street network, or ``None`` where none is built: sheets do without."""
    try:
        return open_streets(runtime)
    except NotReady:
        return None
