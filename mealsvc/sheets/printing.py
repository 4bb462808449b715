"""Route sheets as PDF: from a revision in the database to the bytes of its pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from geodata.streets import Streets, StreetsError
from mealsvc.errors import NotFound
from mealsvc.runtime import Runtime
from mealsvc.sheets.assemble import route_sheets, sheet_head
from mealsvc.sheets.facts import RouteSheet
from mealsvc.sheets.maps import TripMaps
from mealsvc.sheets.paper import route_sheet_data
from mealsvc.sheets.printable import Proof, code_point
from mealsvc.sheets.records import find_revision, read_records
from mealsvc.sheets.typeset import Press
from mealsvc.sheets.wording import Language, Wording
from mealsvc.store import transaction
from mealsvc.vocabulary import Meal

LinkFor = Callable[[RouteSheet], str | None]
"""Gives the address that the QR code of a courier's sheet opens, or ``None`` for no code."""


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
    """

    def __init__(
        self, runtime: Runtime, language: Language | None = None, link_for: LinkFor | None = None
    ) -> None:
        settings = runtime.settings
        self.say = Wording(language or cast("Language", settings.language))
        self._circle_seconds = settings.circle_seconds
        self._link_for = link_for
        self._press = Press(settings.home / "fonts")
        self._maps = TripMaps(_streets(runtime), self.say)

    def prepare(self, sheet: RouteSheet) -> Proofed:
        """Draw a sheet's maps and read its texts."""
        link = None if self._link_for is None else self._link_for(sheet)
        data = route_sheet_data(
            sheet,
            self.say,
            draw=self._maps.draw,
            link=link,
            circle_seconds=self._circle_seconds,
        )
        return self.proofread(data)

    def proofread(self, data: dict[str, Any]) -> Proofed:
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
        return Streets.open(runtime.settings.streets_folder)
    except StreetsError:
        return None


def read_route_sheets(
    runtime: Runtime, day: date, meal: Meal, *, revision: int | None = None
) -> list[RouteSheet]:
    """Return what the couriers of a service carry, in the order of their codes.

    Parameters
    ----------
    revision
        Number of the revision; default: the published one, else the newest draft.

    Raises
    ------
    NotFound
        If the service has no plan, or no such revision.
    """
    zone = runtime.settings.zone
    with transaction(runtime.engine) as session:
        records = read_records(session, find_revision(session, day, meal, revision))
        return route_sheets(records, sheet_head(records, runtime.clock().astimezone(zone)), zone)


def route_sheet_pdf(
    runtime: Runtime,
    day: date,
    meal: Meal,
    courier_id: int,
    *,
    revision: int | None = None,
    language: Language | None = None,
    link_for: LinkFor | None = None,
) -> bytes:
    """Return one courier's route sheet as PDF.

    Parameters
    ----------
    courier_id
        The courier's id in the records.
    revision
        Number of the revision; default: the published one, else the newest draft.
    language
        ``"zh"`` or ``"en"``; default: the installation's.
    link_for
        Gives the link of the QR code; default: no code.

    Raises
    ------
    NotFound
        If there is no plan, no such revision, or the courier has no duty in it.
    """
    for sheet in read_route_sheets(runtime, day, meal, revision=revision):
        if sheet.courier_id == courier_id:
            printer = Printer(runtime, language, link_for)
            return printer.pdf("route_sheet.typ", [printer.prepare(sheet)], sheet.head.printed_at)
    raise NotFound(
        f"courier {courier_id} has no duty on {day.isoformat()} ({meal}); "
        "see the plan for who is on duty"
    )
