"""``mealsvc user``: make, list, disable users and give passwords."""

from __future__ import annotations

import getpass
import sys
from typing import Annotated

import typer

from mealsvc.cli.console import complain, print_json
from mealsvc.errors import InvalidInput
from mealsvc.runtime import Runtime, open_runtime
from mealsvc.vocabulary import Role, label

app = typer.Typer(no_args_is_help=True, help="Users and their roles 用户.")

Name = Annotated[str, typer.Argument(help="User name.")]
FromStdin = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from standard input.")
]
Generate = Annotated[
    bool, typer.Option("--generate", help="Make a password and print it, this once.")
]


@app.command()
def add(
    name: Name,
    role: Annotated[Role, typer.Option(help="What the user may do.")],
    canteen: Annotated[
        list[str] | None, typer.Option(help="Code of a canteen a manager keeps; repeatable.")
    ] = None,
    courier: Annotated[str | None, typer.Option(help="Code of the courier who signs in.")] = None,
    display_name: Annotated[str, typer.Option(help="Name shown on pages.")] = "",
    password_stdin: FromStdin = False,
    generate: Generate = False,
) -> None:
    """Make a user; asks for the password unless it is given or made."""
    from mealsvc.access.accounts import open_account

    runtime = open_runtime()
    password = _password(name, from_stdin=password_stdin, generate=generate)
    made = open_account(
        runtime,
        _actor(),
        username=name,
        password=password,
        role=role,
        display_name=display_name,
        canteens=canteen or [],
        courier=courier,
    )
    typer.echo(f"user {made.username} can sign in as {made.role.value} ({label(made.role)})")
    _show_generated(password, generate)


@app.command("list")
def list_all(
    as_json: Annotated[bool, typer.Option("--json", help="For a program to read.")] = False,
) -> None:
    """List the users."""
    from mealsvc.access.accounts import read_accounts

    accounts, _ = read_accounts(open_runtime())
    if as_json:
        print_json([vars(account) for account in accounts])
        return
    if not accounts:
        complain("there are no users yet; make one: mealsvc user add NAME --role admin")
    for account in accounts:
        keeps = ", ".join(account.canteens) or account.courier or ""
        state = "" if account.active else "disabled"
        typer.echo(f"{account.username:<24} {account.role.value:<8} {keeps:<24} {state}".rstrip())


@app.command()
def disable(name: Name) -> None:
    """Let a user sign in no longer; everything they are signed in with ends at once."""
    _set_active(open_runtime(), name, active=False)
    typer.echo(f"user {name} is disabled")


@app.command()
def enable(name: Name) -> None:
    """Let a disabled user sign in again."""
    _set_active(open_runtime(), name, active=True)
    typer.echo(f"user {name} can sign in again")


@app.command()
def password(name: Name, password_stdin: FromStdin = False, generate: Generate = False) -> None:
    """Give a user a new password; everything signed in with the old one ends."""
    from mealsvc.access.accounts import change_account, read_account

    runtime = open_runtime()
    read_account(runtime, name)  # a name that does not exist is said before a password is asked
    new = _password(name, from_stdin=password_stdin, generate=generate)
    change_account(runtime, _actor(), name, password=new)
    typer.echo(f"user {name} has a new password")
    _show_generated(new, generate)


def _set_active(runtime: Runtime, name: str, *, active: bool) -> None:
    from mealsvc.access.accounts import change_account

    change_account(runtime, _actor(), name, active=active)


def _password(name: str, *, from_stdin: bool, generate: bool) -> str:
    from mealsvc.access.passwords import check_password, generate_password

    if from_stdin and generate:
        raise InvalidInput("choose one of --password-stdin and --generate")
    if generate:
        return generate_password()
    if from_stdin:
        given = sys.stdin.readline().rstrip("\r\n")
    elif sys.stdin.isatty():
        given = getpass.getpass("Password: ")
        check_password(given, name)
        if getpass.getpass("Once more: ") != given:
            raise InvalidInput("the two passwords differ; nothing was changed")
    else:
        raise InvalidInput("there is nobody to ask: use --password-stdin or --generate")
    check_password(given, name)
    return given


def _show_generated(password: str, generated: bool) -> None:
    if generated:
        typer.echo(f"password (shown this once): {password}")


def _actor() -> str:
    try:
        return f"command:{getpass.getuser()}"
    except (OSError, KeyError):  # a container's user without a name
        return "command"
