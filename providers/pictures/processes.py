"""Worker processes for pictures: few, limited, started when there is work and ended soon after.

No library's pool fits. multiprocessing and what builds on it (concurrent.futures, pebble, loky) start one or two more
processes for themselves, import the program's main module into each worker, unpickle a worker's answers and keep idle
workers for good; anyio's pool keeps them for five minutes and has no limits. All of this would have to be worked
around.
"""

import atexit
import contextlib
import os
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from providers.errors import BadPicture, InvalidParameter, ProviderError, Unavailable
from providers.pictures import worker
from providers.pictures.header import MAX_MEMORY

MOST = 2  # processes at once
MEMORY = MAX_MEMORY + 28_000_000  # bytes a job may map beyond what its worker has (20 MB); AVIF's library alone maps 8
CPU_SECONDS = 5  # for each picture of a job; a second is what the worst one should need on an ordinary machine
SECONDS = 30.0  # by the clock for each picture of a job, on a machine that is busy with other things
IDLE = 5.0  # seconds that a worker waits for more
_KEPT = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "LANG")  # of the environment; it holds tokens
# glibc: each further arena would count as memory, used or not; and what is large goes back when it is freed, so that
# one picture leaves no holes for the next.
_MALLOC = {"MALLOC_ARENA_MAX": "1", "MALLOC_MMAP_THRESHOLD_": "131072"}
_SIGKILL = 9
_ERRORS = {kind.__name__: kind for kind in (BadPicture, InvalidParameter)}


class _NoAnswer(Exception):  # noqa: N818 - what happened
    def __init__(self, reason: str, unexplained: bool = False) -> None:
        super().__init__(reason)
        self.unexplained = unexplained


@dataclass(slots=True, eq=False)
class Job:
    """`work`: `module:function`, which is called with plain values. `pictures`: how many it decodes."""

    work: str
    args: Sequence[object]
    kwargs: Mapping[str, object]
    pictures: int = 1
    future: "Future[Any]" = field(default_factory=Future)  # plain values
    child: "subprocess.Popen[bytes] | None" = None
    abandoned: bool = False


