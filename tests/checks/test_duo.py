"""The checks of both programs together, and the bonuses, on transcripts written by hand."""

from __future__ import annotations

from grader.checks.duo import check_accents, check_again, check_clean, check_dialogue, check_long
from grader.checks.verdict import Status
from grader.transcript.facts import Complained, Connected, Fact, Heard, ReuseSet, Said, Shown, Typed
from grader.transcript.record import Transcript

from .facts import accepts, dials, exits, listens, said, transcript, typed

SERVER, CLIENT = [*listens(), *accepts()], dials()


def across(text: str, source: str, target: str, shown: str | None = None) -> list[Fact]:
    """A line typed in one program and what the other shows."""
    data = (text if shown is None else shown).encode().decode("latin-1")
    return [Typed(1.0, source, text), Heard(1.0, source, data + "\n"), Shown(1.1, target, data + "\n")]


def duo(lines: list[Fact], **more: list[Fact]) -> Transcript:
    """Two programs that meet and say some lines."""
    return transcript(serveur__parle=SERVER, client__parle=CLIENT, duo=[*SERVER, *CLIENT, *lines], **more)


TALK = [fact for n in range(3) for fact in across(f"s{n}", "serveur", "client")] + [
    fact for n in range(2) for fact in across(f"c{n}", "client", "serveur")
]
ACCENTS = across("été 🎉", "serveur", "client") + across("Noël 🐍", "client", "serveur")


def test_lines_must_go_both_ways() -> None:
    assert check_dialogue(duo(TALK)).status is Status.PASSED
    assert check_dialogue(duo(TALK[:-3])).cause == "duo_interrompu"
    assert check_dialogue(duo(TALK[:-3] + across("c1", "client", "serveur", "c"))).cause == "duo_muet"


def test_what_never_left_its_program_is_no_dialogue() -> None:
    """However it came to the other one: through a file, a pipe, or another socket."""
    assert check_dialogue(duo([fact for fact in TALK if not isinstance(fact, Heard)])).status is Status.FAILED


def test_bytes_are_a_dialogue_but_spoil_accents() -> None:
    quoted = across("s2", "serveur", "client", "b's2\\n'")
    assert check_dialogue(duo(TALK[:6] + quoted + TALK[9:])).status is Status.PASSED
    spoilt = across("été", "serveur", "client", "b'\\xc3\\xa9t\\xc3\\xa9'") + ACCENTS[3:]
    assert check_accents(duo(TALK + spoilt)).cause == "accents_abimes"


def test_accents_must_arrive_both_ways() -> None:
    assert check_accents(duo(TALK + ACCENTS)).status is Status.PASSED
    assert check_accents(duo(TALK + ACCENTS[:3])).status is Status.FAILED


def test_programs_that_would_not_meet_are_not_joined() -> None:
    other = dials(port=5000)
    seen = transcript(serveur__parle=SERVER, client__parle=other, duo=[*SERVER, *other, *TALK])
    verdict = check_dialogue(seen)
    assert (verdict.status, verdict.waits_for) == (Status.SKIPPED, "client.adresse")
    assert "5000" in verdict.seen
    assert "4242" in verdict.seen


def test_a_client_on_0_0_0_0_reaches_a_server_that_listens_everywhere() -> None:
    anywhere = dials(host="", ip="0.0.0.0")
    seen = transcript(serveur__parle=SERVER, client__parle=anywhere, duo=[*SERVER, *anywhere, *TALK])
    assert check_dialogue(seen).status is Status.PASSED


def test_relaunching_needs_the_option_before_bind_and_a_second_start() -> None:
    made, bound, listened = listens()
    option = ReuseSet(0.0, "serveur", 1, "x.py", 2, 1)
    again: list[Fact] = [Connected(5.0, "serveur")]
    right = [made, option, bound, listened, *accepts()]
    late = [made, bound, option, listened, *accepts()]
    assert check_again(transcript(serveur__parle=right, relance=again)).status is Status.PASSED
    assert check_again(transcript(serveur__parle=late, relance=again)).cause == "sans_reuse"
    assert check_again(transcript(serveur__parle=right)).cause == "relance_impossible"
    assert check_again(transcript()).status is Status.SKIPPED


def talk_of(program: str, end: list[Fact]) -> list[Fact]:
    """A short conversation of one program, and how it ends."""
    met = SERVER if program == "serveur" else CLIENT
    return [*met, *typed("un", program=program), *said("deux", program=program), *end]


def clean(end: list[Fact]) -> Transcript:
    """All conversations; those of the client end as given."""
    fine: dict[str, list[Fact]] = {f"serveur__{name}": talk_of("serveur", [exits()]) for name in ("parle", "ecoute")}
    return transcript(**fine, **{f"client__{name}": talk_of("client", end) for name in ("parle", "ecoute")})


def test_a_clean_end_shows_no_traceback() -> None:
    traceback = Complained(2.0, "client", 'Traceback (most recent call last):\n  File "x"\n')
    assert check_clean(clean([exits(0, "client")])).status is Status.PASSED
    assert check_clean(clean([traceback, exits(0, "client")])).cause == "traceback_final"
    assert check_clean(clean([])).status is Status.SKIPPED


def test_a_long_message_must_be_shown_whole_in_both() -> None:
    long = "é" * 5000
    data = long.encode().decode("latin-1")

    def seen(shown: str) -> Transcript:
        runs: dict[str, list[Fact]] = {}
        for program, met in (("serveur", SERVER), ("client", CLIENT)):
            lines = [fact for n in range(3) for fact in said(f"m{n}", program=program)]
            runs[f"{program}__parle"] = runs[f"{program}__ecoute"] = [*met, *lines]
            runs[f"{program}__long"] = [*met, Said(1.0, program, long), Shown(1.1, program, shown)]
        return transcript(**runs)

    assert check_long(seen(data)).status is Status.PASSED
    assert check_long(seen(data[:4000] + "\n" + data[4000:])).cause == "long_coupe"
