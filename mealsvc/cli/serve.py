"""``mealsvc serve``: the service, its pages and the night's planning."""

from __future__ import annotations

import os
import socket
from typing import Annotated

import typer

from mealsvc.cli.console import complain
from mealsvc.errors import Conflict, InvalidInput
from mealsvc.runtime import Runtime, open_runtime


def serve(
    host: Annotated[
        str | None, typer.Option(help="Address to listen on; default: this machine only.")
    ] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="Port.")] = None,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Server processes.")] = 1,
) -> None:
    """Serve the pages and the API, and plan every night, until Ctrl-C."""
    import uvicorn

    runtime = open_runtime()
    settings = runtime.settings
    host, port = host or settings.host, port or settings.port
    _require_free(host, port)
    _say_where(runtime, host, port)
    runtime.engine.dispose()
    # The processes of the server read the environment, so it says what was chosen here.
    os.environ["MEALSVC_HOST"], os.environ["MEALSVC_PORT"] = host, str(port)
    if "public_url" not in settings.model_fields_set:
        os.environ["MEALSVC_PUBLIC_URL"] = _address(host, port)
    uvicorn.run(
        "api.app:create_app",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        log_config=_log_config(),
        access_log=False,  # couriers' links are secrets; the service writes its own lines
        server_header=False,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies or None,
        timeout_graceful_shutdown=10,
    )


def _require_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError as error:
            raise InvalidInput(
                f"port {port} needs rights this user has not; choose one above 1023: --port 8000"
            ) from error
        except socket.gaierror as error:
            raise InvalidInput(f"--host {host!r} is no address of this machine") from error
        except OSError as error:
            raise Conflict(
                f"{host}:{port} cannot be listened on ({error.strerror}); "
                "stop what is there, or choose another port: mealsvc serve --port 8001"
            ) from error


def _address(host: str, port: int) -> str:
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104 - compared only
    return f"http://{shown}:{port}"


def _say_where(runtime: Runtime, host: str, port: int) -> None:
    from mealsvc.access.accounts import read_accounts

    address = _address(host, port)
    typer.echo(f"mealsvc serves {address}/ (API: {address}/docs); stop with Ctrl-C")
    if read_accounts(runtime, limit=1)[1] == 0:
        complain("nobody can sign in yet; make a user: mealsvc user add NAME --role admin")
    if not _only_here(host) and not runtime.settings.secure_cookies:
        complain(
            "others in the network can reach this service without encryption; put it behind "
            "HTTPS and set MEALSVC_SECURE_COOKIES=true"
        )


def _only_here(host: str) -> bool:
    return host in {"127.0.0.1", "::1", "localhost"}


def _log_config() -> dict[str, object]:
    line = {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    handler = {"class": "logging.StreamHandler", "formatter": "line"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": line},
        "handlers": {"errors": handler},
        "loggers": {
            name: {"handlers": ["errors"], "level": level, "propagate": False}
            for name, level in (("uvicorn", "WARNING"), ("mealsvc", "INFO"))
        },
    }
