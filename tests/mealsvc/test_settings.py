"""Settings with several values are written as their table shows them."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from mealsvc.settings import Settings
from mealsvc.vocabulary import Meal


def set_to(monkeypatch: pytest.MonkeyPatch, **values: str) -> Settings:
    """Return the settings of an environment."""
    for name, value in values.items():
        monkeypatch.setenv(f"MEALSVC_{name}", value)
    return Settings()


def test_values_with_commas_between_them_are_taken_one_by_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings = set_to(
        monkeypatch,
        AREA="-51.4, -30.3,-51.0, -29.9",
        NIGHTLY_MEALS="lunch",
        WALKING_BANDS_SECONDS="300,600",
    )
    assert settings.area == (-51.4, -30.3, -51.0, -29.9)
    assert settings.nightly_meals == (Meal.LUNCH,)
    assert settings.walking_bands_seconds == (300, 600)


def test_a_list_in_json_is_taken_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    assert set_to(monkeypatch, NIGHTLY_MEALS='["dinner"]').nightly_meals == (Meal.DINNER,)


def test_an_empty_value_leaves_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = set_to(monkeypatch, DISABLED_WALKING_KMH="", AREA="")
    assert settings.disabled_walking_kmh is None
    assert settings.area == (118.0, 27.0, 123.5, 31.5)


def test_a_sheet_of_labels_is_set_in_millimetres_and_must_fit_on_the_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sheet = set_to(monkeypatch, LABEL_SHEET="3, 8, 64, 33.9, 13, 5, 3, 0.5").label_sheet
    assert (sheet.columns, sheet.rows, sheet.width, sheet.places) == (3, 8, 64.0, 24)
    with pytest.raises(ValidationError, match=r"218\.65 mm across and 281\.85 mm down"):
        set_to(monkeypatch, LABEL_SHEET="2, 7, 107, 38.1, 15.15, 4.65, 0, 0")


@pytest.mark.parametrize("area", ["1, 2, x, 4", "1, 2", "[1, 2"])
def test_values_that_cannot_be_read_are_refused_by_name(
    monkeypatch: pytest.MonkeyPatch, area: str
) -> None:
    with pytest.raises(ValidationError, match="area"):
        set_to(monkeypatch, AREA=area)
