"""The command as a user meets it: help everywhere, sentences instead of tracebacks, exit status."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from mealsvc.cli.app import app


@pytest.fixture
def run(tmp_path):
    """Run ``mealsvc`` in its own process with a home of its own."""

    def run(*arguments, **environment):
        return subprocess.run(
            [str(Path(sys.executable).with_name("mealsvc")), *arguments],
            env={
                **os.environ,
                "MEALSVC_HOME": str(tmp_path / "var"),
                "MEALSVC_LANGUAGE": "en",
                **environment,
            },
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    return run


def commands(group, prefix=()):
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, (*prefix, name))
        else:
            yield (*prefix, name), command


@pytest.mark.parametrize(
    ("path", "command"),
    [pytest.param(*found, id=" ".join(found[0])) for found in commands(get_command(app))],
)
def test_every_command_and_option_has_help(path, command):
    assert command.help, path
    for parameter in command.params:
        assert getattr(parameter, "help", None), f"{' '.join(path)}: {parameter.name}"


def test_a_new_installation_is_made_where_home_says(run, tmp_path):
    done = run("database", "upgrade")
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "var" / "mealsvc.sqlite").is_file()


def test_a_wrong_setting_is_named_with_its_value(command):
    done = command("database", "upgrade", MEALSVC_TIMEZONE="Mars/Olympus")
    assert done.returncode == 1
    assert "MEALSVC_TIMEZONE" in done.stderr
    assert "Mars/Olympus" in done.stderr


def test_an_unreachable_database_is_a_sentence_without_the_password(run):
    url = "postgresql://meals:geheim@127.0.0.1:1/none"
    done = run("database", "upgrade", MEALSVC_DATABASE_URL=url)
    assert done.returncode == 1
    assert "mealsvc: the database server does not answer" in done.stderr
    assert "port 1 failed" in done.stderr
    assert "geheim" not in done.stderr


def test_errors_are_said_in_the_language_of_the_installation(command):
    said = {
        language: command(
            "publish", "2099-01-01", "--meal", "lunch", MEALSVC_LANGUAGE=language
        ).stderr
        for language in ("en", "zh")
    }
    assert said["en"].startswith("mealsvc: there is no plan for lunch of 2099-01-01")
    assert said["zh"].startswith("mealsvc: 2099年1月1日午餐还没有配送计划")


def test_what_cannot_be_read_is_refused_with_its_path(command, tmp_path):
    (tmp_path / "empty.osm.pbf").touch()
    for name in ("empty.osm.pbf", "missing.osm.pbf"):
        done = command("streets", "build", name)
        assert done.returncode == 1
        assert name in done.stderr


def test_wrong_usage_has_its_own_status(command):
    done = command("streets", "build")
    assert done.returncode == 2
    assert "extract" in done.stderr


def test_a_path_that_cannot_be_written_is_a_sentence(command, tmp_path):
    (tmp_path / "in the way").touch()
    done = command("demo-city", "in the way")
    assert done.returncode == 1
    assert done.stderr.startswith("mealsvc: in the way: ")
