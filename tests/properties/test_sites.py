"""Choices of sites on tiny random towns, against all choices counted one by one."""

import itertools
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from routing.budget import Budget
from routing.sites import (
    Limits,
    NoSuchChoice,
    ShareOutOfReach,
    SiteProblem,
    curve,
    fewest,
    least_mean_walk,
    most_covered,
    next_best,
    why_not,
)
from routing.sites.prices import lower
from routing.sites.rules import make_rules
from routing.sites.task import make_task

BEYOND = 900.0
AMPLE = Limits(seconds=3600.0)


@st.composite
def towns(draw):
    """A town of at most 6 candidates and 7 demand points, with any of the options."""
    m, n = draw(st.integers(1, 6)), draw(st.integers(1, 7))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    near = rng.random((m, n)) < draw(st.sampled_from([0.3, 0.6, 0.9]))
    seconds = rng.integers(0, 10, (m, n)) * 100.0
    rows, columns = np.nonzero(near)
    existing = [0] if draw(st.booleans()) else []
    options = {}
    if draw(st.booleans()):
        options["capacities"] = np.where(rng.random(m) < 0.2, np.inf, rng.integers(1, 12, m))
    if draw(st.booleans()):
        options |= {"costs": rng.integers(1, 5, m), "budget": float(rng.integers(1, 10))}
    if draw(st.booleans()):
        options["apart"] = csr_array(np.triu(rng.random((m, m)) < 0.25, 1).astype(float))
    return SiteProblem(
        csr_array((seconds[rows, columns], (rows, columns)), shape=(m, n)),
        np.concatenate([[1], rng.integers(0, 6, n - 1)]),
        threshold=500.0,
        weights=rng.integers(1, 4, n).astype(float),
        existing=existing,
        **options,
    )


@dataclass
class Counted:
    """Values of all permitted choices, by their number of sites, counted without any solver."""

    problem: SiteProblem
    beyond: float | None

    def choices(self):
        problem = self.problem
        clash = problem.apart.toarray() if problem.apart is not None else None
        for k in range(len(problem.candidates) + 1):
            for chosen in itertools.combinations(problem.candidates.tolist(), k):
                if problem.budget is not None and problem.price(chosen) > problem.budget:
                    continue
                sites = [*problem.existing, *chosen]
                if clash is not None and any(clash[a, b] for a in chosen for b in sites):
                    continue
                yield chosen

    def value(self, chosen):
        """Send people where they gain the most, improving along shortest paths (Bellman–Ford)."""
        problem, sites = self.problem, sorted({*self.problem.existing, *chosen})
        gain = {}
        for place, site in enumerate(sites):
            row = problem.seconds[[site]].tocoo()
            for point, walk in zip(row.col.tolist(), row.data.tolist(), strict=True):
                each = float(walk <= problem.threshold)
                if self.beyond is not None:
                    each = max(0.0, self.beyond - walk)
                if each * problem.weights[point] > 0:
                    gain[point, place] = each * problem.weights[point]
        room = [99.0] * len(sites)
        if problem.capacities is not None:
            room = [min(99.0, float(problem.capacities[site])) for site in sites]
        return _best_flow(problem.people.tolist(), room, gain)


def _best_flow(people, room, gain):
    """Return the most that can be gained: one person after another on the best path."""
    points, sites = len(people), len(room)
    flow = dict.fromkeys(gain, 0.0)
    left, total = list(people), 0.0
    while True:
        best = [0.0 if left[p] > 0 else -np.inf for p in range(points)]
        at_site, came, back = [-np.inf] * sites, [None] * sites, [None] * points
        for _ in range(points + sites):
            for (p, s), worth in gain.items():
                if best[p] + worth > at_site[s] + 1e-9:
                    at_site[s], came[s] = best[p] + worth, p
                if flow[p, s] > 0 and at_site[s] - worth > best[p] + 1e-9:
                    best[p], back[p] = at_site[s] - worth, s
        ends = [(at_site[s], s) for s in range(sites) if room[s] > 0]
        if not ends or max(ends)[0] <= 1e-9:
            return total
        worth, s = max(ends)
        total += worth
        room[s] -= 1
        while True:
            p = came[s]
            flow[p, s] += 1
            if back[p] is None:
                left[p] -= 1
                break
            s = back[p]
            flow[p, s] -= 1


def assert_served_fairly(problem, answer):
    """Nobody is counted twice, no site is overfull, everybody walks a way that is known."""
    people = answer.assigned.sum(axis=0)
    assert (people <= problem.people + 1e-6).all()
    assert answer.outside == pytest.approx(problem.people - people, abs=1e-6)
    if problem.capacities is not None:
        assert (answer.loads <= problem.capacities + 1e-6).all()
    rows, columns = answer.assigned.nonzero()
    assert set(rows.tolist()) <= set(answer.open)
    known = set(zip(*(a.tolist() for a in problem.seconds.tocoo().coords), strict=True))
    assert set(zip(rows.tolist(), columns.tolist(), strict=True)) <= known


