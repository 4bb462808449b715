"""Measure the choice of sites, beside spopt on the same matrix.

    .venv/bin/python scripts/bench_sites.py [FILE.npz …] [--candidates 1000] [--points 3000] [--k 5]
    .venv/bin/python scripts/bench_sites.py --installation [--population NAME] [--scenario NAME]

Without files, a town is invented: homes around some centres, candidates on a rough grid, people
walk along a square street pattern at 1 m/s. A file holds the arrays `data`, `indices`, `indptr`,
`shape` (walking seconds, candidates × demand points, by rows) and `people`. With --installation it
is the people, the streets and the open sites, which stay, of the installation in MEALSVC_HOME;
candidates are drawn from the homes, and no site is ever full, since spopt knows no full ones.
Prints for every goal what was chosen, its bound and gap, seconds, and the greatest memory of the
process so far; then what spopt finds for the same matrix, unless --no-peer is given.
"""

from __future__ import annotations

import argparse
import resource
import time
from pathlib import Path

import numpy as np
from scipy.sparse import csr_array
from scipy.spatial import cKDTree

from mealsvc.runtime import open_runtime
from mealsvc.siting.asking import Asked, measured
from mealsvc.siting.scenarios import find_scenario
from mealsvc.siting.views import candidate_site
from mealsvc.store import transaction
from routing.sites import Limits, SiteAnswer, SiteProblem, fewest, least_mean_walk, most_covered

REACH = 1200.0
"""Longest walk in the matrix, in seconds; also what counts for people without a site."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--installation", action="store_true")
    parser.add_argument("--population", help="an imported one, instead of the roster")
    parser.add_argument("--scenario", help="a scenario, instead of the present")
    parser.add_argument("--candidates", type=int, default=1000)
    parser.add_argument("--points", type=int, default=3000)
    parser.add_argument("--k", type=int, default=5)
    parser.add_argument("--share", type=float, default=0.9)
    parser.add_argument("--threshold", type=float, default=600.0)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--gap", type=float, default=0.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--goals", default="covered,fewest,walk")
    parser.add_argument("--no-peer", action="store_true")
    options = parser.parse_args()
    if options.installation:
        towns = [("installation", *installed(options))]
    elif options.files:
        towns = [(file.name, *read_town(file), 0) for file in options.files]
    else:
        towns = [("invented", *invent(options.candidates, options.points, options.seed), 0)]
    for name, seconds, people, existing in towns:
        print(
            f"{name}: {seconds.shape[0] - existing} candidates besides {existing} sites, "
            f"{seconds.shape[1]} points, {seconds.nnz} pairs"
        )
        problem = SiteProblem(seconds, people, options.threshold, existing=range(existing))
        measure(problem, options)


def measure(problem: SiteProblem, options: argparse.Namespace) -> None:
    """Ask every goal, here and of the peer."""
    limits = Limits(options.seconds, options.gap, options.seed)
    goals = {
        "covered": lambda: most_covered(problem, options.k, limits),
        "fewest": lambda: fewest(problem, options.share, limits),
        "walk": lambda: least_mean_walk(problem, options.k, REACH, limits),
    }
    for goal in options.goals.split(","):
        show(f"{goal}, mealsvc", goals[goal])
        if not options.no_peer and goal in PEERS:
            measure_peer(goal, problem, options)


def show(name: str, ask) -> None:  # noqa: ANN001
    """Print what an answer says and took."""
    began, worked = time.perf_counter(), time.process_time()
    answer: SiteAnswer = ask()
    took = time.perf_counter() - began, time.process_time() - worked
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"  {name:16} {answer.objective:12.2f} bound {answer.bound:12.2f} gap {answer.gap:.4%} "
        f"share {answer.share:.2%} {took[0]:.1f} s ({took[1]:.1f} s of processor) {memory:.0f} MiB"
    )


def measure_peer(goal: str, problem: SiteProblem, options: argparse.Namespace) -> None:
    """Ask spopt, with its usual solver and as many seconds."""
    import pulp

    walks = np.full(problem.seconds.shape[::-1], 4 * REACH)
    rows, columns = problem.seconds.nonzero()
    walks[columns, rows] = problem.seconds.data
    solver = pulp.PULP_CBC_CMD(msg=False, timeLimit=options.seconds)
    began = time.perf_counter()
    found = PEERS[goal](walks, problem, options, solver)
    print(f"  {goal + ', spopt':16} {found:12.2f} {time.perf_counter() - began:.1f} s")


def peer_covered(walks, problem, options, solver):  # noqa: ANN001, ANN201
    """Return the weighted people that spopt's choice covers."""
    from spopt.locate import MCLP

    model = MCLP.from_cost_matrix(
        walks, problem.people, problem.threshold, options.k + len(problem.existing),
        predefined_facilities_arr=_kept(problem),
    )  # fmt: skip
    model.solve(solver)
    taken = np.array([variable.value() > 0.5 for variable in model.fac_vars])
    return float(problem.people[(walks[:, taken] <= problem.threshold).any(axis=1)].sum())


