"""Import a roster: canteens first, then couriers, then elders; saved whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from sqlmodel import Session

from geodata.streets import Streets
from mealsvc.clock import local_date
from mealsvc.errors import InvalidInput
from mealsvc.roster.changes import ChangeKeeper, leave_import_trail
from mealsvc.roster.choosing import choose_sheets
from mealsvc.roster.columns import Kind
from mealsvc.roster.drafts import CanteenDraft, CourierDraft, ElderDraft, Keep, MealPointDraft, said
from mealsvc.roster.findings import Finding, Severity
from mealsvc.roster.guessing import guess_of
from mealsvc.roster.parse_couriers import courier
from mealsvc.roster.parse_elders import elder
from mealsvc.roster.parse_sites import canteen, meal_point
from mealsvc.roster.places import LonLat, built_streets, check_against_streets
from mealsvc.roster.placing import Neighbourhood, SiteChoice
from mealsvc.roster.report import ImportReport, KindCounts, UnlocatedRow
from mealsvc.roster.saving_elders import ElderKeeper
from mealsvc.roster.saving_sites import SiteKeeper
from mealsvc.roster.tables import (
    Record,
    Table,
    build_table,
    original_values,
    row_key,
)
from mealsvc.runtime import Runtime
from mealsvc.store import Address, AuditEntry, ImportRun, transaction

type Progress = Callable[[str, float], None]


@dataclass(frozen=True)
class RosterFiles:
    """The files of one import; each kind may come in several files, and be left out.

    Attributes
    ----------
    canteens
        Canteens and meal points (two sheets of a workbook, or two text files).
    elders, couriers
        Their lists.
    """

    canteens: Sequence[Path] = ()
    elders: Sequence[Path] = ()
    couriers: Sequence[Path] = ()


@dataclass
class _Tables:
    """Everything that was read, by kind; None where no file was given."""

    canteens: Table[CanteenDraft] | None = None
    meal_points: Table[MealPointDraft] | None = None
    couriers: Table[CourierDraft] | None = None
    elders: Table[ElderDraft] | None = None

    def all(self) -> list[Table[Any]]:
        """Return the tables that were given, in the order in which they are saved."""
        tables = (self.canteens, self.meal_points, self.couriers, self.elders)
        return [table for table in tables if table is not None]


def import_roster(
    runtime: Runtime,
    files: RosterFiles,
    *,
    dry_run: bool = False,
    actor: str = "cli",
    progress: Progress | None = None,
) -> ImportReport:
    """Read roster files into the records.

    Good rows are saved whatever the others hold, in one transaction: an interrupted import leaves
    the records as they were. A dry run does the same work and takes it back. Both leave an
    :class:`~mealsvc.store.ImportRun` and an audit entry.

    Parameters
    ----------
    runtime
        The installation.
    files
        What to read.
    dry_run
        Save nothing but the record of the run.
    actor
        Who imports.
    progress
        Called with what is being done and the share done (0 … 1).

    Returns
    -------
    ImportReport
        Counts and findings.

    Raises
    ------
    InvalidInput
        If a file cannot be used at all; nothing is saved.
    StorageFailure
        If the database cannot save; nothing is saved.
    """
    if not (files.canteens or files.elders or files.couriers):
        raise InvalidInput(
            "no file given; name at least one of canteens, elders, couriers",
            "没有选择文件；请至少提供食堂、老人、送餐员名单中的一个",
        )
    say = progress or (lambda _phase, _share: None)
    findings: list[Finding] = []
    tables = _read(runtime, files, findings, say)
    say("checking places", 0.35)
    _check_places(runtime, tables)
    if dry_run:
        with Session(runtime.engine) as session:
            report = _save(runtime, session, tables, findings, say, actor)
            session.rollback()
        report = replace(report, dry_run=True)
        with transaction(runtime.engine) as session:
            return _record_run(runtime, session, report, files, actor)
    with transaction(runtime.engine) as session:
        report = _save(runtime, session, tables, findings, say, actor)
        return _record_run(runtime, session, report, files, actor)


def _read(runtime: Runtime, files: RosterFiles, findings: list[Finding], say: Progress) -> _Tables:
    settings = runtime.settings
    area, today = settings.area, local_date(runtime.clock(), settings.zone)
    tables = _Tables()
    if files.canteens:
        say("reading canteens", 0.0)
        chosen = choose_sheets(files.canteens, (Kind.CANTEENS, Kind.MEAL_POINTS))
        tables.canteens = build_table(
            Kind.CANTEENS, chosen[Kind.CANTEENS], partial(canteen, area=area), findings
        )
        tables.meal_points = build_table(
            Kind.MEAL_POINTS, chosen[Kind.MEAL_POINTS], partial(meal_point, area=area), findings
        )
    if files.couriers:
        say("reading couriers", 0.05)
        sheets = choose_sheets(files.couriers, (Kind.COURIERS,))[Kind.COURIERS]
        tables.couriers = build_table(Kind.COURIERS, sheets, courier, findings)
    if files.elders:
        say("reading elders", 0.1)
        sheets = choose_sheets(files.elders, (Kind.ELDERS,))[Kind.ELDERS]
        parse = partial(elder, area=area, hours=settings.hours, today=today)
        tables.elders = build_table(Kind.ELDERS, sheets, parse, findings)
    return tables


def _check_places(runtime: Runtime, tables: _Tables) -> None:
    """Ask the streets about all places at once."""
    streets = built_streets(runtime)
    limit = runtime.settings.snap_limit_metres
    for table in (tables.canteens, tables.meal_points, tables.elders):
        if table is not None:
            _check_table(table, streets, limit)


def _check_table(table: Table[Any], streets: Streets | None, limit: int) -> None:
    drafts = [record.draft for record in table.records]
    placed = [k for k, draft in enumerate(drafts) if not isinstance(draft.place, Keep)]
    places = [drafts[k].place.place for k in placed]
    for k, place in zip(placed, check_against_streets(places, streets, limit), strict=True):
        draft = replace(drafts[k], place=replace(drafts[k].place, place=place))
        table.records[k] = Record(table.records[k].reader, draft)


def _save(
    runtime: Runtime, session: Session, tables: _Tables, findings: list[Finding], say: Progress,
    actor: str,
) -> ImportReport:  # fmt: skip
    """Put everything into the session's records and count what became of each row."""
    now = runtime.clock()
    today = local_date(now, runtime.settings.zone)
    sites = SiteKeeper(session, runtime.settings, now)
    keeping = ChangeKeeper(sites.code_of, today)
    missing: dict[Kind, list[tuple[str, str]]] = {}
    if tables.canteens is not None:
        keeping.settle(tables.canteens, sites.canteen, sites.canteens.by_code.get)
        missing[Kind.CANTEENS] = _missing(tables.canteens, sites.canteens.by_code.values())
    if tables.meal_points is not None:
        keeping.settle(tables.meal_points, sites.meal_point, sites.meal_points.by_code.get)
        missing[Kind.MEAL_POINTS] = _missing(tables.meal_points, sites.meal_points.by_code.values())
    if tables.couriers is not None:
        keeping.settle(tables.couriers, sites.courier, sites.couriers.by_code.get)
        missing[Kind.COURIERS] = _missing(tables.couriers, sites.couriers.by_code.values())
    if tables.elders is not None:
        say("saving elders", 0.5)
        keeper = _elder_keeper(runtime, session, sites, tables.elders, today)
        keeping.settle(tables.elders, keeper.elder, keeper.elders.get)
        people = [one for one in keeper.elders.values() if one.ended_on is None]
        missing[Kind.ELDERS] = _missing(tables.elders, people)
    say("saving", 0.8)
    session.flush()
    leave_import_trail(session, keeping.changes, now, actor)
    return replace(_report(tables, findings, missing), changes=tuple(keeping.changes))


