"""What this process keeps in memory, so that a question about one site is answered at once.

The walking graph of the streets, the people put onto it, and the walks to the sites of the last
scenarios. Everything is named by what it was made from (the streets' build, the homes, the sites,
the paces), so a new roster or a new extract never meets old answers.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from weakref import WeakKeyDictionary

import numpy as np
from scipy.sparse import csr_array
from sqlalchemy import Engine

from mealsvc.errors import InvalidInput
from mealsvc.runtime import Runtime
from mealsvc.siting.coverage import Coverage
from mealsvc.siting.people import People
from mealsvc.siting.sites import Site
from mealsvc.siting.terms import Terms
from mealsvc.siting.walks import Placed, StreetWalks, Walks

_KEPT_PEOPLE = 4
_KEPT_WALKS = 12


class Workbench:
    """Measures coverage, and remembers what it measured. Safe to use from several threads.

    Parameters
    ----------
    walks
        How long it takes on foot.
    """

    def __init__(self, walks: Walks) -> None:
        self.walks = walks
        self._lock = threading.Lock()
        self._people: OrderedDict[Hashable, Placed] = OrderedDict()
        self._walked: OrderedDict[Hashable, csr_array] = OrderedDict()

    def cover(
        self, people: People, sites: Sequence[Site], terms: Terms, warnings: Sequence[str] = ()
    ) -> Coverage:
        """Return everybody's walk to the given sites.

        Parameters
        ----------
        people, terms
            Who, and by which assumptions.
        sites
            The sites that count.
        warnings
            Handed on.
        """
        where = np.array([(site.lon, site.lat) for site in sites], dtype=np.float64).reshape(-1, 2)
        placed = self.walks.place(where)
        usable = self.walks.usable(placed)
        home = self._homes(people)
        return Coverage(
            people=people,
            sites=tuple(sites),
            terms=terms,
            seconds=self._walks_to(people, home, where.tobytes(), placed, terms),
            usable=self.walks.usable(home),
            unreached={
                int(index): self.walks.why_not(placed, int(index))
                for index in np.flatnonzero(~usable)
            },
            warnings=tuple(warnings),
        )

    def walks_to(self, people: People, site: Site, terms: Terms) -> csr_array:
        """Return everybody's walk to one place, shape (1, people).

        Raises
        ------
        InvalidInput
            If nobody can walk there; the message says why and what to do.
        """
        where = np.array([(site.lon, site.lat)], dtype=np.float64)
        placed = self.walks.place(where)
        if not self.walks.usable(placed)[0]:
            chinese, english = self.walks.why_not(placed, 0)
            raise InvalidInput(
                f"nobody can walk to {site.lon:.6f}, {site.lat:.6f}: {english}",
                f"无法步行到达 {site.lon:.6f}, {site.lat:.6f}：{chinese}",
            )
        home = self._homes(people)
        return self._walks_to(people, home, where.tobytes(), placed, terms)

    def _homes(self, people: People) -> Placed:
        return self._remembered(
            self._people, people.stamp, _KEPT_PEOPLE, lambda: self.walks.place(people.lonlat)
        )

    def _walks_to(
        self, people: People, home: Placed, where: bytes, placed: Placed, terms: Terms
    ) -> csr_array:
        paces = terms.paces(people.care)
        key = (people.stamp, where, paces.tobytes(), terms.limit)
        return self._remembered(
            self._walked,
            key,
            _KEPT_WALKS,
            lambda: self.walks.seconds(placed, home, limit=terms.limit, pace=paces),
        )

    def _remembered[Kept](
        self,
        shelf: OrderedDict[Hashable, Kept],
        key: Hashable,
        most: int,
        make: Callable[[], Kept],
    ) -> Kept:
        """Return what a shelf has under a key, made if it is missing; the oldest is dropped."""
        with self._lock:
            if key in shelf:
                shelf.move_to_end(key)
                return shelf[key]
        # Made outside the lock: two who ask for the same at once make it twice, none waits.
        made = make()
        with self._lock:
            shelf[key] = made
            while len(shelf) > most:
                shelf.popitem(last=False)
        return made


_benches: WeakKeyDictionary[Engine, tuple[Hashable, Workbench]] = WeakKeyDictionary()
_lock = threading.Lock()
_GIVEN = "given"


def workbench_for(runtime: Runtime) -> Workbench:
    """Return this process's workbench for an installation, new when the streets are.

    Raises
    ------
    NotReady
        If no street network was built.
    """
    record = runtime.settings.streets_folder / "streets.json"
    try:
        build: Hashable = record.stat().st_mtime_ns
    except FileNotFoundError:
        build = None
    with _lock:
        present = _benches.get(runtime.engine)
        if present is not None and present[0] in {build, _GIVEN}:
            return present[1]
        bench = Workbench(StreetWalks(runtime))
        _benches[runtime.engine] = (build, bench)
        return bench


def use_walks(runtime: Runtime, walks: Walks) -> None:
    """Measure an installation's coverage with other walks than those on its streets."""
    with _lock:
        _benches[runtime.engine] = (_GIVEN, Workbench(walks))
