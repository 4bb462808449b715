"""What can be wrong with a choice of sites: told with the figures, and with what would help."""


class InvalidSites(ValueError):  # noqa: N818 - the name says what is wrong
    """A choice of sites that cannot be meant: says which field and what is wrong with it.

    Parameters
    ----------
    field : str
        Path of the field, for example ``costs[3]``.
    problem : str
        What is wrong with it, for example ``must be 0 or more, not -5``.
    """

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(field, problem)
        self.field = field
        self.problem = problem

    def __str__(self) -> str:
        return f"{self.field}: {self.problem}"


class NoSuchChoice(ValueError):  # noqa: N818 - the name says what is wrong
    """What is wanted cannot be had by any choice; the classes below say why, with figures."""


class TooFewCandidates(NoSuchChoice):
    """More new sites are wanted than there are candidates.

    Parameters
    ----------
    wanted : int
        New sites wanted.
    candidates : int
        Candidates that are not existing sites.
    """

    def __init__(self, wanted: int, candidates: int) -> None:
        super().__init__(wanted, candidates)
        self.wanted = wanted
        self.candidates = candidates

    def __str__(self) -> str:
        return (
            f"{self.wanted} new sites are wanted, but there are only {self.candidates} candidates "
            "besides the existing sites: ask for fewer, or give more candidates"
        )


class BudgetTooSmall(NoSuchChoice):
    """The budget pays for no candidate at all.

    Parameters
    ----------
    budget : float
        What may be spent.
    cheapest : float
        Cost of the cheapest candidate.
    """

    def __init__(self, budget: float, cheapest: float) -> None:
        super().__init__(budget, cheapest)
        self.budget = budget
        self.cheapest = cheapest

    def __str__(self) -> str:
        return (
            f"the budget of {self.budget:g} pays for no candidate; the cheapest costs "
            f"{self.cheapest:g}: raise the budget, or give cheaper candidates"
        )


class AllTooNear(NoSuchChoice):
    """Every candidate that can be paid is too near an existing site.

    Parameters
    ----------
    candidates : int
        How many there are.
    """

    def __init__(self, candidates: int) -> None:
        super().__init__(candidates)
        self.candidates = candidates

    def __str__(self) -> str:
        return (
            f"all {self.candidates} candidates that the budget pays for are nearer to an existing "
            "site than the mutual distance allows: lower the distance, or give other candidates"
        )


class ShareOutOfReach(NoSuchChoice):
    """No choice covers the wanted share.

    Parameters
    ----------
    wanted : float
        Share of the weighted people, 0 to 1.
    largest : float
        Largest share that a choice is known to cover.
    ceiling : float
        Share that no choice exceeds, proven; above `wanted` only if time ran out before a choice
        was found or excluded.
    cause : str
        What stands in the way: ``walk`` (nobody walks so far, whichever candidates are open),
        ``capacity`` (all candidates together have too few places) or ``rules`` (the budget, the
        mutual distance and the number of sites allow too few of them).
    """

    def __init__(self, wanted: float, largest: float, ceiling: float, cause: str) -> None:
        super().__init__(wanted, largest, ceiling, cause)
        self.wanted = wanted
        self.largest = largest
        self.ceiling = ceiling
        self.cause = cause

    def __str__(self) -> str:
        why = {
            "walk": "with every candidate open the rest is out of walking reach: "
            "give candidates nearer to them, or a longer walk",
            "capacity": "all candidates together have too few places: give them more",
            "rules": "the budget or the mutual distance allows no more: relax one of them",
        }[self.cause]
        return (
            f"a share of {self.wanted:.4%} cannot be covered; the largest known is "
            f"{self.largest:.4%}, none exceeds {self.ceiling:.4%}: {why}"
        )
