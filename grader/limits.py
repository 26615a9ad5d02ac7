"""Every wait and cap of the grader, with its unit in its name and its reason beside it; a club's: club/bounds.py."""

from __future__ import annotations

from typing import NamedTuple


class Limits(NamedTuple):
    """What one grading may take; the defaults are the contract's.

    No dataclass: those take 8 ms to import, before the first program is started.
    """

    patience_s: float = 5.0
    """One step of a conversation. Programs that sleep 1 to 3 s between steps exist; and a wait that is certain to
    be in vain ends earlier, so a long patience costs nothing."""

    longest_step_s: float = 15.0
    """The same for a program that goes on taking what it was given: one that reads byte by byte beside eight busy
    processes needs 7 s for the long message."""

    hopeless_s: float = 15.0
    """What a program still has to sleep for its sleep to be taken for a wait, where only the next move is chosen; for a
    verdict it is what is left of the patience."""

    start_patience_s: float = 20.0
    """From the start of an interpreter, the fork server's too, to the first sign of the probe: the student's program
    has not begun yet, so a slow machine, a virus scanner or a cold disk must not cost it anything."""

    end_patience_s: float = 5.0
    """After a kill, until the system says that it is over. The fork server ends what it has started generation after
    generation, and a bomb that is still making children needs several. Whoever waits for the fork server waits twice
    as long, then kills it, and gives up after twice as long again."""

    server_poll_s: float = 0.001
    """Between two looks whether the fork server has ended, once a session."""

    server_losses: int = 12
    """Fork servers that the programs of one session may end: as many as there are programs in a grading, and some."""

    fork_pause_s: float = 0.05
    """Between two tries to fork where the system has no process left."""

    loopback_patience_s: float = 5.0
    """For a connection inside the kernel, which takes 0.0001 s."""

    busy_cpu_s: float = 0.8
    """Processor time that a program burns while a step waits, touching no new memory and with none of its threads
    asleep: it loops. The slowest honest step seen takes 0.1 s of it; and nine looping programs on two cores must be
    told within 5 s."""

    busy_rest_cpu_s: float = 0.3
    """The same where only the moment of the next move is chosen, and no verdict hangs on it."""

    busy_pages: int = 20
    """Pages of memory touched meanwhile, beyond which it does not turn in place: importing a large library costs
    processor time too, and touches thousands."""

    restless_bytes: int = 250_000
    """What a program tells through its probe in a step in which only the moment of the next move is chosen, after which
    that moment has come: 2500 calls. Setting up a chat takes ten, and what polls so fast will not become quieter."""

    idle_events: int = 2500
    """Calls in a row in which a thread takes nothing (an empty recv, a send that nobody asked for): it loops. A
    program that sends a line letter by letter makes 40; one that calls itself instead of looping ends by itself after
    1000, Python's limit of recursion."""

    turn_s: float = 0.1
    """What one turn of the harness's loop counts at most. It asks to be woken within ``guard_pause_s``: if it comes
    back later, it was itself kept from running, on every system, and what a program has done meanwhile is only read
    now."""

    read_rounds: int = 3
    """Readings in a row before others have their turn: a program that prints, or tells, without end always has
    something, and ten of them must not keep each other waiting for a second a step."""

    drain_rounds: int = 8
    """Readings of a probe's channel that always has more, after which its program is taken to tell without end."""

    silent_looks: int = 2
    """Looks, each ``guard_pause_s`` after the last, at which a program must go on after its probe's channel has ended:
    a program that ends closes its channel a moment before it is gone."""

    connect_patience_s: float = 1.0
    """To a socket that listens on loopback: the kernel answers at once, without the program."""

    relay_bytes: int = 1_000_000
    """Unsent bytes beyond which a relay stops reading from the other program: that one sends without end."""

    flood_bytes: int = 20_000_000
    """Output in one step: it prints without end. Nobody asked for that much; but one line of 10 MB is no loop yet."""

    keep_output_bytes: int = 262_144
    """Output kept of a program, a stream and a step: twenty times the longest message, since some show a banner with
    each."""

    keep_calls: int = 20_000
    """Facts kept of a program's calls; a chat makes 100, and reading the long message byte by byte 48,000. Beyond the
    cap they still count, they are only not kept."""

    look_after_s: float = 0.02
    """Silence of the probe after which the system is asked what the threads do: the probe answers within 0.001 s, so
    this only delays what it cannot see."""

    look_again_s: float = 0.02
    """Between two looks that must be equal: a thread that was woken is then running or waiting for a processor, and
    both show."""

    look_pause_s: float = 0.1
    """The longest pause between two looks: ten sleeping programs then cost the harness 3 % of a processor."""

    doze_s: float = 0.7
    """Sleep of all threads, in calls that the probe does not know (epoll with a time limit), after which the next move
    is made; no verdict hangs on it. A program that polls wakes up for less than a look."""

    tick_s: float = 0.005
    """Between two looks at pipes and processes where the system cannot wait for them together (Windows)."""

    poll_rounds: int = 2
    """Timed waits in a row at the same line after which a thread is taken to be in a polling loop, for choosing the
    moment of the next move only; never for a verdict."""

    # What a graded program may use: set by the system where it can (setrlimit(2)), see ``caps``.

    cpu_s: int = 60
    """Processor time of one process: more than all steps together can take, so only what has escaped reaches it."""

    data_bytes: int = 1 << 30
    """Memory that one process may write to, each thread's stack of 8 MB included: a hundred threads. A chat needs
    20 MB; the watch below ends most floods long before this."""

    open_files: int = 128
    """Descriptors, sockets included: a chat needs five."""

    file_bytes: int = 4_000_000
    """One file, those in memory (memfd_create(2)) included: a log of a chat has some kilobytes."""

    spawned: int = 512
    """Processes and threads of a program, where it has a user namespace of its own to count them in."""

    room_bytes: int = 16_000_000
    """All files of a program, its copy of the submission included; they are in memory where that can be private."""

    room_files: int = 20_000
    """The same in files and folders: a submission has 200 at most, in folders of their own that may be deep."""

    shared_bytes: int = 1_000_000
    """For /tmp and the shared memory that multiprocessing uses, of all programs in a sandbox together: a chat needs
    none."""

    # And watched from outside while it runs.

    guard_pause_s: float = 0.05
    """Between two looks at what a program uses: a bomb makes some 100 processes in that time; a look takes 0.0001 s."""

    watched_processes: int = 40
    """Of one program: a chat that opens a window or plays a sound starts a few."""

    watched_threads: int = 300
    """Of one program and its children: one for each message of a long evening is fine."""

    watched_memory_bytes: int = 400_000_000
    """Resident: a chat with a window and numpy takes 150 MB."""

    scenario_s: float = 60.0
    """One scenario from its start: ten steps, none of them patient for more than 5 s. Like every patience, in time that
    the machine gave (see harness/patience.py)."""

    own_threads: int = 50
    """Of one program, from which on it has itself to blame if the system gives it no more."""

    overload_s: float = 240.0
    """One scenario from its start, by the wall's clock: the machine has then taken at least half of that time for
    others, and a grading that goes on would keep everybody waiting."""

    again_s: float = 10.0
    """For what is run again because the machine lacked something: ten scenarios, one after the other, take 1 s."""

    again: int = 3
    """Times that they are run again: others on the machine may have had their turn meanwhile."""

    spare_descriptors: int = 6
    """Of the grader's own, beside a connection for each program: for looking at processes, a listener and a folder."""

    channel_bytes: int = 200_000_000
    """What comes through the probe's channel in a scenario: a program that sends without end makes 40 MB in a step."""

    channel_line_bytes: int = 8_192
    """One fact: the probe's longest has 4,096."""

    partial_facts: int = 16
    """Facts that may be on their way in parts at the same time: one a thread, and a chat has three."""

    call_bytes: int = 64
    """The call of a probe that has an interpreter of its own: a token of 32, a process number, two signs. Who says more
    without saying that is somebody else."""

    keep_facts: int = 20_000
    """Facts kept that are no calls; a chat makes 50."""

    keep_fact_bytes: int = 3_000_000
    """Of all facts kept of a program in a scenario; the longest honest story, read byte by byte, has 2 MB."""

    ports: int = 20
    """Ports that a second start finds again; a server has one."""

    copy_bytes: int = 5_000_000
    """Of a submission's folder, copied for each program: three small files are expected."""

    copy_files: int = 200
    """Of a submission's folder; a folder that holds a virtual environment must not be copied ten times."""

    # And the grader itself, while it judges what a program was and did, in a process of its own.

    judging_cpu_s: int = 6
    """Processor time: the heaviest text and story that all other caps let through take 2 s, a usual one 0.05 s."""

    judging_s: float = 60.0
    """The same by the clock: a machine that grades forty at once gives a tenth of a processor."""

    judging_bytes: int = 300_000_000
    """Memory beyond what the grader has when it begins: a saved story with every cap reached takes 150 MB."""

    judgement_bytes: int = 4_000_000
    """What is concluded, in the form in which it is handed over; the JSON of the contract stays below 1 MB."""

    def caps(self) -> dict[str, int]:
        """What a program may use, by the names of getrlimit(2); ROOM is its folder's."""
        return {
            "CPU": self.cpu_s,
            "DATA": self.data_bytes,
            "NOFILE": self.open_files,
            "FSIZE": self.file_bytes,
            "NPROC": self.spawned,
            "CORE": 0,
            "ROOM_BYTES": self.room_bytes,
            "ROOM_FILES": self.room_files,
        }


