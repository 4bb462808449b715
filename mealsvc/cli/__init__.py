"""The command line: ``mealsvc …``. One module per subject; each only calls the service."""

from mealsvc.cli.app import app, main

__all__ = ["app", "main"]
