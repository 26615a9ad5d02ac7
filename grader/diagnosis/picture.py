"""Draws, as data, what was said before a check was lost, and the arrow that should have come."""

from __future__ import annotations

from collections.abc import Callable

from ..transcript.calls import Accepted, ConnectReturned
from ..transcript.facts import Connected, Exited, Fact, Heard, InputEnded, PeerLeft, Shown, Typed
from ..transcript.lines import lines
from ..transcript.place import Place
from ..transcript.questions import bound, client_request, connected, place_of, server_bound
from ..transcript.record import Run
from ..transcript.scenario_names import DUO
from .case import Case, Finding
from .conversation import missed, next_move, seen_after
from .exchange import Arrow, Exchange, Kind
from .mistake import Flags

OTHER = {"serveur": "le client", "client": "le serveur"}
KEYBOARD = "clavier, écran"
REQUEST = "demande (GET /)"
HELLO = "Hello World!"


def picture(case: Case, finding: Finding) -> Exchange | None:
    """The picture that helps with a failed check; None where nothing was said, or the words say it all."""
    draw = DRAWN.get(case.check)
    if draw is None or finding.mistake.flags & Flags.PLAIN:
        return None
    return draw(case, finding)


def readable(text: str) -> str:
    """What travelled (one character a byte) as text."""
    return text.encode("latin-1", "replace").decode("utf-8", "backslashreplace").strip("\r\n")


def _lanes(case: Case) -> tuple[str, str, str]:
    return (KEYBOARD, case.code.file, OTHER[case.program])


def _meeting(case: Case) -> Arrow:
    """The connection: the client calls the server."""
    source, target = (2, 1) if case.program == "serveur" else (1, 2)
    kind = Accepted if case.program == "serveur" else ConnectReturned
    made = (one for one in case.run.of(kind, case.program) if one.gave_something)
    return Arrow(source, target, "connexion", Kind.SEEN, place_of(next(made, None)))


def _sent(case: Case, finding: Finding) -> Exchange | None:
    """A line that was typed, and did not leave."""
    return _message(case, finding, sends=True)


def _received(case: Case, finding: Finding) -> Exchange | None:
    """A line that came, and was not shown."""
    return _message(case, finding, sends=False)


def _message(case: Case, finding: Finding, *, sends: bool) -> Exchange | None:
    run, number, line = missed(case, sends=sends)
    if line is None or not connected(case.run, case.program):
        return None
    arrows = [_meeting(case)]
    if number > 1:
        passed = "1 message bien passé" if number == 2 else f"{number - 1} messages bien passés"
        arrows.append(Arrow(1, 1, passed, Kind.FOLDED))
    inward, outward = ((0, 1), (1, 2)) if sends else ((2, 1), (1, 0))
    arrows.append(Arrow(*inward, line.move.text))
    arrows.append(_came_or_not(outward, line.move.text, line.answer, _responsible(case, finding, sends=sends)))
    arrows += _ending(case, run, line.move)
    return Exchange(_lanes(case), tuple(arrows))


def _responsible(case: Case, finding: Finding, *, sends: bool) -> Place | None:
    """The line that should have sent, or shown: the one to look at, or the call itself where that is elsewhere."""
    calls = case.code.calls(*(("send", "sendall", "sendto", "write") if sends else ("print", "write")))
    inside = case.program != "etape1"  # there the main program itself answers
    lines_of = [call.lineno for call in calls if not inside or case.code.function_around(call.lineno) is not None]
    place = finding.place
    if place is not None and (place.line in lines_of or not lines_of) and not finding.mistake.flags & Flags.ROOT:
        return place
    return case.at(lines_of[0]) if len(set(lines_of)) == 1 else None


def _came_or_not(way: tuple[int, int], wanted: str, answer: str, place: Place | None) -> Arrow:
    """What came instead of a text, or the arrow that is missing."""
    if answer.strip():
        return Arrow(*way, readable(answer), Kind.WRONG, place)
    return Arrow(*way, wanted, Kind.MISSING, place)


def _ending(case: Case, run: Run, move: Fact) -> list[Arrow]:
    """That the program was over by then, if it was."""
    until = next_move(run, move)
    over = run.first(Exited, case.program)
    facts = run.facts if until is None else run.facts[: run.position(until)]
    return [Arrow(1, 1, f"{case.code.file} s'est arrêté", Kind.NOTE)] if over in facts else []


def _threads(case: Case, finding: Finding) -> Exchange | None:
    """What did not pass because the threads do not work side by side."""
    drawn = _received(case, finding) or _sent(case, finding)
    return drawn if finding.mistake.flags & Flags.ROOT else None