def _elder_keeper(
    runtime: Runtime, session: Session, sites: SiteKeeper, table: Table[ElderDraft], today: date
) -> ElderKeeper:
    neighbourhood = Neighbourhood()

    def guess(home: Address) -> LonLat | None:
        found = neighbourhood.of(home.compound)
        near = guess_of(home, found[1] if found else None, runtime.settings.area)
        return near.point if near else None

    choice = SiteChoice(
        sites.canteens.by_code.values(),
        sites.meal_points.by_code.values(),
        sites.couriers.by_code.values(),
        runtime.settings.reach_seconds,
        guess,
    )
    keeper = ElderKeeper(session, sites, neighbourhood, choice, runtime.clock(), today)
    for record in table.records:
        place = record.draft.place
        if not isinstance(place, Keep):
            neighbourhood.add(said(record.draft.address.compound, None), place.place.point)
    listed = {record.draft.code for record in table.records}
    for one in keeper.elders.values():
        if one.code not in listed and one.address.lon is not None and one.address.lat is not None:
            neighbourhood.add(one.address.compound, (one.address.lon, one.address.lat))
    return keeper


def _missing(table: Table[Any], stored: Any) -> list[tuple[str, str]]:  # noqa: ANN401
    """Return who is in the records but in no row, even a rejected one."""
    listed = {record.draft.code for record in table.records}
    return sorted((one.code, one.name) for one in stored if one.code not in listed)


