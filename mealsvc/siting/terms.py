"""What a coverage is measured by: the meal, the circle, the pace of whoever walks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, Field

from mealsvc.settings import Settings
from mealsvc.vocabulary import CareLevel, Meal

type Pace = Annotated[float, Field(ge=0.5, le=7, description="km/h", examples=[3.6])]


class Assumptions(BaseModel):
    """What a scenario assumes instead of the settings; what is left out is as in the settings."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    meal: Meal = Field(Meal.LUNCH, description="sites that are open for this meal count")
    circle_seconds: int | None = Field(
        None, ge=60, le=3600, description="walking time of the circle", examples=[600]
    )
    pace_kmh: Pace | None = Field(None, description="an elder's pace")
    pace_by_care: dict[CareLevel, Pace] = Field(
        default_factory=dict, description="pace by care level, where it is another"
    )


@dataclass(frozen=True)
class Terms:
    """The assumptions of a coverage, complete.

    Attributes
    ----------
    meal
        Only sites that are open for it count.
    circle
        Walking seconds of the circle.
    bands
        Walking seconds that figures are told for, ascending; the circle is one of them.
    limit
        Walking seconds beyond which nothing is measured; at least the longest band.
    pace
        km/h by care level; under ``None`` for people of unknown care level.
    """

    meal: Meal
    circle: int
    bands: tuple[int, ...]
    limit: int
    pace: dict[CareLevel | None, float]

    @property
    def circle_band(self) -> int:
        """Where the circle is among the bands."""
        return self.bands.index(self.circle)

    def paces(self, care: Sequence[CareLevel | None]) -> npt.NDArray[np.float64]:
        """Return the pace of everybody in km/h, shape (people,)."""
        return np.array([self.pace[level] for level in care], dtype=np.float64)


def terms_of(settings: Settings, assumed: Assumptions | None = None) -> Terms:
    """Return the complete assumptions of a scenario, or those of the present.

    Parameters
    ----------
    settings
        Where what the scenario leaves open is taken from.
    assumed
        The scenario's; default: nothing is assumed.
    """
    given = assumed or Assumptions()
    circle = given.circle_seconds or settings.walking_circle_seconds
    bands = tuple(sorted({*settings.walking_bands_seconds, circle}))
    usual = given.pace_kmh or settings.elder_walking_kmh
    slower = {
        CareLevel.SEMI_DISABLED: settings.semi_disabled_walking_kmh,
        CareLevel.DISABLED: settings.disabled_walking_kmh,
    }
    pace: dict[CareLevel | None, float] = {None: usual}
    for level in CareLevel:
        own = given.pace_by_care.get(level)
        # Whoever states one pace for a scenario means everybody.
        house = None if given.pace_kmh else slower.get(level)
        pace[level] = own or house or usual
    return Terms(
        meal=given.meal,
        circle=circle,
        bands=bands,
        limit=max(settings.walking_limit_seconds, bands[-1]),
        pace=pace,
    )
