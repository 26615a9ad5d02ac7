"""The command ``rendre``: shows what will go, asks for a pseudonym, and has it delivered."""

from __future__ import annotations

import time

from ..cli import hand_in_parser
from ..club.hand_in import SUFFIX, Choice, choose
from ..club.place import Kind, Place, default_place, place_of
from ..club.pseudonym import safe
from ..club.settings import Settings, read_settings
from ..errors import ExitStatus, UsageError
from ..escape import escape, quoted, shown
from ..files import ROOT
from ..folder import folder_of
from ..french import decimal, moment, size, some
from ..limits import DEFAULT
from ..memory import Handed, Memory, store_of
from ..options import PROGRAM
from ..report.console import filled
from ..submission import Submission, read_submission
from .asking import Asker, say
from .delivery import MAX_PATH, NOT_A_PSEUDONYM, Delivery, checksum_of, chosen_pseudonym

COMMAND = f"{PROGRAM} rendre"


WHY = (
    "Choisis un pseudonyme, et dis-le à ton encadrant. Pas ton nom complet : d'autres que lui liront peut-être ce que "
    "tu rends, et ton nom n'a pas besoin d'y être."
)
INSTEAD = f"{COMMAND} --pseudo TON-PSEUDO --oui"
"""What to type where nobody can be asked."""


MOST_NAMED = 6
"""Files that stay and are named."""


def main(arguments: list[str]) -> int:
    """Hand in, and return the exit status.

    Raises:
        UsageError: the command cannot be understood, or nothing arrived.
        GraderError: this machine has failed.
    """
    options = hand_in_parser().understood(arguments)
    folder = folder_of(options.folder, command=COMMAND, purpose="rendre")
    submission = read_submission(folder, DEFAULT, COMMAND)
    choice = choose(submission)
    if not choice.files:
        raise UsageError(" ".join(remark.text for remark in submission.remarks))
    store = store_of(folder)
    memory = store.read()
    settings, place, problem = _destination(options.vers, folder)
    _show(folder, submission, choice, memory)
    _show_until(settings)
    asker = Asker(INSTEAD, silent=options.oui)
    pseudo = _pseudonym(options.pseudo, memory.pseudo, asker)
    if problem and not asker.silent:
        say("", problem)
    if not asker.agrees(_what_goes(choice, pseudo, place, meanwhile=bool(problem))):
        say("Rien n'est parti.")
        return ExitStatus.INTERRUPTED
    return Delivery(folder, choice, place, problem, store, asker).run(pseudo, mine=options.encore)


def _destination(given: str | None, folder: str) -> tuple[Settings, Place, str]:
    """What the club has written, where to hand in, and why that cannot be: then the file is made all the same."""
    settings = Settings()
    try:
        if given is not None:
            return settings, place_of(given, folder), ""
        settings = read_settings(ROOT)
        return settings, default_place(ROOT, folder, settings.where), ""
    except UsageError as error:
        return settings, Place(Kind.NOWHERE), str(error)


def _show(folder: str, submission: Submission, choice: Choice, memory: Memory) -> None:
    """What will go, what is missing or unchanged, and the score."""
    last = _last(memory)
    sums = {path: checksum_of(data) for path, data in choice.files.items()}
    same = last is not None and last.files == sums
    say(f"Ton rendu, pris dans {shown(folder, MAX_PATH)} :", "")
    width = max(len(escape(path)) for path in (*choice.files, *choice.missing))
    sizes = {path: size(len(data)) for path, data in choice.files.items()}
    wide = max(map(len, sizes.values()))
    for path in choice.files:
        notes = [_todos(choice.todos[path])] if path in choice.todos else []
        if last is not None and not same and last.files.get(path) == sums[path]:
            notes.append("inchangé depuis ton dernier rendu")
        row = f"  {escape(path).ljust(width)}  {sizes[path].rjust(wide)}"
        print(filled(", ".join(notes), f"{row}   ", " " * (len(row) + 3)) if notes else row)
    for path in choice.missing:
        print(f"  {path.ljust(width)}  manque")
    say("")
    if choice.staying:
        names = some(list(map(shown, choice.staying)), MOST_NAMED - 1)
        say(f"Reste{'nt' * (len(choice.staying) > 1)} ici, car tes programmes ne s'en servent pas : {names}.")
    for remark in submission.remarks:
        say(remark.text)
    if same:
        say("Rien n'a changé depuis ton dernier rendu.")
    if memory.score is not None and submission.checksum() == memory.digest:
        say(f"Ces fichiers ont été notés : {decimal(memory.score)} sur 20.")
    else:
        say(f"Ces fichiers n'ont pas encore été notés : {_grading(folder)} dit ce qu'ils valent.")


def _grading(folder: str) -> str:
    """The command that grades the folder."""
    return PROGRAM if folder == folder_of(None) else f"{PROGRAM} {quoted(shown(folder, MAX_PATH))}"


def _todos(numbers: tuple[str, ...]) -> str:
    """The TODOs that are left, in a few words: « TODO 2 », « TODO 1, 4 », « TODO 1 à 9 »."""
    known = [int(number) for number in numbers if number.isdecimal()]
    if len(known) > 2 and known == list(range(known[0], known[-1] + 1)):
        return f"encore à faire : TODO {known[0]} à {known[-1]}"
    return "encore à faire : TODO " + ", ".join(map(str, known[:MOST_NAMED])) if known else "il y reste un TODO"


def _show_until(settings: Settings) -> None:
    if settings.until is None:
        return
    when = moment(settings.until.timestamp())
    if settings.is_late(time.time()):
        say(f"C'était pour le {when} : ton rendu sera accepté, et marqué en retard.")
    else:
        say(f"C'est à rendre avant le {when}.")


def _pseudonym(given: str | None, remembered: str, asker: Asker) -> str:
    """The pseudonym to hand in under.

    Raises:
        UsageError: there is none, or what was given makes none.
    """
    if given is not None:
        if not safe(given):
            raise UsageError(NOT_A_PSEUDONYM.format(shown(given)))
        return safe(given)
    remembered = safe(remembered)
    if asker.silent:
        if not remembered:
            raise UsageError(f"Sous quel pseudonyme ? Tape : {INSTEAD}")
        return remembered
    if remembered:
        say("", f"Tu rends sous le nom « {remembered} ».")
        return chosen_pseudonym("Entrée si c'est bien toi, sinon tape ton pseudonyme :", asker, remembered)
    say("", WHY)
    return chosen_pseudonym("Ton pseudonyme :", asker)


def _what_goes(choice: Choice, pseudo: str, place: Place, *, meanwhile: bool) -> str:
    count = len(choice.files)
    what = f"{count} fichiers" if count > 1 else "un fichier"
    if place.kind is Kind.NOWHERE:
        begin = "En attendant, je mets" if meanwhile else "Je mets"
        return f"{begin} {what} dans {pseudo}{SUFFIX}, sous le nom « {pseudo} ». D'accord ?"
    return f"J'envoie {what} sous le nom « {pseudo} » à {place.name()}. D'accord ?"


def _last(memory: Memory) -> Handed | None:
    """The last hand-in under the pseudonym that is remembered."""
    own = [one for key, one in memory.handed.items() if key.endswith("/" + memory.pseudo)]
    return own[-1] if own else None