class PictureProcesses:
    """Runs jobs in the order of `submit`. Each worker process has a thread that talks to it and ends with it.

    `seconds` and `cpu_seconds` are for each picture of a job. All methods may be called from any thread.
    """

    def __init__(
        self,
        *,
        most: int = MOST,
        memory: int = MEMORY,
        cpu_seconds: int = CPU_SECONDS,
        seconds: float = SECONDS,
        idle: float = IDLE,
    ) -> None:
        self._most, self._memory = most, memory
        self._cpu_seconds, self._seconds, self._idle = cpu_seconds, seconds, idle
        self._changed = threading.Condition()
        self._waiting: deque[Job] = deque()
        self._running: set[Job] = set()
        self._children: set[subprocess.Popen[bytes]] = set()
        self._threads = self._free = self._closings = 0
        atexit.register(self.close)

    @property
    def pids(self) -> list[int]:
        """The ids of the processes that exist now."""
        with self._changed:
            return [child.pid for child in self._children]

    def submit(self, job: Job) -> None:
        """Queues a job; `job.future` gets the result, BadPicture, or another error of the work."""
        with self._changed:
            self._waiting.append(job)
            if self._free < len(self._waiting) and self._threads < self._most:
                self._hire()
            self._changed.notify()

    def _hire(self) -> None:
        self._threads += 1
        threading.Thread(target=self._serve, args=(self._closings,), name="picture worker", daemon=True).start()

    def abandon(self, job: Job) -> None:
        """Nobody waits for the job any more: it is removed from the queue, or its process is ended."""
        with self._changed:
            job.abandoned = True
            with contextlib.suppress(ValueError):
                self._waiting.remove(job)
            if job.child is not None:
                job.child.kill()
        job.future.cancel()

    def close(self) -> None:
        """Ends all processes at once; callers that wait for them get a BadPicture. May be used again afterwards."""
        with self._changed:
            waiting, self._waiting = list(self._waiting), deque()
            for job in self._running:
                job.abandoned = True
            for child in self._children:
                child.kill()
            self._closings += 1
            self._changed.notify_all()  # whoever has no work reaps its process now
        for job in waiting:
            if not job.future.cancelled():
                job.future.set_exception(BadPicture("the pictures' workers were closed"))

    # -- the thread of one worker ------------------------------------------------------------------------

    def _serve(self, closings: int) -> None:
        """The thread of one worker. `closings`: how many there were before it; its process lives until the next one."""
        child: subprocess.Popen[bytes] | None = None
        try:
            while (job := self._next(closings)) is not None:
                child = self._run(job, child)
                with self._changed:
                    self._running.discard(job)
                del job
        finally:
            if child is not None:
                self._end(child)

    def _next(self, closings: int) -> Job | None:
        """The next job. None: there was none for a while, or after `close`; then the thread is no longer counted."""
        with self._changed:
            self._free += 1
            self._changed.wait_for(lambda: self._waiting or self._closings != closings, self._idle)
            self._free -= 1
            if not self._waiting or self._closings != closings:
                self._threads -= 1
                if self._waiting:  # submitted after `close`, which has killed this one's process
                    self._hire()
                return None
            job = self._waiting.popleft()
            self._running.add(job)
            return job

    def _run(self, job: Job, child: "subprocess.Popen[bytes] | None") -> "subprocess.Popen[bytes] | None":
        """Runs a job, and returns the process if it may be used again. If somebody else killed the process, that is not
        the picture's fault: the job gets a second one."""
        if not job.future.set_running_or_notify_cancel():
            return child
        for tries_left in (1, 0):
            try:
                child = child or self._start()
                answer = self._asked(job, child)
                self._tell(job, answer)
                if not answer.get("full"):
                    return child
                self._end(child)  # it keeps more memory than it should; the next job starts another
                return None
            except _NoAnswer as failure:
                status = self._end(child) if child is not None else 0
                child = None
                if tries_left and failure.unexplained and status == -_SIGKILL and not job.abandoned:
                    continue
                job.future.set_exception(BadPicture(str(failure)))
            except OSError as error:  # it could not be started
                job.future.set_exception(Unavailable(f"no worker for the picture: {error}"))
            break
        return child

    def _asked(self, job: Job, child: "subprocess.Popen[bytes]") -> dict[str, Any]:
        """The worker's answer. Raises _NoAnswer; then the process cannot be used again."""
        with self._changed:
            if job.abandoned:
                raise _NoAnswer("nobody waits for the picture")
            job.child = child
        seconds = self._seconds * job.pictures
        begun = time.monotonic()
        deadline = threading.Timer(seconds, child.kill)
        deadline.daemon = True
        deadline.start()
        try:
            assert child.stdin is not None
            assert child.stdout is not None
            worker.send(
                child.stdin,
                {"work": job.work, "args": job.args, "kwargs": job.kwargs, "pictures": job.pictures},
            )
            answer = worker.receive(child.stdout)
        except (OSError, worker.BrokenFrame):
            if time.monotonic() - begun >= seconds:
                raise _NoAnswer(f"decoding the picture took longer than {seconds:g} s") from None
            raise _NoAnswer("decoding the picture took more than it may, or broke the decoder", True) from None
        finally:
            deadline.cancel()
            with self._changed:
                job.child = None
        if not isinstance(answer, dict):
            raise _NoAnswer("the pictures' worker answered with something else")
        return answer

    def _tell(self, job: Job, answer: dict[str, Any]) -> None:
        if "error" in answer:
            kind: type[ProviderError] = _ERRORS.get(str(answer["error"]), BadPicture)
            job.future.set_exception(kind(str(answer.get("text"))))
        else:
            job.future.set_result(answer.get("result"))

    def _start(self) -> "subprocess.Popen[bytes]":
        environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
        child = subprocess.Popen(  # noqa: S603 - this Python, and a file of ours
            [sys.executable, "-I", worker.__file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**environment, **_MALLOC},
        )
        with self._changed:
            self._children.add(child)
        assert child.stdin is not None
        hello = {"path": sys.path, "memory": self._memory, "seconds": self._cpu_seconds}
        try:
            worker.send(child.stdin, hello)
        except OSError:
            self._end(child)
            raise
        return child

    def _end(self, child: "subprocess.Popen[bytes]") -> int:
        """Ends a process and returns its exit status; negative: the signal that ended it."""
        for stream in (child.stdin, child.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        try:
            status = child.wait(1.0)
        except subprocess.TimeoutExpired:
            child.kill()
            status = child.wait()
        with self._changed:
            self._children.discard(child)
        return status
