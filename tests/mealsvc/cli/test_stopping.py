"""Stopping a command: one sentence and exit status 130, whatever the signal and the moment."""

import signal
import subprocess
import sys

import pytest

SENTENCE = "mealsvc: stopped; what was saved before is whole\n"

WHILE_WORKING = """
import os, tempfile
import mealsvc.cli.app

def run():
    with tempfile.TemporaryDirectory(dir={folder!r}):
        os.kill(os.getpid(), {number})
        print("went on")

mealsvc.cli.app.run = run
mealsvc.cli.main()
"""

WHILE_LOADING = """
import os, sys
import mealsvc.cli

class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == "typer":
            os.kill(os.getpid(), {number})
        return None

sys.meta_path.insert(0, Interrupting())
mealsvc.cli.main()
"""


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
@pytest.mark.parametrize("program", [WHILE_WORKING, WHILE_LOADING], ids=["working", "loading"])
def test_a_signal_ends_a_command_with_one_sentence_and_no_leavings(program, name, tmp_path):
    number = int(getattr(signal, name))
    # The suite itself may run in the background, where shells have Ctrl-C ignored.
    program = f"import signal; signal.signal({number}, signal.SIG_DFL)\n" + program
    done = subprocess.run(
        [sys.executable, "-c", program.format(folder=str(tmp_path), number=number)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, "", SENTENCE)
    assert list(tmp_path.iterdir()) == []


def test_a_signal_that_was_ignored_from_the_start_stays_ignored(tmp_path):
    number = int(signal.SIGHUP)
    program = f"import signal; signal.signal({number}, signal.SIG_IGN)\n" + WHILE_WORKING
    done = subprocess.run(
        [sys.executable, "-c", program.format(folder=str(tmp_path), number=number)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "went on\n", "")
