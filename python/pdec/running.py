"""One call of a library: its memory, and what happens while it runs."""

from __future__ import annotations

import ctypes
import threading
import time
from typing import Any, Callable, Generator, NamedTuple, Optional

from . import abi
from .errors import RunError
from .record import Loop, Record

# How often a run of the main thread looks for Ctrl-C, in seconds. A run that
# takes less is never asked.
_LOOK = 0.05
_FAILED, _ENDED = 1, 2


class Moment(NamedTuple):
    """How far a run is. `done` of `total` time steps, where `loop` is None;
    else passes of a loop that goes on until measure < bound."""
    loop: Optional[Loop]
    done: int
    total: int
    measure: float
    bound: float


Progress = Callable[[Moment], Any]
# Of an entry of a record: which record, after how many steps, and where it lies.
Take = Callable[[int, int, int], Any]
# Of the state of a run.
Save = Callable[[bytes], Any]


class Frame:
    """The arrays of a pde_call. A frame serves one call at a time and is used
    again, since making one takes longer than a small run."""

    def __init__(self, library: ctypes.CDLL, record: Record) -> None:
        self.loops = record.loops
        self.execute_in = library.pde_execute
        self.program = library.pde_get_program()
        # Reals and integers are views of the same numbers.
        count = len(record.params)
        self.integers = (ctypes.c_int64*count)()
        self.reals = (ctypes.c_double*count).from_buffer(self.integers)
        for i, param in enumerate(record.params):
            of_kind = self.integers if param.kind is int else self.reals
            of_kind[i] = param.default
        self.initial = tuple(self.integers)
        num_sizes = record.num_grids*abi.MAX_RANK
        self.sizes = (ctypes.c_int64*num_sizes)(*[1]*num_sizes)
        self.inputs = (ctypes.c_void_p*len(record.inputs))()
        self.outputs = (ctypes.c_void_p*len(record.outputs))()
        self.message = ctypes.create_string_buffer(4096)
        self.length = ctypes.c_size_t(len(self.message))
        self.call = abi.Call(
            ctypes.sizeof(abi.Call), *map(ctypes.addressof, (
                self.integers, self.sizes, self.inputs, self.outputs)))
        self.call_pointer = ctypes.byref(self.call)
        self.progress: Optional[Progress] = None
        self.interval = 0.0
        self.caught: Optional[BaseException] = None
        # A generator, not a function: signals are handled where Python code
        # begins or goes on, which in a function is before any `try`.
        listener = self._listen()
        next(listener)
        self.monitor = abi.MONITOR(listener.send)
        self.monitor_address = ctypes.cast(self.monitor, ctypes.c_void_p).value
        self.take: Optional[Take] = None
        self.recorder = abi.RECORDER(self._note)
        self.save: Optional[Save] = None
        self.saver = abi.SAVER(self._keep)
        self.state: Optional[bytes] = None

    def _listen(self) -> "Generator[int, abi.MonitorArguments, None]":
        """Answers each call of the monitor: whether the run is to end."""
        answer = 0
        while True:
            try:
                arguments = yield answer
                answer = 1 if self.caught else 0
                if self.progress:
                    self._tell(arguments.moment[0])
            except GeneratorExit:
                raise
            except BaseException as error:  # of a signal, or of `progress`
                self.caught = error
                answer = 1

    def _tell(self, now: abi.Moment) -> None:
        assert self.progress
        clock = time.monotonic()
        moment = Moment(self.loops[now.loop] if now.loop >= 0 else None,
                        now.done, now.total, now.measure, now.bound)
        # A moment that lasts is told once.
        if clock < self.next_time or moment == self.last or moment.done == 0:
            return
        self.last, self.next_time = moment, clock + self.interval
        self.progress(moment)

    def clear(self) -> None:
        """As for a call that is given nothing."""
        self.integers[:] = self.initial
        for i in range(len(self.inputs)):
            self.inputs[i] = None
        self.take = self.save = self.state = None
        self.call.recorder = self.call.saver = self.call.state = None
        self.call.save_every = 0

    def execute(self, threads: int, progress: Optional[Progress],
                interval: float) -> None:
        """Runs what the frame holds."""
        call = self.call
        call.threads = threads
        call.monitor = None
        if progress:
            self.progress, self.interval = progress, interval
            self.last, self.next_time = None, time.monotonic() + interval
        if progress or threading.current_thread() is threading.main_thread():
            call.monitor = self.monitor_address
            call.interval = min(interval, _LOOK) if progress else _LOOK
        if self.state is not None:
            call.state = ctypes.cast(self.state, ctypes.c_void_p).value
            call.state_size = len(self.state)
        if self.save:
            call.saver = ctypes.cast(self.saver, ctypes.c_void_p).value
        if self.take:
            call.recorder = ctypes.cast(self.recorder, ctypes.c_void_p).value
        if self.take or self.save:
            call.monitor, call.interval = self.monitor_address, _LOOK
            code = self._execute_beside()
        else:
            code = self._execute_here()
        caught, self.caught, self.progress = self.caught, None, None
        if caught and code != _FAILED:
            raise caught
        if code == _FAILED:
            raise RunError(self.message.value.decode(errors="replace"))

    def _execute_here(self) -> int:
        return int(self.execute_in(self.program, self.call_pointer,
                                   self.message, self.length))

    def _execute_beside(self) -> int:
        """In a thread of its own, since a signal whose handler raises where a
        recorder begins would be lost."""
        codes: "list[int]" = []
        done = threading.Event()

        def work() -> None:
            codes.append(self._execute_here())
            done.set()
        threading.Thread(target=work, daemon=True).start()
        while not done.is_set():
            try:
                done.wait()
            except BaseException as error:
                self.caught = self.caught or error
        return codes[0]

    def _keep(self, _: Any, address: int, size: int) -> None:
        if self.caught or not self.save:
            return
        try:
            self.save(ctypes.string_at(address, size))
        except BaseException as error:
            self.caught = error

    def _note(self, _: Any, record: int, step: int, address: int) -> None:
        if self.caught or not self.take:
            return
        try:
            self.take(record, step, address)
        except BaseException as error:
            self.caught = error