@given(problem=towns(), k=st.integers(0, 4))
@settings(max_examples=35, deadline=None)
def test_the_most_covered_is_what_counting_finds(problem, k):
    counted = Counted(problem, None)
    try:
        answer = most_covered(problem, k, AMPLE)
    except NoSuchChoice:
        assert k > len(problem.candidates) or all(len(c) == 0 for c in counted.choices())
        return
    best = max(counted.value(chosen) for chosen in counted.choices() if len(chosen) <= k)
    assert answer.chosen in set(counted.choices())
    assert answer.objective == pytest.approx(best)
    assert answer.bound == pytest.approx(best)
    assert answer.objective == pytest.approx(answer.covered)
    assert answer.before == pytest.approx(counted.value(()))
    assert_served_fairly(problem, answer)


@given(problem=towns(), k=st.integers(0, 4))
@settings(max_examples=35, deadline=None)
def test_the_least_mean_walk_is_what_counting_finds(problem, k):
    counted = Counted(problem, BEYOND)
    try:
        answer = least_mean_walk(problem, k, BEYOND, AMPLE)
    except NoSuchChoice:
        assert k > len(problem.candidates) or all(len(c) == 0 for c in counted.choices())
        return
    best = max(counted.value(chosen) for chosen in counted.choices() if len(chosen) <= k)
    assert answer.objective == pytest.approx(BEYOND - best / problem.total)
    assert answer.bound == pytest.approx(answer.objective)
    walked = (answer.assigned * problem.seconds).sum(axis=0) + BEYOND * answer.outside
    assert answer.objective == pytest.approx(walked @ problem.weights / problem.total)
    assert_served_fairly(problem, answer)


@given(problem=towns(), share=st.sampled_from([0.3, 0.6, 0.8, 1.0]))
@settings(max_examples=35, deadline=None)
def test_the_fewest_sites_are_what_counting_finds(problem, share):
    counted = Counted(problem, None)
    values = {chosen: counted.value(chosen) for chosen in counted.choices()}
    sizes = [len(c) for c, value in values.items() if value >= share * problem.total - 1e-6]
    if not sizes:
        with pytest.raises(ShareOutOfReach) as caught:
            fewest(problem, share, AMPLE)
        assert caught.value.ceiling < share
        if caught.value.cause == "rules":
            assert caught.value.largest == pytest.approx(max(values.values()) / problem.total)
        return
    answer = fewest(problem, share, AMPLE)
    assert answer.objective == answer.bound == min(sizes)
    assert len(answer.chosen) == answer.objective
    assert answer.chosen in values
    assert answer.share >= share - 1e-6
    assert_served_fairly(problem, answer)


@given(problem=towns())
@settings(max_examples=12, deadline=None)
def test_a_curve_is_best_at_every_number(problem):
    counted = Counted(problem, None)
    k_max = len(problem.candidates)
    try:
        answers = curve(problem, k_max, AMPLE)
    except NoSuchChoice:
        return
    for k, answer in enumerate(answers, start=1):
        best = max(counted.value(chosen) for chosen in counted.choices() if len(chosen) <= k)
        assert answer.objective == pytest.approx(best)
        assert answer.bound == pytest.approx(best)


@given(problem=towns(), k=st.integers(1, 3), walk=st.booleans())
@settings(max_examples=30, deadline=None)
def test_losses_of_exchanges_are_what_counting_finds(problem, k, walk):
    counted = Counted(problem, BEYOND if walk else None)
    try:
        answer = (
            least_mean_walk(problem, k, BEYOND, AMPLE) if walk else most_covered(problem, k, AMPLE)
        )
    except NoSuchChoice:
        return
    unit = 1 / problem.total if walk else 1.0
    permitted = set(counted.choices())
    now = counted.value(answer.chosen)
    losses = {}
    for candidate in set(problem.candidates.tolist()) - set(answer.chosen):
        swaps = [tuple(sorted({*answer.chosen, candidate} - {site})) for site in answer.chosen]
        values = [counted.value(swap) for swap in swaps if swap in permitted]
        reason = why_not(problem, answer, candidate)
        if not values:
            assert reason.loss is None
            continue
        losses[candidate] = (now - max(values)) * unit
        assert reason.loss == pytest.approx(losses[candidate], abs=1e-6)
        having = [counted.value(c) for c in permitted if candidate in c and len(c) <= k]
        assert reason.least_loss <= (now - max(having)) * unit + 1e-6
    best = next_best(problem, answer, 1)
    nothing = counted.value(())
    useful = [loss for c, loss in losses.items() if counted.value((c,)) > nothing]
    if useful and problem.capacities is None:
        assert best[0].loss == pytest.approx(min(useful), abs=1e-6)


@given(problem=towns(), k=st.integers(1, 3), walk=st.booleans(), rounds=st.integers(1, 40))
@settings(max_examples=40, deadline=None)
def test_what_prices_promise_no_permitted_choice_exceeds(problem, k, walk, rounds):
    beyond = BEYOND if walk else None
    counted = Counted(problem, beyond)
    values = {chosen: counted.value(chosen) for chosen in counted.choices() if len(chosen) <= k}
    allowed = np.zeros(problem.seconds.shape[0], dtype=bool)
    allowed[[site for chosen in values for site in chosen]] = True
    task = make_task(problem, allowed, beyond)
    rules = make_rules(task, k, problem.costs, problem.budget, problem.apart)
    promise = lower(task, rules, None, Budget(3600.0), rounds, lambda *_: 0.0)
    assert promise.bound >= max(values.values()) - 1e-6
    for row, site in enumerate(task.sites.tolist()):
        having = [value for chosen, value in values.items() if site in chosen]
        assert promise.having[row] >= max(having, default=0.0) - 1e-6