def _report(
    tables: _Tables, findings: list[Finding], missing: dict[Kind, list[tuple[str, str]]]
) -> ImportReport:
    counts = {}
    originals = {}
    unlocated = []
    for table in tables.all():
        mine = [finding for finding in findings if finding.kind is table.kind]
        places = {
            (finding.file, finding.sheet, finding.row): finding
            for finding in mine
            if finding.severity is Severity.PLACE
        }
        counts[table.kind] = KindCounts.of(table.read, table.outcomes, len(places))
        for record in table.records:
            found = places.get(row_key(record.reader))
            if found is not None:
                unlocated.append(_unlocated(table.kind, record, found))
        for finding in mine:
            if finding.row is not None:
                key = (finding.file, finding.sheet, finding.row)
                originals[key] = original_values(table, key)
    order = {kind: k for k, kind in enumerate(Kind)}
    findings.sort(key=lambda f: (order[f.kind], f.file, f.sheet, f.row or 0))
    return ImportReport(False, counts, tuple(findings), missing, originals, tuple(unlocated))


def _unlocated(kind: Kind, record: Record[Any], finding: Finding) -> UnlocatedRow:
    draft = record.draft
    if isinstance(draft, ElderDraft):
        parts = (draft.address.compound, draft.address.building, draft.address.unit)
        address = "".join(said(part, None) or "" for part in (*parts, draft.address.room))
    else:
        address = said(draft.address, None) or ""
    reason = finding.code.removeprefix("place_")
    return UnlocatedRow(kind, draft.code, draft.name, address, reason, finding)


def _record_run(
    runtime: Runtime, session: Session, report: ImportReport, files: RosterFiles, actor: str
) -> ImportReport:
    """Leave a record of the run, with its report, and an audit entry."""
    now = runtime.clock()
    whole = report.to_dict()
    run = ImportRun(
        at=now,
        actor=actor,
        dry_run=report.dry_run,
        counts=whole["counts"],
        report=whole["findings"],
    )
    session.add(run)
    session.flush()
    named = {
        "canteens": [path.name for path in files.canteens],
        "elders": [path.name for path in files.elders],
        "couriers": [path.name for path in files.couriers],
    }
    session.add(
        AuditEntry(
            at=now,
            actor=actor,
            action="roster.import",
            subject=f"import:{run.id}",
            detail={"dry_run": report.dry_run, "files": named, "counts": whole["counts"]},
        )
    )
    return replace(report, run_id=run.id)