DEFAULT = Limits()

# Of reading a folder.

MAX_DEPTH = 20
"""Folders inside each other that are read: a beginner's modules are one or two deep."""

MAX_PATH_BYTES = 1000
"""Of a path inside the folder: a copy's path is longer, and Linux takes 4096."""

MAX_ENTRIES = 20_000
"""Names after which no further folder is opened: whoever gives a whole disk must not wait for all of it."""

MAX_SOURCE = 40_000
"""Characters of a source that is parsed: the solution has 3,000, and nobody has typed more. At the worst (a statement
every second sign, an f-string of nothing but names) so many take Python 0.2 s and 40 MB."""

# Of watching it, and the keyboard, with --suivre.

SAVE_QUIET_MS = 50
"""Without another change, after which a save is over: editors write a second file and rename it, within a few ms.
watchfiles looks as often, so a save is told 50 to 100 ms after it was made."""

SAVE_BURST_MS = 1000
"""Changes that leave no such pause are told after this time."""

SAME_FOLDER_MS = 500
"""Between two looks whether the folder is still the same one: unpacking an archive may replace it."""

WATCHING_S = 5.0
"""For the watching to begin and to end: both take a few milliseconds, but on a disk that hangs."""

GONE_S = 0.2
"""Between two attempts to watch a folder that is not there."""

INTERRUPTIBLE_S = 0.1
"""The longest wait in one go on Windows, where a wait sees Ctrl+C only at its end."""

KEY_LOOK_S = 0.05
"""Between two looks at a Windows console, which cannot be waited for together with anything else."""

KEYS_BYTES = 1024
"""Read at once: more than anybody types between two reads."""

# Of what is remembered from one run to the next.

MAX_FOLDERS = 50
"""Submissions remembered; the oldest is forgotten."""

MAX_DEGREE = 99
"""Nobody asks for so many hints; a file that says more was not written by us."""

MAX_HANDED = 10
"""Hand-ins remembered of a folder, one for each place and pseudonym; the oldest is forgotten."""
