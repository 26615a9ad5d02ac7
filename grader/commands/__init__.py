"""The commands that have a verb: one module each, which offers ``main``."""

from __future__ import annotations

from importlib import import_module

VERBS = {"rendre": "hand_in", "club": "club", "rejuger": "judge_again"}
"""The module of each verb. A folder of that name is still graded as ``./club``."""

ABOUT = frozenset({"--help", "-h", "--version"})
"""What is answered by the parser alone: nothing is started for it, and hardly anything imported."""


def run(verb: str, arguments: list[str]) -> int:
    """Run the command of a verb, and return its exit status."""
    from ..guarded import free_output_encoding, guarded

    free_output_encoding()
    status = answered(verb, arguments)
    if status:
        return status
    main = import_module(f".{VERBS[verb]}", __name__).main
    return guarded(lambda: int(main(arguments)))


def answered(verb: str, arguments: list[str]) -> int:
    """Answer what is asked about a verb's command, without a verb about the grading's.

    Returns:
        the exit status where it cannot be understood; else 0, and there is more to do.

    Raises:
        SystemExit: it has been answered.
    """
    if ABOUT.isdisjoint(arguments):
        return 0
    from ..cli import answer
    from ..guarded import guarded

    return guarded(lambda: answer(verb, arguments))