def peer_walk(walks, problem, options, solver):  # noqa: ANN001, ANN201
    """Return the mean walk of spopt's choice, nobody farther than the end of the matrix."""
    from spopt.locate import PMedian

    walks = np.minimum(walks, REACH)
    model = PMedian.from_cost_matrix(
        walks, problem.people, p_facilities=options.k + len(problem.existing),
        predefined_facilities_arr=_kept(problem),
    )  # fmt: skip
    model.solve(solver)
    taken = np.array([variable.value() > 0.5 for variable in model.fac_vars])
    return float(walks[:, taken].min(axis=1) @ problem.people / problem.people.sum())


def _kept(problem: SiteProblem) -> np.ndarray | None:
    """Return 1 for the sites that stay, as spopt wants them."""
    if not problem.existing:
        return None
    return np.isin(np.arange(problem.seconds.shape[0]), problem.existing).astype(int)


PEERS = {"covered": peer_covered, "walk": peer_walk}
"""Spopt covers everybody or a number of sites; it has no fewest sites for a share."""


def read_town(file: Path) -> tuple[csr_array, np.ndarray]:
    """Return the matrix and the people of a file."""
    with np.load(file) as held:
        rows = held["data"], held["indices"], held["indptr"]
        return csr_array(rows, shape=tuple(held["shape"])), held["people"]


def installed(options: argparse.Namespace) -> tuple[csr_array, np.ndarray, int]:
    """Return the walks and people of an installation, and how many of the rows are its sites."""
    runtime = open_runtime()
    scenario = None
    if options.scenario is not None:
        with transaction(runtime.engine) as session:
            scenario = find_scenario(session, options.scenario).id
    bench, cover = measured(runtime, Asked(scenario, options.population), language="en")
    homes = cover.people.lonlat[cover.usable]
    drawn = np.random.default_rng(options.seed).permutation(len(homes))[: options.candidates]
    sites = [*cover.sites, *(candidate_site(*homes[one].tolist()) for one in drawn)]
    walks = bench.cover(cover.people, sites, cover.terms).seconds
    near = walks.data <= REACH
    rows = np.repeat(np.arange(len(sites)), np.diff(walks.indptr))[near]
    seconds = csr_array((walks.data[near], (rows, walks.indices[near])), shape=walks.shape)
    return seconds, cover.people.weight, len(cover.sites)


def invent(candidates: int, points: int, seed: int) -> tuple[csr_array, np.ndarray]:
    """Return a town of 500 points per square kilometre, two thirds of them around centres."""
    rng = np.random.default_rng(seed)
    side = np.sqrt(points / 500) * 1000
    centres = max(3, points // 1000)
    middle, spread = rng.uniform(0, side, (centres, 2)), rng.uniform(150, 900, centres)
    own = rng.integers(0, centres, points)
    around = middle[own] + rng.normal(size=(points, 2)) * spread[own][:, None]
    alone = rng.random(points) < 1 / 3
    homes = np.clip(np.where(alone[:, None], rng.uniform(0, side, (points, 2)), around), 0, side)
    width = int(np.ceil(np.sqrt(candidates)))
    line = (np.arange(width) + 0.5) * side / width
    grid = np.stack(np.meshgrid(line, line), -1).reshape(-1, 2)
    sites = grid[rng.permutation(len(grid))[:candidates]]
    sites = sites + rng.normal(size=sites.shape) * side / width * 0.2
    near = cKDTree(homes).query_ball_point(sites, REACH, p=1)
    rows = np.repeat(np.arange(candidates), [len(some) for some in near])
    columns = np.concatenate([np.asarray(some, dtype=np.int64) for some in near])
    walks = np.round(np.abs(sites[rows] - homes[columns]).sum(axis=1))
    seconds = csr_array((walks, (rows, columns)), shape=(candidates, points))
    return seconds, rng.integers(1, 6, points).astype(float)


if __name__ == "__main__":
    main()
