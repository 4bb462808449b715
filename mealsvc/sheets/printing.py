"""Sheets of one revision: the facts from the records, single sheets as PDF."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mealsvc.errors import NotFound
from mealsvc.planning import read
from mealsvc.runtime import Runtime
from mealsvc.sheets.assemble import route_sheets, sheet_head
from mealsvc.sheets.facts import RouteSheet, SheetHead
from mealsvc.sheets.kitchen import KitchenCount, LeftOut, all_left_out, kitchen_counts
from mealsvc.sheets.labels import BoxLabel, box_labels
from mealsvc.sheets.printer import KITCHEN_COUNT, LABELS, ROUTE_SHEET, LinkFor, Printer
from mealsvc.sheets.records import read_records
from mealsvc.sheets.wording import Language
from mealsvc.store import Canteen, transaction
from mealsvc.vocabulary import Meal, service_zh


@dataclass(frozen=True, slots=True)
class ServiceSheets:
    """Everything that is printed for one revision.

    Attributes
    ----------
    routes
        Route sheets by courier code.
    kitchens
        Kitchen counts by canteen code.
    left_out
        All orders that nobody serves, also those that no canteen answers for.
    """

    head: SheetHead
    routes: tuple[RouteSheet, ...]
    kitchens: tuple[KitchenCount, ...]
    left_out: tuple[LeftOut, ...]

    def only_changed(self) -> ServiceSheets:
        """Return only the sheets that differ from the revision published before.

        These are the route sheets of couriers with another duty, and the kitchen counts of their
        canteens. All of them, where nothing was published before.
        """
        if self.head.replaces is None:
            return self
        routes = tuple(sheet for sheet in self.routes if sheet.changed)
        codes = {sheet.canteen.code for sheet in routes} | {
            count.canteen.code for count in self.kitchens if count.released
        }
        kitchens = tuple(count for count in self.kitchens if count.canteen.code in codes)
        return ServiceSheets(self.head, routes, kitchens, self.left_out)

    def labels(self, code: str, *, changed: bool = False) -> list[BoxLabel]:
        """Return the labels of a canteen's boxes, in the order in which they are printed.

        Parameters
        ----------
        changed
            Only those that say something else than in the revision published before; all of them,
            where nothing was published before.
        """
        every = box_labels(sheet for sheet in self.routes if sheet.canteen.code == code)
        if not changed or self.head.replaces is None:
            return every
        return [one for one in every if one.changed]

    def of_canteen(self, code: str) -> ServiceSheets:
        """Return only what concerns one canteen.

        Raises
        ------
        NotFound
            If the canteen has nothing to do in this service.
        """
        kitchens = tuple(count for count in self.kitchens if count.canteen.code == code)
        if not kitchens:
            day, meal = self.head.day, self.head.meal
            raise NotFound(
                f"canteen {code} has nothing to do for {meal} of {day}: it carries, serves and "
                "leaves out no order",
                f"食堂 {code} 在{service_zh(day, meal)}没有任务，没有任何订单由其负责",
            )
        routes = tuple(sheet for sheet in self.routes if sheet.canteen.code == code)
        return ServiceSheets(self.head, routes, kitchens, kitchens[0].left_out)


def read_sheets(
    runtime: Runtime, day: date, meal: Meal, *, revision: int | None = None
) -> ServiceSheets:
    """Return the facts of all sheets of a service.

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
        records = read_records(session, read.chosen(session, day, meal, revision))
        head = sheet_head(records, runtime.clock().astimezone(zone))
        routes = route_sheets(records, head, zone)
        return ServiceSheets(
            head=head,
            routes=tuple(routes),
            kitchens=tuple(kitchen_counts(records, head, routes)),
            left_out=tuple(entry for _, entry in all_left_out(records)),
        )


def route_sheet(
    runtime: Runtime, day: date, meal: Meal, courier_id: int, *, revision: int | None = None
) -> RouteSheet:
    """Return what one courier carries in a service.

    Raises
    ------
    NotFound
        If there is no plan, no such revision, or the courier has no duty in it.
    """
    for sheet in read_sheets(runtime, day, meal, revision=revision).routes:
        if sheet.courier_id == courier_id:
            return sheet
    raise NotFound(
        f"this courier has no duty for {meal} of {day}; see the plan for who is on duty",
        f"该送餐员在{service_zh(day, meal)}没有任务，请在计划中查看当班人员",
    )


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
    sheet = route_sheet(runtime, day, meal, courier_id, revision=revision)
    printer = Printer(runtime, language, link_for)
    return printer.pdf(ROUTE_SHEET, [printer.route_sheet(sheet)], sheet.head.printed_at)


def kitchen_count(
    runtime: Runtime, day: date, meal: Meal, canteen_id: int, *, revision: int | None = None
) -> KitchenCount:
    """Return what a canteen cooks and packs for a service.

    Parameters
    ----------
    canteen_id
        The canteen's id in the records.
    revision
        Number of the revision; default: the published one, else the newest draft.

    Raises
    ------
    NotFound
        If there is no such canteen, no plan or no such revision, or the canteen has nothing to do.
    """
    sheets = read_sheets(runtime, day, meal, revision=revision)
    return sheets.of_canteen(_canteen_code(runtime, canteen_id)).kitchens[0]


def _canteen_code(runtime: Runtime, canteen_id: int) -> str:
    with transaction(runtime.engine) as session:
        canteen = session.get(Canteen, canteen_id)
    if canteen is None:
        raise NotFound(f"there is no canteen with id {canteen_id}")
    return canteen.code


def kitchen_count_pdf(
    runtime: Runtime,
    day: date,
    meal: Meal,
    canteen_id: int,
    *,
    revision: int | None = None,
    language: Language | None = None,
) -> bytes:
    """Return a canteen's kitchen count as PDF; see :func:`kitchen_count`."""
    count = kitchen_count(runtime, day, meal, canteen_id, revision=revision)
    printer = Printer(runtime, language)
    return printer.pdf(KITCHEN_COUNT, [printer.kitchen_count(count)], count.head.printed_at)


def labels_pdf(
    runtime: Runtime,
    day: date,
    meal: Meal,
    canteen_id: int,
    *,
    revision: int | None = None,
    language: Language | None = None,
    changed: bool = False,
    from_label: int = 1,
) -> bytes:
    """Return the stickers for the boxes of a canteen as PDF, special meals first.

    Parameters
    ----------
    changed
        Only labels that say something else than in the revision published before.
    from_label
        The first sticker that is left on the sheet in the printer, from 1, row by row.

    Raises
    ------
    NotFound
        If there is no such canteen, no plan or no such revision, or nothing to label.
    InvalidInput
        If a sheet has no sticker of that number.
    """
    code = _canteen_code(runtime, canteen_id)
    sheets = read_sheets(runtime, day, meal, revision=revision)
    labels = sheets.labels(code, changed=changed)
    printer = Printer(runtime, language)
    page = printer.labels(labels, from_label)
    if not labels:
        number = sheets.head.revision
        raise NotFound(
            f"canteen {code} has no {'changed ' if changed else ''}boxes to label in revision "
            f"{number} for {meal} of {day}",
            f"食堂 {code} 在{service_zh(day, meal)}第 {number} 版中没有"
            f"{'需要重贴' if changed else '需要贴'}标签的餐盒",
        )
    return printer.pdf(LABELS, [page], sheets.head.printed_at)
