"""Command lines in French: argparse, with its English complaints replaced by sentences that say what to type."""

from __future__ import annotations

import argparse

from .errors import UsageError

TYPE_CHECKING = False  # as in typing, whose import is a tenth of all that --version takes
if TYPE_CHECKING:
    from typing import Any, NoReturn

PROGRAM = "python -m grader"


class FrenchParser(argparse.ArgumentParser):
    """argparse, complaining in French and by exception.

    Args:
        verb: the command's verb; empty for the grading itself.
        usage: what follows the verb in the line that shows the use.
        description: what it does, a sentence.
        epilog: what is to be known besides.
        positionals: what the arguments that are no options are called.
        surplus: what is said of a word that nothing was asked for.
    """

    def __init__(
        self,
        verb: str = "",
        usage: str = "",
        description: str = "",
        epilog: str = "",
        positionals: str = "argument",
        surplus: str = "En trop",
    ) -> None:
        program = f"{PROGRAM} {verb}".strip()
        super().__init__(
            prog=program,
            usage=f"{program} {usage}".strip(),
            description=description,
            epilog=epilog,
            add_help=False,
            allow_abbrev=False,
        )
        self._positionals.title = positionals  # argparse has no public way to name its groups in French
        self._optionals.title = "options"
        self._surplus = surplus

    def add_help_option(self) -> None:
        """Add --help, after all others."""
        self.add_argument("-h", "--help", action="help", help="afficher cette aide")

    def add_version_option(self, version: str) -> None:
        """Add --version."""
        self.add_argument("--version", action=_Version, version=version, nargs=0, help="afficher la version")

    def error(self, message: str) -> NoReturn:  # noqa: ARG002 - replaced, see below
        """Refuse a command; argparse's own message is English, and says no more."""
        raise UsageError(
            f"Il manque quelque chose après une option, ou une valeur ne va pas. Tape : {self.prog} --help"
        )

    def understood(self, arguments: list[str]) -> argparse.Namespace:
        """The options in force.

        Args:
            arguments: the words of the command line, behind the verb.

        Raises:
            UsageError: the command cannot be understood.
            SystemExit: --help or --version has been shown.
        """
        options, unknown = self.parse_known_args(arguments)
        if unknown:
            known = [name for action in self._actions for name in action.option_strings]
            near = nearest(unknown[0].partition("=")[0], known)
            advice = f"Voulais-tu dire {near} ?" if near else f"Tape : {self.prog} --help"
            what = "Option inconnue" if unknown[0].startswith("-") else self._surplus
            raise UsageError(f"{what} : {unknown[0]}. {advice}")
        return options


def nearest(word: str, known: list[str]) -> str:
    """The known word that was most likely meant; empty where none is near."""
    import difflib  # 5 ms that only a mistake is worth

    return next(iter(difflib.get_close_matches(word, known, n=1)), "")


class _Version(argparse.Action):
    """Show a text and end: argparse's own action folds it to the terminal's width, for 4 ms of imports."""

    def __init__(self, *, version: str, **options: Any) -> None:
        super().__init__(**options)
        self._version = version

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        print(self._version)
        parser.exit()
