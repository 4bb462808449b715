"""``mealsvc user`` and ``mealsvc serve`` as an operator meets them."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

PROGRAM = str(Path(sys.executable).with_name("mealsvc"))
PASSWORD = "four-red-lanterns"


@pytest.fixture
def environment(tmp_path):
    return {
        **os.environ,
        "MEALSVC_HOME": str(tmp_path / "var"),
        "MEALSVC_NIGHTLY_ENABLED": "false",
        "PYTHONUNBUFFERED": "1",
        "MEALSVC_LANGUAGE": "en",
    }


def test_a_user_is_made_with_a_password_from_standard_input_and_listed(command):
    made = command("user", "add", "admin", "--role", "admin", "--password-stdin", given=PASSWORD)
    assert made.returncode == 0, made.stderr
    assert PASSWORD not in made.stdout
    (listed,) = json.loads(command("user", "list", "--json").stdout)
    assert (listed["username"], listed["role"], listed["active"]) == ("admin", "admin", True)
    assert "password" not in listed


def test_a_password_can_be_made_and_is_printed_once(command):
    made = command("user", "add", "plan", "--role", "planner", "--generate")
    password = re.search(r"password \(shown this once\): (\S{23})$", made.stdout.strip())[1]
    assert password not in command("user", "list").stdout


@pytest.mark.parametrize(
    ("arguments", "given", "sentence"),
    [
        (("add", "x", "--role", "admin", "--generate"), "", "2 to 80 letters"),
        (("add", "li.min", "--role", "admin", "--password-stdin"), "short", "10 to 200"),
        (("add", "li.min", "--role", "admin"), "", "nobody to ask"),
        (("add", "li.min", "--role", "manager", "--generate"), "", "--canteen"),
        (("add", "li.min", "--role", "manager", "--generate", "--canteen", "X1"), "", "X1"),
        (("add", "li.min", "--role", "courier", "--generate"), "", "--courier"),
        (("add", "li.min", "--role", "admin", "--generate", "--password-stdin"), "", "one of"),
        (("disable", "nobody"), "", "no user has the name"),
        (("password", "nobody", "--generate"), "", "no user has the name"),
    ],
)
def test_what_cannot_be_is_a_sentence(command, arguments, given, sentence):
    done = command("user", *arguments, given=given)
    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_user_is_disabled_enabled_and_given_a_new_password(command):
    for name in ("first", "second"):
        command("user", "add", name, "--role", "admin", "--password-stdin", given=PASSWORD)
    assert command("user", "disable", "first").returncode == 0
    assert "disabled" in command("user", "list").stdout
    assert "last administrator" in command("user", "disable", "second").stderr
    assert command("user", "enable", "first").returncode == 0
    assert command("user", "password", "first", "--generate").returncode == 0


def test_a_busy_port_is_a_sentence(environment, tmp_path):
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        done = subprocess.run(
            [PROGRAM, "serve", "--port", str(busy.getsockname()[1])], env=environment,
            cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert "choose another port" in done.stderr
    assert "Traceback" not in done.stderr


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.mark.parametrize("workers", [1, 2])
def test_the_service_says_where_it_is_answers_and_stops_cleanly(environment, tmp_path, workers):
    port = free_port()
    command = [PROGRAM, "serve", "--port", str(port), "--workers", str(workers)]
    with subprocess.Popen(
        command, env=environment, cwd=tmp_path, text=True, start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as server:  # fmt: skip
        try:
            said = server.stdout.readline()
            assert f"http://127.0.0.1:{port}/" in said
            assert "make a user" in server.stderr.readline()
            assert answered(f"http://127.0.0.1:{port}/healthz") == {"status": "alive"}
            os.killpg(server.pid, signal.SIGINT)
            _, errors = server.communicate(timeout=300)
        finally:
            server.kill()
    assert server.returncode in {0, 130}
    assert "Traceback" not in errors


def answered(address, attempts=3000):
    """Ask until the service answers; the socket itself waits for half of each attempt."""
    port = int(address.split(":")[2].split("/")[0])
    for _ in range(attempts):
        with socket.socket() as knocking:
            knocking.settimeout(0.1)
            if knocking.connect_ex(("127.0.0.1", port)) == 0:
                with urllib.request.urlopen(address, timeout=300) as answer:
                    return json.load(answer)
        signal.sigtimedwait([], 0.1)
    raise AssertionError("the service did not answer")
