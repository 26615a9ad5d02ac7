"""Limits what a program and its children use, and ends them together: job objects (Windows only)."""

from __future__ import annotations

import ctypes
from ctypes import c_int, c_int64, c_size_t, c_uint32, c_uint64, c_void_p
from typing import Any

from ..errors import GraderError
from ..limits import Limits

# JOBOBJECT_BASIC_LIMIT_INFORMATION and JOBOBJECT_EXTENDED_LIMIT_INFORMATION, winnt.h.
_ACTIVE_PROCESSES, _JOB_MEMORY, _KILL_ON_CLOSE = 0x0008, 0x0200, 0x2000
_EXTENDED_LIMITS = 9
_SET_QUOTA, _TERMINATE, _SYNCHRONIZE = 0x0100, 0x0001, 0x00100000
_WAIT_OBJECT_0 = 0
_NO_SUCH_PROCESS = 87
"""ERROR_INVALID_PARAMETER, which OpenProcess says where the number is nobody's (winerror.h)."""

_FUNCTIONS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "CreateJobObjectW": (c_void_p, (c_void_p, c_void_p)),
    "SetInformationJobObject": (c_int, (c_void_p, c_int, c_void_p, c_uint32)),
    "OpenProcess": (c_void_p, (c_uint32, c_int, c_uint32)),
    "AssignProcessToJobObject": (c_int, (c_void_p, c_void_p)),
    "TerminateJobObject": (c_int, (c_void_p, c_uint32)),
    "CloseHandle": (c_int, (c_void_p,)),
}
"""What is used of kernel32: what each function returns, 0 where it fails, and what it takes."""


class _Basic(ctypes.Structure):
    _fields_ = (
        ("process_time", c_int64),
        ("job_time", c_int64),
        ("flags", c_uint32),
        ("minimum_working_set", c_size_t),
        ("maximum_working_set", c_size_t),
        ("active_processes", c_uint32),
        ("affinity", c_size_t),
        ("priority_class", c_uint32),
        ("scheduling_class", c_uint32),
    )


class _Extended(ctypes.Structure):
    _fields_ = (
        ("basic", _Basic),
        ("io_counters", c_uint64 * 6),
        ("process_memory", c_size_t),
        ("job_memory", c_size_t),
        ("peak_process_memory", c_size_t),
        ("peak_job_memory", c_size_t),
    )


class Job:
    """A job object that one program is put into before the student's code begins.

    Args:
        pid: the program's process; one that has just ended needs no job, and gets none.
        limits: how many processes and how much memory it may have with its children.

    Raises:
        GraderError: Windows refuses. Nothing would limit the program or end its children, and what it is worth would
            be another thing than elsewhere: there is no weaker level to fall back to.
    """

    def __init__(self, pid: int, limits: Limits) -> None:
        self._limits = limits
        self._handle = 0
        self._kernel = _kernel()
        try:
            self._handle = self._limited()
            self._put(pid)
        except OSError as error:
            self.end()
            raise GraderError(f"Windows refuse de limiter un programme ({error.strerror}).") from error

    def _limited(self) -> int:
        """A new job with its limits.

        Raises:
            OSError: Windows refuses.
        """
        limits = _Extended()
        limits.basic.flags = _ACTIVE_PROCESSES | _JOB_MEMORY | _KILL_ON_CLOSE
        limits.basic.active_processes = self._limits.watched_processes
        limits.job_memory = self._limits.watched_memory_bytes
        handle = int(self._kernel.CreateJobObjectW(None, None))
        try:
            size = ctypes.sizeof(limits)
            self._kernel.SetInformationJobObject(handle, _EXTENDED_LIMITS, ctypes.byref(limits), size)
        except OSError:
            self._kernel.CloseHandle(handle)
            raise
        return handle

    def _put(self, pid: int) -> None:
        """Put a process into the job, if it still runs.

        Raises:
            OSError: Windows refuses.
        """
        try:
            process = self._kernel.OpenProcess(_SET_QUOTA | _TERMINATE | _SYNCHRONIZE, False, pid)
        except OSError as error:
            if getattr(error, "winerror", 0) == _NO_SUCH_PROCESS:
                return
            raise
        try:
            self._kernel.AssignProcessToJobObject(self._handle, process)
        except OSError:
            if self._kernel.WaitForSingleObject(c_void_p(process), 0) != _WAIT_OBJECT_0:
                raise
            # else it has ended: Windows denies access to such a process
        finally:
            self._kernel.CloseHandle(process)

    def end(self) -> None:
        """End every process in it."""
        if self._handle:
            handle, self._handle = self._handle, 0
            try:
                self._kernel.TerminateJobObject(handle, 1)
            except OSError:
                pass  # closing it ends them, too
            self._kernel.CloseHandle(handle)


def _kernel() -> Any:
    """kernel32, whose functions raise OSError where they fail."""
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined]  # only Windows has it
    for name, (result, arguments) in _FUNCTIONS.items():
        function = getattr(kernel, name)
        function.restype, function.argtypes, function.errcheck = result, arguments, _checked
    return kernel


def _checked(result: Any, _function: Any, _arguments: Any) -> Any:
    """What ctypes asks of each result (errcheck).

    Raises:
        OSError: it is 0; with Windows's own words.
    """
    if not result:
        raise ctypes.WinError(ctypes.get_last_error())  # type: ignore[attr-defined]  # only Windows has them
    return result