def _hello(case: Case, finding: Finding) -> Exchange | None:
    """The request and the answer of Étape 1."""
    if not case.run.has(Connected, "etape1"):
        return None
    answer = "".join(one.text for one in case.run.of(Heard))
    arrows = [
        Arrow(0, 1, "connexion"),
        Arrow(0, 1, REQUEST),
        _came_or_not((1, 0), HELLO, answer, _responsible(case, finding, sends=True)),
    ]
    return Exchange(("le client (curl)", case.code.file), tuple(arrows))


def _step1_end(case: Case, finding: Finding) -> Exchange | None:
    if not case.run.has(Connected, "etape1"):
        return None
    answer = "".join(one.text for one in case.run.of(Heard))
    arrows = [Arrow(0, 1, "connexion"), Arrow(0, 1, REQUEST)]
    arrows += [Arrow(1, 0, readable(answer)[:60])] if answer else []
    arrows.append(Arrow(1, 1, _end_note(case, case.run), Kind.NOTE, finding.place))
    return Exchange(("le client (curl)", case.code.file), tuple(arrows))


def _end_note(case: Case, run: Run) -> str:
    exited = run.first(Exited, case.program)
    return "ne s'arrête pas" if exited is None else f"s'arrête avec le code {exited.status}"


def _end(case: Case, _: Finding) -> Exchange | None:
    """The end of the conversation, and the program that stays."""
    run = next((one for one in case.runs if not one.has(Exited, case.program)), None)
    if run is None or not connected(run, case.program):
        return None
    arrows = [_meeting(case), Arrow(1, 1, "la conversation", Kind.FOLDED)]
    for fact in run.facts:
        if isinstance(fact, PeerLeft):
            arrows.append(Arrow(2, 1, "il raccroche"))
        elif isinstance(fact, InputEnded):
            arrows.append(Arrow(0, 1, "fin du clavier (Ctrl+D)"))
    arrows.append(Arrow(1, 1, "ne s'arrête pas", Kind.NOTE))
    return Exchange(_lanes(case), tuple(arrows))


def _address(case: Case, finding: Finding) -> Exchange | None:
    """A call that finds nobody."""
    server, call = server_bound(case.transcript), client_request(case.transcript)
    if not finding.mistake.flags & Flags.UNMET or server is None or call is None:
        return None
    files = case.submission.program_files()
    wanted = Arrow(0, 1, f"appelle {call.host}, port {call.port}", Kind.MISSING)
    listens = Arrow(1, 1, f"écoute : {server.host or 'toutes ses adresses'}, port {server.port}", Kind.NOTE)
    return Exchange((files.get("client", "client.py"), files.get("serveur", "serveur.py")), (listens, wanted))


def _door(case: Case, finding: Finding) -> Exchange | None:
    address = bound(case.run)
    if not finding.mistake.flags & Flags.OTHER_DOOR or address is None:
        return None
    listens = Arrow(1, 1, f"écoute : {address.host or 'toutes ses adresses'}, port {address.port}", Kind.NOTE)
    wanted = Arrow(0, 1, "appelle localhost, port 4242", Kind.MISSING)
    return Exchange(("le client (curl)", case.code.file), (listens, wanted))


def _together(case: Case, finding: Finding) -> Exchange | None:
    """A line that was typed in one program and not shown by the other."""
    run = case.transcript.run(DUO)
    files = case.submission.program_files()
    for source, target in (("serveur", "client"), ("client", "serveur")):
        for line in lines(run, Typed, source, target, as_text=case.check == "accents"):
            if line.came:
                continue
            after = seen_after(run, line.move)
            sent = readable("".join(one.text for one in after if isinstance(one, Heard) and one.program == source))
            shown = "".join(one.text for one in after if isinstance(one, Shown) and one.program == target)
            missing = Arrow(1, 2, line.move.text, Kind.MISSING, _in(files[source], finding))
            crossing = Arrow(1, 2, sent) if sent else missing
            arrows = [Arrow(0, 1, line.move.text), crossing]
            if sent:
                arrows.append(_came_or_not((2, 3), line.move.text, shown, _in(files[target], finding)))
            return Exchange(("clavier", files[source], files[target], "écran"), tuple(arrows))
    return None


def _in(file: str, finding: Finding) -> Place | None:
    return finding.place if finding.place is not None and finding.place.file == file else None


DRAWN: dict[str, Callable[[Case, Finding], Exchange | None]] = {
    "ecoute": _door,
    "hello": _hello,
    "fin": _step1_end,
    "adresse": _address,
    "send": _sent,
    "reception": _received,
    "threads": _threads,
    "join": _end,
    "dialogue": _together,
    "accents": _together,
}
"""Which picture goes with a check, by the last part of its id."""
