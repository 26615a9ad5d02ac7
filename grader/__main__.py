"""The command `python -m grader`: checks Python's version, gets the programs' launcher ready, hands over to the CLI."""

import sys

if sys.version_info < (3, 10):  # before anything that an older Python cannot even read
    sys.stderr.write(
        "ChatPy a besoin de Python 3.10 ou plus recent, et celui-ci est le %d.%d.\n"
        "Installe une version recente depuis https://www.python.org/downloads/ puis tape : python3 -m grader\n"
        % sys.version_info[:2]
    )
    sys.exit(4)


def main():  # type: () -> int
    """Run the command line, and return its exit status, whenever it is interrupted."""
    import gc
    import signal

    gc.disable()  # a grading makes no cycles worth looking for, and the search takes 7 ms of it
    for name in ("SIGTERM", "SIGHUP"):  # whoever ends the grader so wants it to tidy up, too
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.default_int_handler)
    try:
        return run()
    except KeyboardInterrupt:
        sys.stderr.write("\nInterrompu.\n")
        return 2


def run():  # type: () -> int
    """Start the launcher, then the rest.

    The launcher comes first: it takes as long to get ready as the rest of the grader takes to be imported.
    """
    from grader.errors import GraderError
    from grader.harness.launcher import best_launcher

    try:
        launcher = best_launcher()
    except GraderError as error:
        sys.stderr.write("%s\n" % error)
        return 3
    try:
        from grader import cli

        return cli.run(sys.argv[1:], launcher)
    finally:
        launcher.close()


if __name__ == "__main__":
    sys.exit(main())
