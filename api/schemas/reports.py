"""Reports from couriers' phones over the wire, and the answer to each."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from api.languages import Language
from api.schemas.shapes import In, Out
from mealsvc.day_words import CaseStep, Condition, EventKind, Fate, Outcome, StepResult
from mealsvc.delivery.reports import Advice, Answer, Report, Result, UnreadableReport
from mealsvc.vocabulary import Meal

#: Reports in one batch at most.
MOST_REPORTS = 200

_RAW_LENGTH = 2000

Uid = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-z0-9_-]{8,64}$",
        description="made by whoever reports; sent again, it is the same report",
        examples=["0197f3c2-6a0e-7c1b-9a55-2f6d1f0f8b11"],
    ),
]
Key = Annotated[int, Field(ge=1, le=2**31 - 1)]
Note = Annotated[str, Field(max_length=2000, description="500 characters are kept")]


def _believable(moment: datetime) -> datetime:
    if not datetime(1970, 1, 1, tzinfo=UTC) <= moment < datetime(2100, 1, 1, tzinfo=UTC):
        raise ValueError("no such moment can be meant")
    return moment


def _no_overflow(moment: datetime) -> datetime:
    try:
        return _believable(moment.astimezone(UTC))
    except OverflowError as error:
        raise ValueError("no such moment can be meant") from error


#: A moment with its offset, by the clock of whoever tells it.
ToldMoment = Annotated[AwareDatetime, AfterValidator(_no_overflow)]


class ReportIn(In):
    """One report; which fields it needs depends on its kind (see docs/delivery.md)."""

    id: Uid
    kind: EventKind
    at: ToldMoment = Field(description="when, by the phone's clock")
    order: Key | None = Field(None, description="the stop's order")
    trip: Annotated[int, Field(ge=1, le=1000)] | None = None
    revision: Key | None = Field(None, description="the plan's revision that the phone shows")
    outcome: Outcome | None = None
    about: Uid | None = Field(None, description="the report that this one replaces or takes back")
    note: Note | None = None
    fates: dict[Fate, Annotated[int, Field(ge=0, le=1000)]] | None = Field(
        None, description="portions not handed over, by where they went"
    )
    condition: Condition | None = None
    step: CaseStep | None = None
    result: StepResult | None = None

    def told(self) -> Report:
        """Return the report."""
        said = self.model_dump(exclude={"id", "fates"})
        return Report(uid=self.id, fates=self.fates or {}, **said)


class UnreadableReportIn(BaseModel):
    """A report that this version of the service does not understand; it is kept as it is."""

    model_config = ConfigDict(extra="allow")

    id: Uid

    def told(self) -> UnreadableReport:
        """Return what can be kept of it."""
        said = json.dumps(self.model_extra, default=str)  # ASCII: nothing a database refuses
        return UnreadableReport(self.id, said[:_RAW_LENGTH])


AnyReport = Annotated[ReportIn | UnreadableReportIn, Field(union_mode="left_to_right")]


class ReportsIn(In):
    """Reports of one service in the order in which they were made."""

    day: date
    meal: Meal
    sent_at: ToldMoment = Field(description="now, by the phone's clock: tells how far it is off")
    reports: list[AnyReport] = Field(max_length=MOST_REPORTS)


class SaidOut(Out):
    """A sentence in both languages, for a phone whose reader may change the language later."""

    zh: str
    en: str


class AnswerOut(Out):
    """What became of a report. Whatever the result, it need not be sent again."""

    id: str
    result: Result
    reason: str | None = Field(examples=["duty_over"])
    message: str | None = Field(description="what the courier should know or do")
    said: SaidOut | None = Field(description="the message in both languages")
    advice: Advice | None = Field(description="what the message of a counted report is about")
    happened_at: datetime | None = Field(description="the moment that counts, corrected")

    @classmethod
    def of(cls, answer: Answer, language: Language) -> AnswerOut:
        """Return what is sent of an answer."""
        sentence = answer.sentence
        return cls(
            id=answer.uid,
            result=answer.result,
            reason=answer.reason,
            message=sentence.in_language(language) if sentence else None,
            said=SaidOut.model_validate(sentence) if sentence else None,
            advice=answer.advice,
            happened_at=answer.happened_at,
        )


class AnswersOut(Out):
    """The answers, in the order of the reports."""

    answers: list[AnswerOut]

    @classmethod
    def of(cls, answers: Sequence[Answer], language: Language) -> AnswersOut:
        """Return what is sent of the answers to a batch."""
        return cls(answers=[AnswerOut.of(answer, language) for answer in answers])
