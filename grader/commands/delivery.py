"""Carries one hand-in to where it goes: sends it, keeps a file of it until it has arrived, and gives a receipt."""

from __future__ import annotations

import hashlib
import os
import time
from contextlib import ExitStack
from dataclasses import dataclass

from ..club.hand_in import SUFFIX, Choice, places_for, zipped
from ..club.packing import digest_of
from ..club.place import Kind, Place
from ..club.pseudonym import safe
from ..club.scratch import Scratch
from ..club.send import BRANCH, Arrival, NotSentError, Parcel, TakenError, send
from ..errors import ExitStatus, GraderError, UsageError, reason
from ..escape import escape, quoted, shown
from ..files import write_whole_bytes
from ..french import moment, size
from ..memory import Handed, Store
from ..report.console import filled
from .asking import MOST_ASKED, Asker, say

NOT_A_PSEUDONYM = "« {} » ne fait pas un pseudonyme : il y faut au moins deux lettres (de a à z) ou chiffres."

MAX_PATH = 320
"""Characters of a path in a sentence."""

TO_CARRY = "donne ce fichier à ton encadrant, sur une clé USB ou dans un message"


def chosen_pseudonym(question: str, asker: Asker, usual: str = "") -> str:
    """The pseudonym that is answered, asked for until it is one; ``usual`` for Enter alone."""
    for _ in range(MOST_ASKED):
        answer = asker.ask(question)
        pseudo = safe(answer) if answer else usual
        if pseudo:
            return pseudo
        if answer:
            say(NOT_A_PSEUDONYM.format(shown(answer)))
    raise asker.nobody()


@dataclass
class Delivery:
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
                        pseudo = chosen_pseudonym("Alors choisis un autre pseudonyme :", self.asker)
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
        handed = Handed(arrival.mark, {path: checksum_of(data) for path, data in parcel.files.items()})
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


def checksum_of(data: bytes) -> str:
    """What tells a file that was handed in from another."""
    return hashlib.sha256(data).hexdigest()[:16]
