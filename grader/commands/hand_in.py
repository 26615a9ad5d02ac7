"""The command ``rendre``: shows what will go, asks for a pseudonym, sends, and gives a receipt."""

from __future__ import annotations

import hashlib
import os
import time
from contextlib import ExitStack
from dataclasses import dataclass

from ..club.hand_in import SUFFIX, Choice, choose, places_for, zipped
from ..club.packing import digest_of
from ..club.place import Kind, Place, default_place, place_of
from ..club.pseudonym import safe
from ..club.scratch import Scratch
from ..club.send import BRANCH, Arrival, NotSentError, Parcel, TakenError, send
from ..club.settings import Settings, read_settings
from ..errors import ExitStatus, GraderError, UsageError, reason
from ..escape import escape, quoted, shown
from ..files import write_whole_bytes
from ..folder import ROOT, folder_of
from ..french import decimal, moment, size
from ..limits import DEFAULT
from ..memory import Handed, Memory, Store, store_of
from ..options import PROGRAM, FrenchParser
from ..report.console import filled
from ..submission import Submission, read_submission
from .asking import MOST_ASKED, Asker, say

COMMAND = f"{PROGRAM} rendre"

DESCRIPTION = "Rends ton travail : montre ce qui va partir, l'envoie au club, et donne un reçu."
EPILOG = (
    "Sans --vers, ton rendu va où le dit club.toml, à côté du README ; sinon, d'où le projet a été cloné ; sinon, il "
    "reste ici, dans un fichier PSEUDO.rendu à donner à ton encadrant. Code de sortie : 0 rendu, 2 interrompu, "
    "3 panne, 4 pas rendu (une phrase dit pourquoi)."
)

WHY = (
    "Choisis un pseudonyme, et dis-le à ton encadrant. Pas ton nom complet : d'autres que lui liront peut-être ce que "
    "tu rends, et ton nom n'a pas besoin d'y être."
)
NOT_A_PSEUDONYM = "« {} » ne fait pas un pseudonyme : il y faut au moins deux lettres (de a à z) ou chiffres."
INSTEAD = f"{COMMAND} --pseudo TON-PSEUDO --oui"
"""What to type where nobody can be asked."""

TO_CARRY = "donne ce fichier à ton encadrant, sur une clé USB ou dans un message"

MAX_PATH = 320
"""Characters of a path in a sentence."""

MOST_NAMED = 6
"""Files that stay and are named."""


def main(arguments: list[str]) -> int:
    """Hand in, and return the exit status.

    Raises:
        UsageError: the command cannot be understood, or nothing arrived.
        GraderError: this machine has failed.
    """
    options = _parser().understood(arguments, "Un seul dossier à la fois ; en trop")
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
    return _Delivery(folder, choice, place, problem, store, asker).run(pseudo, mine=options.encore)


def _parser() -> FrenchParser:
    parser = FrenchParser("rendre", "[DOSSIER] [options]", DESCRIPTION, EPILOG)
    parser.add_argument("folder", metavar="DOSSIER", nargs="?", help="le dossier à rendre (par défaut : skeleton)")
    parser.add_argument("--pseudo", metavar="PSEUDO", help="ton pseudonyme (retenu pour la prochaine fois)")
    parser.add_argument("--vers", metavar="OÙ", help="un dépôt git (adresse ou dossier), un dossier, une clé USB")
    parser.add_argument("--oui", action="store_true", help="ne poser aucune question")
    parser.add_argument(
        "--encore", action="store_true", help="un rendu de ce pseudonyme, venu d'ailleurs, est déjà là : c'est le tien"
    )
    parser.add_help_option()
    return parser


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
    sums = {path: _sum(data) for path, data in choice.files.items()}
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
        named = choice.staying if len(choice.staying) <= MOST_NAMED else choice.staying[: MOST_NAMED - 1]
        more = len(choice.staying) - len(named)  # two at least, or none
        names = ", ".join(map(shown, named)) + (f" et {more} autres" if more else "")
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
        return _chosen("Entrée si c'est bien toi, sinon tape ton pseudonyme :", asker, remembered)
    say("", WHY)
    return _chosen("Ton pseudonyme :", asker)


def _chosen(question: str, asker: Asker, usual: str = "") -> str:
    for _ in range(MOST_ASKED):
        answer = asker.ask(question)
        pseudo = safe(answer) if answer else usual
        if pseudo:
            return pseudo
        if answer:
            say(NOT_A_PSEUDONYM.format(shown(answer)))
    raise asker.nobody()


def _what_goes(choice: Choice, pseudo: str, place: Place, *, meanwhile: bool) -> str:
    count = len(choice.files)
    what = f"{count} fichiers" if count > 1 else "un fichier"
    if place.kind is Kind.NOWHERE:
        begin = "En attendant, je mets" if meanwhile else "Je mets"
        return f"{begin} {what} dans {pseudo}{SUFFIX}, sous le nom « {pseudo} ». D'accord ?"
    return f"J'envoie {what} sous le nom « {pseudo} » à {place.name()}. D'accord ?"


