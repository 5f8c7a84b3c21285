"""Runs work in cgroups of version 1 that are limited."""

import os
from contextlib import suppress
from pathlib import Path

ROOT = Path("/sys/fs/cgroup/memory")


class Group:
    """A cgroup below the root of the memory controller's hierarchy."""

    def __init__(self, name: str, limit: int):
        """Makes it; its limit is so many bytes."""
        self.path = ROOT / name
        self.path.mkdir()
        try:
            self._write("memory.limit_in_bytes", limit)
        except OSError:
            self.remove()
            raise

    def __enter__(self):
        """Moves this process in: memory is charged where its first thread is, and what that begins follows."""
        self._write("tasks", os.getpid())
        return self

    def __exit__(self, *_):
        """Moves all threads that are in it to the root."""
        while ids := (self.path / "tasks").read_text().split():
            for thread in ids:
                with suppress(ProcessLookupError):
                    (ROOT / "tasks").write_text(thread)

    def read(self, file: str) -> int:
        """The number in a control file."""
        return int((self.path / file).read_text())

    def remove(self):
        """EBUSY: somebody is in it."""
        self.path.rmdir()

    def _write(self, file: str, value: int):
        (self.path / file).write_text(str(value))
