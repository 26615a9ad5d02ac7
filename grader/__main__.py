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
    from grader.harness.process import Launcher  # noqa: F401


def forget_current_folder():  # type: () -> None
    """Look for no module in the current folder, unless it is the project: a submission may be there, with a rich.py."""
    import os  # every interpreter has it by now

    here = os.getcwd()
    if here != os.path.dirname(os.path.dirname(os.path.abspath(__file__))):
        sys.path[:] = [folder for folder in sys.path if folder not in ("", here)]


def main():  # type: () -> int
    """Run the command line, and return its exit status, whenever it is interrupted."""
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
            return run(launchers)
        finally:
            tidy_up(launchers)
    except KeyboardInterrupt:
        tidy_up(launchers)  # which may itself have been interrupted
        sys.stderr.write("\nInterrompu.\n")
        return 2


def tidy_up(launchers):  # type: (list[Launcher]) -> None
    """End every program and remove every folder; what is gone already is no error."""
    for launcher in launchers:
        launcher.close()
    workspace = sys.modules.get("grader.harness.workspace")  # not imported: nothing was made
    if workspace is not None:
        workspace.remove_all()


def run(launchers):  # type: (list[Launcher]) -> int
    """Start the launcher, then the rest.

    The launcher comes first: it takes as long to get ready as the rest of the grader takes to be imported.
    """
    from grader.errors import GraderError, UsageError
    from grader.harness.launcher import best_launcher

    try:
        launchers.append(best_launcher(isolation_of(sys.argv)))
    except (GraderError, UsageError) as error:
        sys.stderr.write("%s\n" % error)
        return 3 if isinstance(error, GraderError) else 4
    from grader import cli

    return cli.run(sys.argv[1:], launchers[0])


def isolation_of(words):  # type: (list[str]) -> str
    """The level that the command asks for; the command line is read in full only when the launcher is under way."""
    level = ""
    for word, following in zip(words, words[1:] + [""]):  # noqa: B905, RUF005 - Python 2.7 must be able to read this
        if word.partition("=")[0] == "--isolation":
            level = word.partition("=")[2] or following
    return level


if __name__ == "__main__":
    forget_current_folder()
    sys.exit(main())