@dataclass
class _Delivery:
    """One hand-in, until it has arrived.

    Attributes:
        folder: the submission's.
        choice: what goes.
        place: where.
        problem: why there is no place, a sentence; empty where nothing is wrong.
        store: where it is remembered.
        asker: whom to ask.
    """

    folder: str
    choice: Choice
    place: Place
    problem: str
    store: Store
    asker: Asker

    def run(self, pseudo: str, *, mine: bool) -> int:
        """Send, and ask for another pseudonym where that one is somebody's; returns the exit status."""
        with ExitStack() as stack:
            scratch = None
            try:
                scratch = stack.enter_context(Scratch())
            except (UsageError, GraderError, OSError) as error:
                self._lacks_git(error)
            while True:
                if scratch is not None:
                    scratch.renew()
                parcel = self._parcel(pseudo, scratch)
                kept, why = self._keep(parcel)
                try:
                    arrival = self._send(parcel, scratch, kept, why, mine=mine)
                except TakenError:
                    if self.asker.silent:
                        raise UsageError(
                            f"Un rendu de « {pseudo} » est déjà là, et il n'est pas parti d'ici : si c'est le tien, "
                            f"ajoute --encore ; sinon, prends un autre --pseudo. {_waits(kept, why)}"
                        ) from None
                    mine = self._is_theirs(pseudo)
                    if not mine:
                        _remove(kept)
                        pseudo = _chosen("Alors choisis un autre pseudonyme :", self.asker)
                    continue
                if self.place.kind is not Kind.NOWHERE:
                    _remove(kept)
                self._remember(parcel, arrival)
                self._receipt(parcel, arrival, kept)
                return ExitStatus.FULL_MARKS

    def _parcel(self, pseudo: str, scratch: Scratch | None) -> Parcel:
        when_s = int(time.time())
        files = self.choice.files
        if scratch is not None:
            try:
                return Parcel(pseudo, files, scratch.bundle(scratch.commit(files, when_s), BRANCH + pseudo), when_s)
            except (GraderError, OSError) as error:
                self._lacks_git(error)
        return Parcel(pseudo, files, zipped(files), when_s)

    def _lacks_git(self, error: Exception) -> None:
        """Go on without git where that is possible: a folder takes a zip as well."""
        if self.place.kind is Kind.REPOSITORY:
            self.problem = f"{reason(error)}." if isinstance(error, OSError) else str(error)

    def _keep(self, parcel: Parcel) -> tuple[str, str]:
        """Write the file that can be carried; returns its path, or an empty one and why there is none."""
        why = ""
        for folder in places_for(self.folder):
            path = os.path.join(folder, parcel.pseudo + SUFFIX)
            if self.place.kind is Kind.FOLDER and os.path.realpath(folder) == os.path.realpath(self.place.address):
                continue  # that is where it goes anyway
            try:
                write_whole_bytes(path, parcel.data)
            except OSError as error:
                why = why or reason(error)
            else:
                return path, ""
        return "", why

    def _send(self, parcel: Parcel, scratch: Scratch | None, kept: str, why: str, *, mine: bool) -> Arrival:
        """Send it.

        Raises:
            TakenError: somebody else has that pseudonym there.
            UsageError: it did not arrive; says why, and where the file is.
        """
        try:
            if self.problem:
                raise NotSentError(self.problem)
            if self.place.kind is Kind.NOWHERE:
                if not kept:
                    raise NotSentError(why)
                return Arrival(digest_of(parcel.files))
            if self.place.kind is Kind.REPOSITORY and not self.asker.silent:
                say("", "J'envoie… (45 secondes au plus)")
            known = self.store.read().handed.get(self.place.key(parcel.pseudo))
            return send(parcel, self.place, scratch, known.mark if known is not None else "", mine=mine)
        except (NotSentError, GraderError) as error:
            cause = str(error) if str(error).endswith((".", "?")) else f"{error}."
            raise UsageError(f"Ton rendu n'est pas parti : {cause} {_waits(kept, why)}") from error

    def _is_theirs(self, pseudo: str) -> bool:
        return self.asker.agrees(
            f"Un rendu de « {pseudo} » est déjà là, et il n'est pas parti d'ici. "
            "C'est toi qui l'as rendu, depuis une autre machine ?",
            usual=False,
        )

    def _remember(self, parcel: Parcel, arrival: Arrival) -> None:
        handed = Handed(arrival.mark, {path: _sum(data) for path, data in parcel.files.items()})
        key = self.place.key(parcel.pseudo)
        self.store.write(self.store.read().after_hand_in(parcel.pseudo, key, handed))

    def _receipt(self, parcel: Parcel, arrival: Arrival, kept: str) -> None:
        if self.place.kind is Kind.NOWHERE:
            title = "Ton rendu est prêt."
            where = kept
        else:
            title = "Déjà rendu : exactement ces fichiers y sont." if arrival.already else "Ton rendu est arrivé."
            where = self.place.name()
        files = ", ".join(f"{escape(path)} ({size(len(data))})" for path, data in parcel.files.items())
        rows = {
            "pseudonyme": parcel.pseudo,
            "numéro": digest_of(parcel.files)[:8],
            "vu le" if arrival.already else "le": moment(parcel.when_s),
            "où": where,
            "fichiers": files,
        }
        say("", title, "")
        for name, text in rows.items():
            print(filled(text, f"  {name:12}", " " * 14))
        say("")
        if self.place.kind is Kind.NOWHERE:
            say(f"Le club n'a pas dit où l'envoyer : {TO_CARRY}.")
        elif self.place.kind is Kind.FOLDER:
            say("Si c'est une clé USB, éjecte-la avant de la retirer.")
        say("Tu as amélioré quelque chose ? Rends de nouveau : c'est le dernier rendu qui compte.")


def _waits(kept: str, why: str) -> str:
    """Where the file is that can be carried."""
    if kept:
        return f"Ton rendu t'attend dans {quoted(shown(kept, MAX_PATH))} : recommence, ou {TO_CARRY}."
    return f"Je n'ai pas pu le garder dans un fichier non plus : {why}."


def _remove(path: str) -> None:
    try:
        if path:
            os.unlink(path)
    except OSError:
        pass  # it is only one more copy


def _last(memory: Memory) -> Handed | None:
    """The last hand-in under the pseudonym that is remembered."""
    own = [one for key, one in memory.handed.items() if key.endswith("/" + memory.pseudo)]
    return own[-1] if own else None


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]
