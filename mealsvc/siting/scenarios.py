"""Scenarios as records: made, copied, edited by version, deleted; every edit is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from pydantic import ValidationError
from sqlalchemy import CursorResult, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, func, select

from mealsvc.errors import Conflict, InvalidInput, NotFound
from mealsvc.runtime import Runtime
from mealsvc.siting.changes import Content
from mealsvc.store import AuditEntry, Scenario, ScenarioEdit, ScenarioResult
from mealsvc.vocabulary import JobKind


@dataclass(frozen=True)
class Edit:
    """What somebody wants a scenario to say from now on; None leaves a part as it is."""

    name: str | None = None
    note: str | None = None
    content: Content | None = None


def list_scenarios(
    session: Session, *, limit: int, offset: int = 0
) -> tuple[Sequence[Scenario], int]:
    """Return a page of scenarios, last changed first, and how many there are."""
    total = session.exec(select(func.count()).select_from(Scenario)).one()
    query = select(Scenario).order_by(col(Scenario.updated_at).desc(), col(Scenario.id).desc())
    return session.exec(query.limit(limit).offset(offset)).all(), total


def read_scenario(session: Session, scenario_id: int) -> Scenario:
    """Return a scenario at its newest version.

    Raises
    ------
    NotFound
        If there is none of this number.
    """
    found = session.get(Scenario, scenario_id)
    if found is None:
        raise NotFound(
            f"there is no scenario {scenario_id}; it may have been deleted",
            f"没有编号为{scenario_id}的方案，可能已被删除",
        )
    return found


def find_scenario(session: Session, name: str) -> Scenario:
    """Return the scenario of a name.

    Raises
    ------
    NotFound
        If there is none.
    """
    found = find_if_any(session, name)
    if found is None:
        raise NotFound(f"no scenario is called {name!r}", f"没有名为“{name}”的方案")
    return found


def find_if_any(session: Session, name: str) -> Scenario | None:
    """Return the scenario of a name, or None."""
    return session.exec(select(Scenario).where(Scenario.name == name)).first()


def content_of(scenario: Scenario) -> Content:
    """Return what a scenario says.

    Raises
    ------
    InvalidInput
        If it was written by another version of this service and cannot be read.
    """
    try:
        return Content.model_validate(scenario.content)
    except ValidationError as error:
        raise InvalidInput(
            f"scenario {scenario.name!r} cannot be read: {error.errors()[0]['msg']}",
            f"无法读取方案“{scenario.name}”，请删除后重新建立",
        ) from error


def create_scenario(
    session: Session, runtime: Runtime, name: str, content: Content, *, actor: str,
    note: str | None = None,
) -> Scenario:  # fmt: skip
    """Save a new scenario as version 1.

    Raises
    ------
    Conflict
        If another one has the name.
    """
    now = runtime.clock()
    made = Scenario(
        name=name,
        note=note,
        content=content.model_dump(mode="json"),
        created_at=now,
        created_by=actor,
        updated_at=now,
        updated_by=actor,
    )
    require_free(session, name)
    try:
        session.add(made)
        session.flush()
    except IntegrityError as error:
        raise _taken(name) from error
    _keep(session, made, "scenario.create")
    return made


def copy_scenario(
    session: Session, runtime: Runtime, scenario_id: int, name: str, *, actor: str
) -> Scenario:
    """Save a copy of a scenario's newest version under another name.

    Raises
    ------
    NotFound
        If there is no such scenario.
    Conflict
        If another one has the name.
    """
    source = read_scenario(session, scenario_id)
    return create_scenario(
        session, runtime, name, content_of(source), actor=actor, note=source.note
    )


def edit_scenario(
    session: Session, runtime: Runtime, scenario_id: int, version: int, edit: Edit, *, actor: str
) -> Scenario:
    """Save an edit as the next version.

    Parameters
    ----------
    session, runtime
        The transaction and the installation.
    scenario_id
        Which scenario.
    version
        The version that the edit was made from.
    edit
        What it says from now on.
    actor
        Who edits.

    Raises
    ------
    NotFound
        If there is no such scenario.
    Conflict
        If it has a newer version, saying who changed what when; or another one has the name.
    """
    # The first word of the transaction is the claim: of two who edit at once one finds no row.
    claim = (
        update(Scenario)
        .where(col(Scenario.id) == scenario_id, col(Scenario.version) == version)
        .values(version=version + 1, updated_at=runtime.clock(), updated_by=actor)
    )
    claimed = cast("CursorResult[Any]", session.connection().execute(claim))
    found = read_scenario(session, scenario_id)
    session.refresh(found)  # it may have been read before the claim
    if not claimed.rowcount:
        raise _outdated(session, runtime, found, version)
    if edit.name is not None and edit.name != found.name:
        require_free(session, edit.name)
        found.name = edit.name
    if edit.note is not None:
        found.note = edit.note or None
    if edit.content is not None:
        found.content = edit.content.model_dump(mode="json")
    session.flush()
    _keep(session, found, "scenario.edit")
    return found


def require_version(present: Scenario, version: int | None) -> int:
    """Return the version that an edit was made from, if it was said.

    Raises
    ------
    Conflict
        If it was not, saying which version there is and who made it.
    """
    if version is None:
        raise Conflict(
            f"scenario {present.name!r} is there already, at version {present.version} by "
            f"{present.updated_by}; say --version {present.version} if the file was made from it, "
            "or take another name",
            f"方案“{present.name}”已存在（第{present.version}版，{present.updated_by}保存）；"
            f"若文件依据该版本，请加 --version {present.version}，否则请换一个名称",
        )
    return version


def delete_scenario(session: Session, runtime: Runtime, scenario_id: int, *, actor: str) -> None:
    """Delete a scenario with its versions and results; the audit trail keeps that it was there.

    Raises
    ------
    NotFound
        If there is none of this number.
    """
    found = read_scenario(session, scenario_id)
    session.add(_entry(found, "scenario.delete", runtime.clock(), actor))
    session.delete(found)


def edits_of(session: Session, scenario_id: int) -> Sequence[ScenarioEdit]:
    """Return all versions of a scenario, the first one first."""
    query = select(ScenarioEdit).where(col(ScenarioEdit.scenario_id) == scenario_id)
    return session.exec(query.order_by(col(ScenarioEdit.version))).all()


def keep_result(
    session: Session,
    scenario: Scenario,
    version: int,
    kind: JobKind,
    result: dict[str, Any],
    *,
    at: datetime,
    actor: str,
) -> ScenarioResult:
    """Keep what a job worked out for one version of a scenario."""
    kept = ScenarioResult(
        scenario_id=scenario.id or 0,
        version=version,
        kind=kind,
        made_at=at,
        made_by=actor,
        result=result,
    )
    session.add(kept)
    session.flush()
    return kept


def results_of(session: Session, scenario_id: int) -> Sequence[ScenarioResult]:
    """Return what jobs worked out for a scenario, newest first."""
    query = select(ScenarioResult).where(col(ScenarioResult.scenario_id) == scenario_id)
    return session.exec(query.order_by(col(ScenarioResult.id).desc())).all()


def _keep(session: Session, scenario: Scenario, action: str) -> None:
    session.add(
        ScenarioEdit(
            scenario_id=scenario.id or 0,
            version=scenario.version,
            at=scenario.updated_at,
            by=scenario.updated_by,
            name=scenario.name,
            content=scenario.content,
        )
    )
    session.add(_entry(scenario, action, scenario.updated_at, scenario.updated_by))
    session.flush()


def _entry(scenario: Scenario, action: str, at: datetime, actor: str) -> AuditEntry:
    return AuditEntry(
        at=at,
        actor=actor,
        action=action,
        subject=f"scenario:{scenario.id}",
        detail={"version": scenario.version, "changes": len(scenario.content["changes"])},
    )


def require_free(session: Session, name: str) -> None:
    """Refuse a name that a scenario has.

    Raises
    ------
    Conflict
        Naming it.
    """
    if session.exec(select(Scenario.id).where(Scenario.name == name)).first() is not None:
        raise _taken(name)


def _taken(name: str) -> Conflict:
    return Conflict(
        f"another scenario is called {name!r}; choose another name",
        f"已有名为“{name}”的方案，请换一个名称",
    )


def _outdated(session: Session, runtime: Runtime, found: Scenario, version: int) -> Conflict:
    """Say who changed what since somebody loaded a scenario."""
    if version > found.version:
        return Conflict(
            f"scenario {found.name!r} has no version {version}, its newest is {found.version}; "
            "load it again",
            f"方案“{found.name}”没有第{version}版，最新为第{found.version}版；请重新载入",
        )
    at = f"{found.updated_at.astimezone(runtime.settings.zone):%Y-%m-%d %H:%M}"
    versions = {edit.version: edit for edit in edits_of(session, found.id or 0)}
    english, chinese = _difference(versions[version], versions[found.version])
    return Conflict(
        f"{found.updated_by} changed scenario {found.name!r} at {at} ({english}); "
        f"it is at version {found.version}, yours was made from {version}: "
        "load it again and make your change there",
        f"{found.updated_by} 已于 {at} 修改了方案“{found.name}”（{chinese}），"
        f"现为第{found.version}版，您的修改基于第{version}版；请重新载入后再改",
    )


def _difference(old: ScenarioEdit, new: ScenarioEdit) -> tuple[str, str]:
    """Say what differs between two versions, in English and Chinese."""
    before, after = old.content["changes"], new.content["changes"]
    added = [change["site"] for change in after if change not in before]
    gone = [change["site"] for change in before if change not in after]
    english, chinese = [], []
    if added:
        english.append(f"changes now made to {', '.join(dict.fromkeys(added))}")
        chinese.append(f"新的变更涉及 {'、'.join(dict.fromkeys(added))}")
    if gone:
        english.append(f"changes withdrawn from {', '.join(dict.fromkeys(gone))}")
        chinese.append(f"撤销的变更涉及 {'、'.join(dict.fromkeys(gone))}")
    if old.content["assumptions"] != new.content["assumptions"]:
        english.append("other assumptions")
        chinese.append("改变了假设条件")
    if old.name != new.name:
        english.append(f"renamed from {old.name!r}")
        chinese.append(f"原名“{old.name}”")
    return "; ".join(english) or "its note", "；".join(chinese) or "备注"
