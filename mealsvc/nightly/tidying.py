"""Remove what is kept only for a while: couriers' photos past their days."""

from __future__ import annotations

import logging
from datetime import timedelta

from sqlmodel import col, select

from mealsvc.access import audit
from mealsvc.day_words import EventKind
from mealsvc.delivery.photos import remove_old
from mealsvc.runtime import Runtime
from mealsvc.store import DeliveryEvent, transaction

log = logging.getLogger(__name__)

ACTOR = "nightly"


def remove_old_photos(runtime: Runtime) -> int:
    """Remove photos received more than ``settings.photo_days`` ago; return how many.

    The report that there was a photo stays. Doing it twice, or in two processes, changes nothing.
    """
    now = runtime.clock()
    before = now - timedelta(days=runtime.settings.photo_days)
    query = select(DeliveryEvent.detail, DeliveryEvent.received_at).where(
        col(DeliveryEvent.kind) == EventKind.PHOTO
    )
    with transaction(runtime.engine) as session:
        photos = [(detail["photo"], at) for detail, at in session.exec(query)]
    removed = remove_old(
        runtime.settings.photos_folder,
        wanted={name for name, at in photos if at >= before},
        dated={name for name, _ in photos},
        before=before,
    )
    if removed:
        log.info("removed %d photos received before %s", removed, before)
        with transaction(runtime.engine) as session:
            audit.record(
                session, now, ACTOR, "erase.photos", f"before {before:%Y-%m-%d}", photos=removed
            )
    return removed
