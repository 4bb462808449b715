"""The service under load: started as a user would, killed without warning, started again."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import httpx2

_PROGRAM = "import sys; from mealsvc.cli import main; sys.exit(main())"

START_SECONDS = 300.0
"""A service that does not answer for so long has failed."""


class Served:
    """One service process after another on one port; only these are ever ended."""

    def __init__(self, environment: Mapping[str, str], port: int, log: Path) -> None:
        self.environment = {**os.environ, **environment}
        self.port, self.log = port, log
        self.down: list[tuple[float, float]] = []
        self._process: subprocess.Popen[bytes] | None = None
        self._processor = 0.0

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def processor_seconds(self) -> float:
        """Processor time of all its processes so far."""
        return self._processor + self._used()

    def start(self) -> None:
        """Start the service and wait until it answers.

        Raises
        ------
        RuntimeError
            If it ends, or does not answer; its log says why.
        """
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _PROGRAM, "serve", "--port", str(self.port)],
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        ends = time.monotonic() + START_SECONDS
        while time.monotonic() < ends and self._process.poll() is None:
            if self._answers():
                return
            time.sleep(0.1)
        self.end()
        raise RuntimeError(f"the service did not start; see {self.log}")

    def kill(self) -> None:
        """Kill the service as a power cut would, start it again, and note how long it was down."""
        since = time.monotonic()
        self.end()
        self.start()
        self.down.append((since, time.monotonic()))

    def end(self) -> None:
        """Kill the service; does nothing where it does not run."""
        if self._process is None:
            return
        self._processor += self._used()
        self._process.kill()
        self._process.wait()
        self._process = None

    def _answers(self) -> bool:
        try:
            return httpx2.get(f"{self.address}/healthz", timeout=5).status_code == 200
        except httpx2.TransportError:
            return False

    def _used(self) -> float:
        """Processor seconds of the running process, as Linux tells them; 0 elsewhere."""
        if self._process is None:
            return 0.0
        try:
            line = Path(f"/proc/{self._process.pid}/stat").read_text(encoding="utf-8")
        except OSError:
            return 0.0
        user, system = line.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
