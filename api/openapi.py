"""Texts of the OpenAPI description, and the description with the parts FastAPI does not know."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from api.errors import Problem

DESCRIPTION = """\
Elderly meal delivery: the roster, the orders of each service, its plan, and the sheets.

**Sign in** with `POST /api/v1/session` and send the token as `Authorization: Bearer …`; a program
uses a longer-lived token from `POST /api/v1/tokens`. What a role may do is in `docs/security.md`;
anything else is answered with 403, and what lies outside a manager's canteens with 404.

**Lists** take `limit` (at most 500) and `offset`, tell the `total`, and keep a stable order.
**Errors** are problem details (RFC 9457), in Chinese or English by `Accept-Language`.
**Days** are ISO dates of the service's time zone; moments carry an offset; durations are seconds.
"""

TAGS: list[dict[str, Any]] = [
    {"name": "session", "description": "Sign in and out, own tokens 登录与凭证"},
    {"name": "users", "description": "Users and roles, for administrators 用户"},
    {"name": "audit", "description": "Who read or changed what, for administrators 审计"},
    {"name": "sites", "description": "Canteens and meal points 食堂与助餐点"},
    {"name": "map", "description": "Background map, sites and routes as map layers 地图"},
    {"name": "couriers", "description": "Couriers, shifts, days away 送餐员"},
    {"name": "elders", "description": "One person, one file 老人档案"},
    {"name": "imports", "description": "Rosters from spreadsheets 名单导入"},
    {"name": "services", "description": "Services and their orders 餐次与订单"},
    {"name": "plans", "description": "Plans, revisions, publishing, exports 配送计划"},
    {"name": "jobs", "description": "Work in the background 后台任务"},
    {"name": "sheets", "description": "Route sheets and kitchen counts 路线单与备餐单"},
    {"name": "siting", "description": "Walking circle, candidates, scenarios 布点与覆盖"},
    {"name": "delivery", "description": "What happens on the day 当日送餐"},
    {"name": "duty", "description": "A courier's own duty 送餐员任务"},
    {"name": "health", "description": "Is the service alive and ready 运行状态"},
]


def describe(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI description.

    The shape of problem details is added, and FastAPI's own shape of validation errors, which is
    never sent, is left out.
    """
    description = app.openapi()
    schemas = description.setdefault("components", {}).setdefault("schemas", {})
    if "Problem" in schemas:
        return description
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(problem.pop("$defs", {}))
    schemas["Problem"] = problem
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    return description
