"""Compiled code never outlives its sources on disk, and lets other threads go on."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from routing import prepare
from routing.compiled import FOLDER, STAMP, drop_stale_code, kernel


def test_a_changed_source_drops_all_compiled_code(tmp_path):
    (tmp_path / "a.py").write_text("\n@kernel\n")
    assert not drop_stale_code(tmp_path)
    store = tmp_path / "__pycache__"
    (store / "a.nbi").write_text("index")
    (store / "a.nbc").write_text("code")
    assert not drop_stale_code(tmp_path)
    assert (store / "a.nbi").exists()
    (tmp_path / "b.py").write_text("y = 2")
    assert not drop_stale_code(tmp_path)
    (tmp_path / "tables.py").write_text("y = 2")
    assert drop_stale_code(tmp_path)
    assert [file.name for file in store.iterdir()] == [STAMP]


def test_folders_below_are_watched_and_cleared_too(tmp_path):
    deep = tmp_path / "search" / "__pycache__"
    deep.mkdir(parents=True)
    drop_stale_code(tmp_path)
    (deep / "c.nbi").write_text("index")
    (tmp_path / "search" / "c.py").write_text("\n@kernel\n")
    assert drop_stale_code(tmp_path)
    assert not list(deep.iterdir())


def test_a_folder_that_cannot_be_written_is_left_alone(tmp_path):
    (tmp_path / "__pycache__").write_text("not a folder")
    assert not drop_stale_code(tmp_path)


def test_preparing_leaves_compiled_code_on_disk():
    prepare()
    assert list((FOLDER / "search" / "__pycache__").glob("improve.search-*.nbi"))


@kernel
def answered(flags, rounds):
    """Raise the first flag, and return whether the second is raised within some rounds."""
    flags[0], at = 1, 0
    while at < rounds and flags[1 + at % 2] == 0:
        at += 1
    return at < rounds


def test_other_threads_go_on_while_compiled_code_runs():
    flags = np.ones(3, dtype=np.int64)
    assert answered(flags, 1)
    flags[:] = 0
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(answered, flags, 2_000_000_000)
        while flags[0] == 0 and not answer.done():
            pass
        flags[1:] = 1
    assert answer.result()
