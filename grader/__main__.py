"""The command `python -m grader`: checks Python's version, gets the programs' launcher ready, hands over to the CLI."""

import sys

if sys.version_info < (3, 10):  # before anything that an older Python cannot even read
    sys.stderr.write(
        "ChatPy a besoin de Python 3.10 ou plus recent, et celui-ci est le %d.%d.\n"
        "Installe une version recente depuis https://www.python.org/downloads/ puis tape : python3 -m grader\n"
        % sys.version_info[:2]
    )
    sys.exit(4)

if False:  # for type checkers, which read the comments below
    from collections.abc import Callable  # noqa: F401

    from grader.harness.process import Launcher  # noqa: F401


NO_MEMORY = "Cette machine n'a plus assez de memoire libre : ferme des programmes. Ce n'est pas ta faute.\n"
"""Said before anything of the grader's could be imported."""


def open_standard_streams():  # type: () -> None
    """Open the null device where a standard stream is closed: under cron, a job runner, pythonw.

    What is opened next would take its number otherwise, and then a socket of ours is a program's keyboard. Python
    itself has None for such a stream, which nothing can be written to.
    """
    import os  # every interpreter has it by now

    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            opened = os.open(os.devnull, os.O_RDWR)
            if opened != number:  # Windows keeps the numbers of a program without a console
                os.dup2(opened, number)
                os.close(opened)
            os.set_inheritable(number, True)  # or whoever we start has it closed, and the same trouble
        if getattr(sys, name) is None:
            stream = open(  # noqa: SIM115 - as long as the interpreter lasts
                number, "w" if number else "r", encoding="utf-8", errors="backslashreplace", closefd=False
            )
            setattr(sys, name, stream)
            setattr(sys, "__%s__" % name, stream)


def find_the_package():  # type: () -> None
    """Make `grader` a package that can be imported, and nothing in it a module of its own.

    `python grader` and an editor's Run button put this very folder first, where keys.py and files.py would hide other
    modules. A current folder that is not the project is no place to look either: a submission with a rich.py may be
    there.
    """
    import os

    own = os.path.dirname(os.path.abspath(__file__))
    project = os.path.dirname(own)
    unwanted = {own} if os.getcwd() == project else {own, os.getcwd()}
    sys.path[:] = [folder for folder in sys.path if os.path.abspath(folder) not in unwanted]
    if __package__ != "grader":
        sys.path.insert(0, project)


def supervised(work):  # type: (Callable[[list[Launcher]], int]) -> int
    """Do a command's work, and return its exit status, whenever it is interrupted.

    Args:
        work: adds each launcher that it makes to the list that it is given.
    """
    import gc
    import signal

    names = [name for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]

    def interrupt(*_):  # type: (object) -> None
        for name in names:  # once: a second Ctrl+C must not stop the tidying up
            signal.signal(getattr(signal, name), signal.SIG_IGN)
        raise KeyboardInterrupt

    gc.disable()  # a grading makes no cycles worth looking for, and the search takes 7 ms of it
    for name in names:  # whoever ends the grader by another signal wants it to tidy up, too
        if name != "SIGINT" or signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
            signal.signal(getattr(signal, name), interrupt)
    launchers = []  # type: list[Launcher]
    try:
        try:
            return work(launchers)
        finally:
            tidy_up(launchers)
    except KeyboardInterrupt:
        tidy_up(launchers)  # which may itself have been interrupted
        forget_the_interruption()
        sys.stderr.write("\nInterrompu.\n")
        return 2
    except MemoryError:
        sys.stderr.write(NO_MEMORY)
        return 3


def forget_the_interruption():  # type: () -> None
    """Have CPython end with our status.

    Where a text was being executed (a dataclass is made of one), it remembers that nobody caught the interruption
    there, and ends by the signal; the next text that is executed makes it forget (pythonrun.c).
    """
    exec("")  # noqa: S102 - nothing


def tidy_up(launchers):  # type: (list[Launcher]) -> None
    """End every program and remove every folder; what is gone already is no error."""
    for launcher in launchers:
        launcher.close()
    workspace = sys.modules.get("grader.harness.workspace")  # not imported: nothing was made
    if workspace is not None:
        workspace.remove_all()


def main():  # type: () -> int
    """Run the command line, and return its exit status."""
    return supervised(run)


def run(launchers):  # type: (list[Launcher]) -> int
    """Run the command of a verb, or answer what is asked about the command; else start the launcher, then the rest.

    The launcher comes first: it takes as long to get ready as the rest of the grader takes to be imported.
    """
    from grader.commands import VERBS, answered
    from grader.commands import run as run_verb

    words = sys.argv[1:]
    if words and words[0] in VERBS:
        return run_verb(words[0], words[1:])
    status = answered("", words)
    if status:
        return status
    from grader.errors import GraderError, UsageError
    from grader.harness.launcher import best_launcher

    try:
        launchers.append(best_launcher(isolation_of(words)))
    except (GraderError, UsageError) as error:
        sys.stderr.write("%s\n" % error)
        return 3 if isinstance(error, GraderError) else 4
    from grader.commands import grade

    return grade.main(words, launchers[0])


def isolation_of(words):  # type: (list[str]) -> str
    """The level that the command asks for; the command line is read in full only when the launcher is under way."""
    level = ""
    for word, following in zip(words, words[1:] + [""]):  # noqa: B905, RUF005 - Python 2.7 must be able to read this
        if word.partition("=")[0] == "--isolation":
            level = word.partition("=")[2] or following
    return level


if __name__ == "__main__":
    open_standard_streams()
    find_the_package()
    sys.exit(main())
