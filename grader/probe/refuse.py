"""Refuses the system calls that no beginner needs, from before the student's code begins (Linux, seccomp(2))."""

from __future__ import annotations

import errno
import os
import struct
import sys
from functools import cache
from typing import Any

REFUSED = {
    # Keys outlive a program, and belong to the user whatever its namespaces: the next program would find them.
    "add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219),
    # In a user namespace of its own a program is root, and what it mounts there is counted nowhere.
    "unshare": (272, 97), "setns": (308, 268),
    "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "open_tree": (428, 428),
    "move_mount": (429, 429), "fsopen": (430, 430), "fsconfig": (431, 431), "fsmount": (432, 432),
    "fspick": (433, 433), "mount_setattr": (442, 442), "open_tree_attr": (467, 467), "open_by_handle_at": (304, 265),
    # Into other processes: their memory, their descriptors.
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "pidfd_getfd": (438, 438), "kcmp": (312, 272),
    # Where most holes of kernels are; what io_uring does passes by every filter.
    "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282), "memfd_secret": (447, 447),
    "io_uring_setup": (425, 425), "io_uring_enter": (426, 426), "io_uring_register": (427, 427),
    # System V's objects and POSIX's queues stay until somebody removes them.
    "shmget": (29, 194), "msgget": (68, 186), "semget": (64, 190), "mq_open": (240, 180),
    # The machine itself, for where root grades.
    "kexec_load": (246, 104), "kexec_file_load": (320, 294), "init_module": (175, 105), "finit_module": (313, 273),
    "delete_module": (176, 106), "reboot": (169, 142), "swapon": (167, 224), "swapoff": (168, 225),
    "acct": (163, 89), "quotactl": (179, 60), "quotactl_fd": (443, 443), "sethostname": (170, 161),
    "setdomainname": (171, 162), "settimeofday": (164, 170), "clock_settime": (227, 112), "iopl": (172, -1),
    "ioperm": (173, -1), "fanotify_init": (300, 262),
}  # fmt: skip
"""Calls that fail with EPERM, by name: their numbers on x86_64 (arch/x86/entry/syscalls/syscall_64.tbl of the kernel's
sources) and on aarch64 (include/uapi/asm-generic/unistd.h); -1 where there is none."""

CLONE = (56, 220)
"""clone(2) makes threads and processes, and only with one of these flags a namespace, which is refused."""

NEW_NAMESPACES = 0x7E020000
"""CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID and NEWNET (clone(2)); NEWTIME is unshare's only."""

CLONE3 = 435
"""On all machines. A filter cannot see its flags, which are in memory: told that there is no such call, every C
library takes clone (as in containers)."""

MACHINES = {"x86_64": (0, 0xC000003E, 317), "aarch64": (1, 0xC00000B7, 277)}
"""By the name of uname(2): the column of the tables, the number of the architecture (linux/audit.h), and seccomp(2)."""

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06  # the filter's instructions (linux/filter.h)
_NUMBER, _ARCHITECTURE, _FIRST_ARGUMENT = 0, 4, 16  # where struct seccomp_data has them, little end first
_ALLOW, _KILL, _FAIL = 0x7FFF0000, 0x80000000, 0x00050000  # SECCOMP_RET_ALLOW, KILL_PROCESS, ERRNO (seccomp(2))
_X32 = 0x40000000  # the bit of another way to call an x86_64 kernel (__X32_SYSCALL_BIT)
_NO_NEW_PRIVILEGES, _SET_FILTER = 38, 1  # prctl(2), seccomp(2)
_AS_FAST = 4  # SECCOMP_FILTER_FLAG_SPEC_ALLOW: before Linux 5.16 a filter slows down all the rest of a program


def compiled(machine: str, bits: int) -> bytes:
    """The filter for a machine; empty where there is none.

    Args:
        machine: its name, of uname(2).
        bits: of this Python's pointers: one of 32 also runs on a kernel of 64, and makes other calls.
    """
    if machine not in MACHINES or bits != 64:
        return b""
    column, architecture, _ = MACHINES[machine]
    numbers = [numbers[column] for numbers in REFUSED.values() if numbers[column] >= 0]
    lines = [(_LOAD, 0, 0, _ARCHITECTURE), (_EQUAL, 1, 0, architecture), (_RETURN, 0, 0, _KILL), (_LOAD, 0, 0, _NUMBER)]
    lines += [(_AT_LEAST, 0, 1, _X32), (_RETURN, 0, 0, _FAIL | errno.ENOSYS)]
    lines += [(_EQUAL, 0, 1, CLONE3), (_RETURN, 0, 0, _FAIL | errno.ENOSYS)]
    lines += [(_EQUAL, len(numbers) + 2 - place, 0, number) for place, number in enumerate(numbers)]  # to EPERM
    lines += [(_EQUAL, 0, 3, CLONE[column]), (_LOAD, 0, 0, _FIRST_ARGUMENT), (_ANY_BIT, 0, 1, NEW_NAMESPACES)]
    lines += [(_RETURN, 0, 0, _FAIL | errno.EPERM), (_RETURN, 0, 0, _ALLOW)]
    return b"".join(struct.pack("HBBI", *line) for line in lines)


FILTER = compiled(os.uname().machine, 8 * struct.calcsize("P")) if sys.platform == "linux" else b""
"""Made once, in the interpreter that starts the programs."""


@cache
def library() -> Any:
    """The C library: Python has no functions of its own for these calls (unshare only from 3.12 on).

    Raises:
        ImportError: this interpreter has no ctypes.
    """
    import ctypes

    return ctypes.CDLL(None, use_errno=True)


def refuse_rest() -> None:
    """Set the filter, for good, for the calling thread and all that it starts.

    Raises:
        OSError: the system has none, or there is none for this machine.
        ImportError: this interpreter has no ctypes.
    """
    if not FILTER:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))
    import ctypes

    lines = ctypes.create_string_buffer(FILTER, len(FILTER))
    program = struct.pack("HP", len(FILTER) // 8, ctypes.addressof(lines))  # struct sock_fprog
    libc = library()
    libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)  # else only root may
    number = MACHINES[os.uname().machine][2]
    if all(libc.syscall(number, _SET_FILTER, flags, program) != 0 for flags in (_AS_FAST, 0)):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
