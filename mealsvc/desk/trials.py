"""Changes of sites tried out before anybody saves them: what they come to, drawn and counted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from mealsvc.access import Caller
from mealsvc.desk.siting import disclosure
from mealsvc.runtime import Runtime
from mealsvc.siting.asking import Asked, measured
from mealsvc.siting.comparing import Comparison, compare
from mealsvc.siting.exporting import collection
from mealsvc.siting.layers import band_layer
from mealsvc.siting.views import Catchment, catchment_of


@dataclass(frozen=True)
class Trial:
    """What changes would come to.

    Attributes
    ----------
    comparison
        Without and with them.
    catchment
        Who walks to the site that was asked for; None if none was, or if it does not count: closed,
        not open for the meal, or out of everybody's reach.
    drawn
        How far one walks to it, as GeoJSON, longest first; None as ``catchment``.
    """

    comparison: Comparison
    catchment: Catchment | None
    drawn: dict[str, Any] | None


def try_changes(
    runtime: Runtime, caller: Caller, asked: Asked, site: str | None = None, *,
    before: int | None = None, language: str,
) -> Trial:  # fmt: skip
    """Say what changes would come to; nothing is kept.

    Changes that do not fit the present sites are left out and warned of.

    Parameters
    ----------
    runtime, caller
        The installation, and who asks.
    asked
        The changes (``content``), and of whom.
    site
        Code of the site whose catchment is wanted.
    before
        Number of the scenario that is compared with; default: the present.
    language
        Of names and reasons.

    Raises
    ------
    NotFound
        If there is no such scenario or imported set.
    NotReady
        If no street network was built.
    """
    bench, after = measured(runtime, asked, language=language)
    base = replace(asked, scenario=before, content=None)
    _, now = measured(runtime, base, language=language, people=after.people)
    told = disclosure(runtime, caller, after.people)
    comparison = compare(now, after, told, language)
    codes = [one.code for one in after.sites]
    if site not in codes or codes.index(site) in after.unreached:
        return Trial(comparison, None, None)
    catchment, alone = catchment_of(after, codes.index(site), told)
    return Trial(comparison, catchment, collection(band_layer(bench, alone)))
