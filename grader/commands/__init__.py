"""The commands that have a verb: one module each, which offers ``main``."""

from __future__ import annotations

from importlib import import_module

VERBS = {"rendre": "hand_in", "club": "club", "rejuger": "judge_again"}
"""The module of each verb. A folder of that name is still graded as ``./club``."""


def run(verb: str, arguments: list[str]) -> int:
    """Run the command of a verb, and return its exit status."""
    from ..guarded import free_output_encoding, guarded

    free_output_encoding()
    main = import_module(f".{VERBS[verb]}", __name__).main
    return guarded(lambda: int(main(arguments)))
