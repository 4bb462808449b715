"""The errors that this package raises, each also a built-in that callers may already catch."""


class InvalidInstance(ValueError):  # noqa: N818 - the name says what is wrong
    """A planning problem that cannot be meant: says which field, which value and why.

    Parameters
    ----------
    field : str
        Path of the field, for example ``orders[3].window``.
    problem : str
        What is wrong with it, for example ``closes at 300 before it opens at 900``.
    """

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(field, problem)
        self.field = field
        self.problem = problem

    def __str__(self) -> str:
        return f"{self.field}: {self.problem}"


class InvalidPlan(ValueError):  # noqa: N818 - the name says what is wrong
    """A plan file that is not a plan; the message names the field."""


class InvalidChange(ValueError):  # noqa: N818 - the name says what is wrong
    """A change, report or move that cannot be meant: says which field and what is wrong with it.

    Parameters
    ----------
    field : str
        Path of the field, for example ``changes[2].order``.
    problem : str
        What is wrong with it, for example ``there is no order 'e7'``.
    """

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(field, problem)
        self.field = field
        self.problem = problem

    def __str__(self) -> str:
        return f"{self.field}: {self.problem}"
