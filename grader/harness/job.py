"""Limits what a program and its children use, and ends them together: job objects (Windows)."""

from __future__ import annotations

import ctypes
import sys
from ctypes import c_int64, c_size_t, c_uint32, c_uint64

from ..limits import DEFAULT

# JOBOBJECT_BASIC_LIMIT_INFORMATION and JOBOBJECT_EXTENDED_LIMIT_INFORMATION, winnt.h.
_ACTIVE_PROCESSES, _JOB_MEMORY, _KILL_ON_CLOSE = 0x0008, 0x0200, 0x2000
_EXTENDED_LIMITS = 9
_SET_QUOTA, _TERMINATE = 0x0100, 0x0001


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
        pid: the program's process.
    """

    def __init__(self, pid: int) -> None:
        self._handle = 0
        if sys.platform == "win32":
            kernel = ctypes.windll.kernel32
            for function in (kernel.CreateJobObjectW, kernel.OpenProcess):
                function.restype = ctypes.c_void_p
            limits = _Extended()
            limits.basic.flags = _ACTIVE_PROCESSES | _JOB_MEMORY | _KILL_ON_CLOSE
            limits.basic.active_processes = DEFAULT.watched_processes
            limits.job_memory = DEFAULT.watched_memory_bytes
            process = kernel.OpenProcess(_SET_QUOTA | _TERMINATE, False, pid)
            self._handle = kernel.CreateJobObjectW(None, None) or 0
            job, size = ctypes.c_void_p(self._handle), ctypes.sizeof(limits)
            kernel.SetInformationJobObject(job, _EXTENDED_LIMITS, ctypes.byref(limits), size)
            kernel.AssignProcessToJobObject(job, ctypes.c_void_p(process))
            kernel.CloseHandle(ctypes.c_void_p(process))

    def end(self) -> None:
        """End every process in it."""
        if sys.platform == "win32" and self._handle:
            handle, self._handle = ctypes.c_void_p(self._handle), 0
            ctypes.windll.kernel32.TerminateJobObject(handle, 1)
            ctypes.windll.kernel32.CloseHandle(handle)
