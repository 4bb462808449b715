"""Pages: templates with automatic escaping, texts in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from api.languages import LANGUAGE_COOKIE, LANGUAGE_FIELD, Language, language_of
from api.texts import DIETS, TEXTS
from mealsvc import __version__
from mealsvc.nightly.planner import ACTOR
from mealsvc.planning import proof_text
from mealsvc.vocabulary import label, weekday_label


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("api"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["code_words"] = code_words
    return environment


def code_words(text: str) -> Markup:
    """Return a text as markup, with what stands between backticks as code; all of it escaped."""
    parts = text.replace("**", "").split("`")
    return Markup().join(
        Markup("<code>{}</code>").format(part) if index % 2 else escape(part)
        for index, part in enumerate(parts)
    )


class Wording:
    """What a template says things with, in one language and time zone."""

    def __init__(self, language: Language, zone: ZoneInfo) -> None:
        self.language = language
        self.zone = zone

    def text(self, key: str, **values: object) -> str:
        """Return a text of :data:`api.texts.TEXTS`, with its values filled in."""
        chinese, english = TEXTS[key]
        return (chinese if self.language == "zh" else english).format(**values)

    def word(self, member: StrEnum) -> str:
        """Return what people call a member of the vocabulary."""
        return label(member, self.language)

    def diets(self, words: Iterable[str]) -> str:
        """Return diets as people call them; what has no English name stays as it is written."""
        if self.language == "zh":
            return "、".join(words)
        return ", ".join(DIETS.get(word, word) for word in words)

    def phase(self, phase: str) -> str:
        """Return what a job is doing; a phase without a text as it is."""
        key = f"phase_{phase.replace(' ', '_')}"
        return self.text(key) if key in TEXTS else phase

    def actor(self, name: str) -> str:
        """Return who asked for something: a user's name, or what the nightly planner is called."""
        return self.text("actor_nightly") if name == ACTOR else name

    def day(self, day: date) -> str:
        """Return a date with its weekday."""
        weekday = weekday_label(day, self.language)
        return f"{day:%m月%d日} {weekday}" if self.language == "zh" else f"{weekday} {day:%d %b}"

    def clock(self, moment: datetime) -> str:
        """Return hour and minute, local."""
        return f"{moment.astimezone(self.zone):%H:%M}"

    def moment(self, moment: datetime) -> str:
        """Return day, hour and minute, local."""
        return f"{moment.astimezone(self.zone):%Y-%m-%d %H:%M}"

    def proof(self, gap: float | None) -> str:
        """Return how near to the best a plan with this gap is proven to be."""
        return proof_text(gap, self.language)

    def share(self, value: float | None) -> str:
        """Return a share (0 … 1) in per cent."""
        return "–" if value is None else f"{100 * value:.1f} %"


def render(
    request: Request,
    template: str,
    context: Mapping[str, Any],
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> HTMLResponse:
    """Return a page in the reader's language; a language asked for by the address is kept.

    Parameters
    ----------
    request
        The request.
    template
        Name of the file in ``api/templates``.
    context
        What it shows.
    status, headers
        Of the answer.
    """
    runtime = getattr(request.app.state, "runtime", None) if "app" in request.scope else None
    house = runtime.settings.language if runtime else "zh"
    language = language_of(request, house)
    zone = runtime.settings.zone if runtime else ZoneInfo("Asia/Shanghai")
    words = Wording(language, zone)
    other = "en" if language == "zh" else "zh"
    html = (
        _environment()
        .get_template(template)
        .render(
            {
                "w": words,
                "t": words.text,
                "language": language,
                "html_language": "zh-CN" if language == "zh" else "en",
                "other_language": f"?{urlencode({LANGUAGE_FIELD: other})}",
                "version": __version__,
                **context,
            }
        )
    )
    response = HTMLResponse(html, status, dict(headers or {}) | {"content-language": language})
    if request.query_params.get(LANGUAGE_FIELD) in {"zh", "en"}:
        response.set_cookie(
            LANGUAGE_COOKIE,
            language,
            max_age=31_536_000,
            httponly=True,
            samesite="strict",
            secure=bool(runtime and runtime.settings.secure_cookies),
        )
    return response
