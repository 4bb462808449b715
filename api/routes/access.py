"""Sign-in and sign-out, who am I, own tokens; for administrators users and the audit trail."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, status

from api.deps import AddressDep, Allowed, PageDep, RuntimeDep
from api.schemas.access import (
    AuditOut,
    NewToken,
    NewUser,
    SignedIn,
    SignIn,
    TokenMade,
    TokenOut,
    UserChange,
    UserOut,
    Who,
)
from api.schemas.shapes import Page, page_of
from mealsvc.access import (
    Action,
    Caller,
    accounts,
    audit,
    create_api_token,
    own_tokens,
    revoke_own,
    sign_in,
    sign_out,
)
from mealsvc.store import transaction

router = APIRouter()

Self = Annotated[Caller, Depends(Allowed(Action.OWN_SESSION))]
UserKeeper = Annotated[Caller, Depends(Allowed(Action.MANAGE_USERS))]
Auditor = Annotated[Caller, Depends(Allowed(Action.READ_AUDIT))]
UserName = Annotated[str, Path(min_length=1, max_length=80)]


@router.post("/session", tags=["session"], status_code=status.HTTP_201_CREATED)
def open_session(given: SignIn, runtime: RuntimeDep, address: AddressDep) -> SignedIn:
    """Sign in with name and password and get a bearer token for some hours.

    Failed attempts are counted per name and address; too many are answered with 429 and
    `Retry-After`.
    """
    identity, secret = sign_in(runtime, given.username, given.password.get_secret_value(), address)
    return SignedIn(token=secret, who=Who.of(identity))


@router.delete("/session", tags=["session"], status_code=status.HTTP_204_NO_CONTENT)
def close_session(caller: Self, runtime: RuntimeDep) -> None:
    """Sign out: the token of this request ends."""
    sign_out(runtime, caller.identity)


@router.get("/me", tags=["session"])
def who_am_i(caller: Self) -> Who:
    """Tell whose token this is."""
    return Who.of(caller.identity)


@router.get("/tokens", tags=["session"])
def list_tokens(caller: Self, runtime: RuntimeDep, page: PageDep) -> Page[TokenOut]:
    """List your own tokens, newest first: sessions and programs' tokens, ended ones too."""
    with transaction(runtime.engine) as session:
        rows, total = own_tokens(session, caller.identity, limit=page.limit, offset=page.offset)
    return page_of(rows, total, (page.limit, page.offset), TokenOut.model_validate)


@router.post("/tokens", tags=["session"], status_code=status.HTTP_201_CREATED)
def create_token(given: NewToken, caller: Self, runtime: RuntimeDep) -> TokenMade:
    """Make a token for a program; it may do what you may do. Needs a session, not a token."""
    token, secret = create_api_token(runtime, caller.identity, given.name, given.days)
    return TokenMade(secret=secret, token=TokenOut.model_validate(token))


@router.delete("/tokens/{token_id}", tags=["session"], status_code=status.HTTP_204_NO_CONTENT)
def revoke_token(
    token_id: Annotated[int, Path(ge=1, le=2**31 - 1)], caller: Self, runtime: RuntimeDep
) -> None:
    """End one of your own tokens at once."""
    revoke_own(runtime, caller.identity, token_id)


@router.get("/users", tags=["users"])
def list_users(caller: UserKeeper, runtime: RuntimeDep, page: PageDep) -> Page[UserOut]:  # noqa: ARG001 - the permission
    """List the users by name."""
    rows, total = accounts.read_accounts(runtime, limit=page.limit, offset=page.offset)
    return page_of(rows, total, (page.limit, page.offset), UserOut.model_validate)


@router.post("/users", tags=["users"], status_code=status.HTTP_201_CREATED)
def create_user(given: NewUser, caller: UserKeeper, runtime: RuntimeDep) -> UserOut:
    """Make a user. A manager needs canteens, a courier the courier's code."""
    made = accounts.open_account(
        runtime,
        caller.name,
        username=given.username,
        password=given.password.get_secret_value(),
        role=given.role,
        display_name=given.name,
        canteens=given.canteens,
        courier=given.courier,
    )
    return UserOut.model_validate(made)


@router.get("/users/{username}", tags=["users"])
def read_user(username: UserName, caller: UserKeeper, runtime: RuntimeDep) -> UserOut:  # noqa: ARG001
    """Read one user."""
    return UserOut.model_validate(accounts.read_account(runtime, username))


@router.patch("/users/{username}", tags=["users"])
def change_user(
    username: UserName, given: UserChange, caller: UserKeeper, runtime: RuntimeDep
) -> UserOut:
    """Disable or enable a user, or give a new password; either way all their tokens end."""
    password = given.password.get_secret_value() if given.password else None
    changed = accounts.change_account(
        runtime, caller.name, username, active=given.active, password=password
    )
    return UserOut.model_validate(changed)


@router.get("/audit", tags=["audit"])
def read_audit(
    caller: Auditor,
    runtime: RuntimeDep,
    page: PageDep,
    actor: Annotated[str | None, Query(max_length=80)] = None,
    action: Annotated[str | None, Query(max_length=40)] = None,
) -> Page[AuditOut]:
    """Read who read, changed or took out what, newest first. Reading it is an entry too."""
    with transaction(runtime.engine) as session:
        rows, total = audit.read_trail(
            session, limit=page.limit, offset=page.offset, actor=actor, action=action
        )
    audit.note(runtime, caller.name, "read.audit", f"{len(rows)} entries")
    return page_of(rows, total, (page.limit, page.offset), AuditOut.model_validate)
