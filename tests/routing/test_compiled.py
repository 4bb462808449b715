"""Compiled code never outlives its sources on disk, and lets other threads go on."""

import importlib
import pkgutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numba.core.dispatcher import Dispatcher

import routing
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


def kernels():
    """Return the compiled functions of the package: module file and name."""
    for module in pkgutil.walk_packages(routing.__path__, "routing."):
        if module.name.endswith("__main__"):
            continue
        loaded = importlib.import_module(module.name)
        for name, found in vars(loaded).items():
            if isinstance(found, Dispatcher) and found.py_func.__module__ == module.name:
                yield Path(loaded.__file__), name


def test_preparing_leaves_compiled_code_of_every_loop_on_disk():
    prepare()
    missing = [
        f"{file.stem}.{name}"
        for file, name in kernels()
        if not list((file.parent / "__pycache__").glob(f"{file.stem}.{name}-*.nbi"))
    ]
    assert (FOLDER / "search" / "improve.py", "search") in list(kernels())
    assert missing == []


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
