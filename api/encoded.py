"""Answers that many get alike are put into words once, and sent to all of them as they are."""

from __future__ import annotations

import threading
from collections import OrderedDict

from fastapi import Response

from api.schemas.shapes import Out

MOST_KEPT = 64
"""Answers that a process keeps encoded: a day has some dozen canteens with a console each."""


class Encoded:
    """The latest answers of one shape with the objects they were made of.

    Parameters
    ----------
    shape
        Turns an object into what is sent.
    most
        How many are kept.
    """

    def __init__(self, shape: type[Out], most: int = MOST_KEPT) -> None:
        self.shape, self.most = shape, most
        # By identity: the object is kept as well, so that no other one can take its place.
        self._kept: OrderedDict[int, tuple[object, bytes]] = OrderedDict()
        self._lock = threading.Lock()

    def answer(self, source: object) -> Response:
        """Return an object, which must never change, as an answer in JSON."""
        with self._lock:
            found = self._kept.get(id(source))
            if found is None:
                found = source, self.shape.model_validate(source).model_dump_json().encode()
                self._kept[id(source)] = found
                if len(self._kept) > self.most:
                    self._kept.popitem(last=False)
        return Response(found[1], media_type="application/json")
