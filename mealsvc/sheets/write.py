"""Write all sheets of a service into a folder: PDF, XLSX, CSV and a manifest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from mealsvc.runtime import Runtime
from mealsvc.sheets.facts import RouteSheet, SheetHead
from mealsvc.sheets.folder import MANIFEST, NewFolder, new_folder, safe_name, storage_sentence
from mealsvc.sheets.printable import code_point
from mealsvc.sheets.printer import KITCHEN_COUNT, LABELS, ROUTE_SHEET, LinkFor, Printer, Proofed
from mealsvc.sheets.printing import ServiceSheets, read_sheets
from mealsvc.sheets.spreadsheets import csv_text, workbook
from mealsvc.sheets.tables import all_tables
from mealsvc.sheets.wording import Language, Wording
from mealsvc.vocabulary import Meal, RevisionState

Report = Callable[[str, float], None]
"""Called with what is being done and how much of it is done (0 … 1)."""


def write_sheets(
    runtime: Runtime,
    day: date,
    meal: Meal,
    folder: Path,
    *,
    revision: int | None = None,
    canteen: str | None = None,
    changed: bool = False,
    from_label: int = 1,
    language: Language | None = None,
    link_for: LinkFor | None = None,
    progress: Report | None = None,
) -> list[Path]:
    """Write the sheets of a service.

    They go to ``FOLDER/2026-11-21-lunch/r1`` (with a canteen, ``r1-ST01``): a route sheet per
    courier, all route sheets of a canteen in one file, a kitchen count and labels per canteen, one
    workbook, a CSV file per table, and ``manifest.json``. Either all of it is written or nothing;
    writing again replaces the files of that revision.

    Parameters
    ----------
    folder
        Where to; made if need be.
    revision
        Number of the revision; default: the published one, else the newest draft.
    canteen
        Code of the only canteen wanted; default: all.
    changed
        Only the sheets that differ from the revision published before, in a folder of their own
        (``r2-changed``); sheets of other duties stay valid, and so do other labels.
    from_label
        The first sticker that is left on the sheet for labels, from 1, row by row; of each file.
    language
        ``"zh"`` or ``"en"``; default: the installation's.
    link_for
        Gives the link of a courier's QR code; default: no codes.
    progress
        Told how far the work is.

    Returns
    -------
    list of Path
        The files written, the manifest last.

    Raises
    ------
    NotFound
        If the service has no plan or no such revision, or the canteen nothing to do.
    NotReady
        If the typeface of the sheets was not installed.
    StorageFailure
        If the disk is full or the folder may not be written.
    InvalidInput
        If a sheet of labels has no sticker of that number.
    Conflict
        If the folder of the revision exists and holds something else.
    """
    sheets = read_sheets(runtime, day, meal, revision=revision)
    if canteen is not None:
        sheets = sheets.of_canteen(canteen)
    if changed:
        sheets = sheets.only_changed()
    printer = Printer(runtime, language, link_for)
    head = sheets.head
    name = f"r{head.revision}" if canteen is None else f"r{head.revision}-{safe_name(canteen)}"
    name += "-changed" if changed else ""
    target = folder / f"{day.isoformat()}-{meal}" / name
    with new_folder(target) as made:
        run = _Run(printer, sheets, made, progress or _silent, changed, from_label)
        run.write_all(runtime.settings.workers)
        made.close({**run.manifest(canteen), "only_changed": changed})
    if head.state is RevisionState.PUBLISHED and not changed:
        _void_earlier(target, head, printer.say)
    return [target / file for file in made.files]


def _silent(_phase: str, _share: float) -> None:
    """Report to nobody."""


@dataclass(frozen=True, slots=True)
class _Print:
    """One PDF to make: its template, the sheets in it, its name and its line in the manifest."""

    template: str
    sheets: Sequence[Proofed]
    stem: str
    entry: dict[str, Any]


@dataclass
class _Run:
    """One writing of all sheets; collects what the manifest says."""

    printer: Printer
    sheets: ServiceSheets
    made: NewFolder
    progress: Report
    changed: bool
    from_label: int
    entries: list[dict[str, Any]] = field(default_factory=list)
    missing: dict[str, list[str]] = field(default_factory=dict)

    def write_all(self, workers: int) -> None:
        """Write the spreadsheets, then the PDF on several threads (the typesetter allows it)."""
        self._write_spreadsheets()
        with ThreadPoolExecutor(max_workers=workers) as pool:
            try:
                prints = list(self._prints(pool))
                self._press(pool, prints)
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise

    def _write_spreadsheets(self) -> None:
        say, head = self.printer.say, self.sheets.head
        tables = all_tables(self.sheets.routes, self.sheets.kitchens, self.sheets.left_out, say)
        end = say.say("file_revision", n=head.revision)
        title = f"{head.day.isoformat()} {head.meal} {end}"
        book = workbook(tables, title, head.printed_at)
        self._write(f"{say.say('delivery_book')}-{end}", ".xlsx", book, {"kind": "workbook"})
        for table in tables:
            entry = {"kind": "table", "table": table.title}
            self._write(f"{safe_name(table.title)}-{end}", ".csv", csv_text(table), entry)

    def _prints(self, pool: ThreadPoolExecutor) -> Iterator[_Print]:
        """Yield the PDF to make, in the order of the manifest."""
        say = self.printer.say
        end = say.say("file_revision", n=self.sheets.head.revision)
        routes = sorted(self.sheets.routes, key=lambda sheet: sheet.canteen.code)
        proofed = self._proofed(pool, routes)
        word = say.say("route_sheet")
        for code, group in groupby(routes, key=lambda sheet: sheet.canteen.code):
            couriers = list(group)
            every = [proofed[sheet.courier_id] for sheet in couriers]
            stem = f"{word}-{safe_name(code)}-{say.say('all_couriers')}-{end}"
            yield _Print(ROUTE_SHEET, every, stem, {"kind": "route_sheets", "canteen": code})
            for sheet in couriers:
                who = f"{safe_name(sheet.courier_code)}-{safe_name(sheet.courier_name)}"
                entry = {"kind": "route_sheet", "canteen": code, "courier": sheet.courier_code}
                yield _Print(ROUTE_SHEET, [proofed[sheet.courier_id]], f"{word}-{who}-{end}", entry)
        for count in self.sheets.kitchens:
            page = self.printer.kitchen_count(count)
            self._note_missing(page)
            which = f"{safe_name(count.canteen.code)}-{safe_name(count.canteen.name)}"
            entry = {"kind": "kitchen_count", "canteen": count.canteen.code}
            yield _Print(KITCHEN_COUNT, [page], f"{say.say('kitchen_count')}-{which}-{end}", entry)
            labels = self.sheets.labels(count.canteen.code, changed=self.changed)
            if labels:
                stickers = self.printer.labels(labels, self.from_label)
                entry = {"kind": "labels", "canteen": count.canteen.code, "labels": len(labels)}
                yield _Print(LABELS, [stickers], f"{say.say('labels')}-{which}-{end}", entry)

    def _proofed(
        self, pool: ThreadPoolExecutor, routes: Sequence[RouteSheet]
    ) -> dict[int, Proofed]:
        """Draw and read all route sheets; the result by courier id."""
        pages: dict[int, Proofed] = {}
        for sheet, page in zip(routes, pool.map(self.printer.route_sheet, routes), strict=True):
            pages[sheet.courier_id] = page
            self._note_missing(page)
            self.progress("maps", 0.4 * len(pages) / len(routes))
        return pages

    def _press(self, pool: ThreadPoolExecutor, prints: Sequence[_Print]) -> None:
        moment = self.sheets.head.printed_at
        jobs = [pool.submit(self.printer.pdf, one.template, one.sheets, moment) for one in prints]
        for done, finished in enumerate(as_completed(jobs), start=1):
            finished.result()  # the first failure ends the run
            self.progress("pages", 0.4 + 0.6 * done / len(jobs))
        for one, job in zip(prints, jobs, strict=True):
            self._write(one.stem, ".pdf", job.result(), one.entry)

    def _write(self, stem: str, suffix: str, content: bytes, entry: dict[str, Any]) -> None:
        name = self.made.write(stem, suffix, content)
        self.entries.append({"name": name, "bytes": len(content), **entry})

    def _note_missing(self, page: Proofed) -> None:
        for character, texts in page.missing.items():
            known = self.missing.setdefault(character, [])
            known += [text for text in texts if text not in known]

    def manifest(self, canteen: str | None) -> dict[str, Any]:
        """Return what was written, for programs."""
        head = self.sheets.head
        return {
            "format": "mealsvc-sheets/1",
            "day": head.day.isoformat(),
            "meal": str(head.meal),
            "revision": head.revision,
            "state": str(head.state),
            "replaces": head.replaces,
            "printed_at": head.printed_at.isoformat(timespec="seconds"),
            "language": self.printer.say.language,
            "canteen": canteen,
            "couriers": len(self.sheets.routes),
            "portions_by_trip": sum(sheet.portions for sheet in self.sheets.routes),
            "portions_to_cook": sum(count.total for count in self.sheets.kitchens),
            "left_out": len(self.sheets.left_out),
            "street_maps": self.printer.has_streets,
            "missing_characters": [
                {"character": character, "code_point": code_point(character), "texts": texts}
                for character, texts in self.missing.items()
            ],
            "files": self.entries,
        }


def _void_earlier(target: Path, head: SheetHead, say: Wording) -> None:
    """Leave a notice in the folders of earlier revisions, so that nobody prints them again."""
    notice = f"{say.say('void_notice', n=head.revision)}.txt"
    with storage_sentence(target.parent):
        for folder in _earlier(target.parent.iterdir(), head.revision):
            (folder / notice).write_text(say.say("void_text", n=head.revision), encoding="utf-8")


def _earlier(entries: Iterable[Path], revision: int) -> Iterator[Path]:
    for entry in entries:
        number = entry.name.removeprefix("r").split("-")[0]
        ours = entry.name.startswith("r") and (entry / MANIFEST).is_file()
        if ours and number.isdecimal() and int(number) < revision:
            yield entry
