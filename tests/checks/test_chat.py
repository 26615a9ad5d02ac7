"""The checks of Étape 2 on transcripts written by hand."""

from __future__ import annotations

import pytest

from grader.checks.addresses import check_client_address, check_server_address
from grader.checks.chat import check_join, check_reception, check_send, check_threads
from grader.checks.verdict import Status
from grader.transcript.calls import Received, Sent, StdinRead
from grader.transcript.facts import (
    Fact,
    FoundEnded,
    InputEnded,
    Raised,
    ThreadNamed,
)
from grader.transcript.record import Transcript
from grader.transcript.value import changed

from .facts import accepts, dials, ends, exits, joins, listens, said, starts, transcript, typed

MET = [*listens(), *accepts()]
LINES = ("un", "deux", "trois")


def both(facts: list[Fact]) -> Transcript:
    """The same in both conversations of the server."""
    return transcript(serveur__parle=facts, serveur__ecoute=facts)


def chat(send: dict[str, str] | None = None, show: dict[str, str] | None = None) -> Transcript:
    """A conversation in which some lines become something else."""
    lines = [fact for line in LINES for fact in typed(line, (send or {}).get(line))]
    lines += [fact for line in LINES for fact in said(line, (show or {}).get(line))]
    return both([*MET, *lines])


@pytest.mark.parametrize(
    ("host", "ip", "port", "status"),
    [
        ("", "0.0.0.0", 4242, Status.PASSED),
        ("192.168.1.27", "192.168.1.27", 1024, Status.PASSED),
        ("8.8.8.8", "8.8.8.8", 65535, Status.PASSED),
        ("localhost", "127.0.0.1", 5000, Status.PASSED),
        ("localhost", "127.0.0.1", 1023, Status.FAILED),
        ("localhost", "127.0.0.1", 0, Status.FAILED),
        ("224.0.0.1", "224.0.0.1", 4242, Status.FAILED),
        ("255.255.255.255", "255.255.255.255", 4242, Status.FAILED),
        ("0.0.0.1", "0.0.0.1", 4242, Status.FAILED),
        ("example.org", "93.184.215.14", 4242, Status.FAILED),
    ],
)
def test_the_server_listens_where_its_machine_can_be(host: str, ip: str, port: int, status: Status) -> None:
    assert check_server_address(transcript(serveur__parle=listens("serveur", host, port, ip))).status is status


@pytest.mark.parametrize(
    ("server", "client", "status"),
    [
        (("", "0.0.0.0", 4242), ("192.168.1.27", "192.168.1.27", 4242), Status.PASSED),
        (("localhost", "127.0.0.1", 4242), ("127.0.0.1", "127.0.0.1", 4242), Status.PASSED),
        (("192.168.1.27", "192.168.1.27", 4242), ("192.168.1.27", "192.168.1.27", 4242), Status.PASSED),
        (("192.168.1.27", "192.168.1.27", 4242), ("192.168.1.28", "192.168.1.28", 4242), Status.FAILED),
        (("192.168.1.27", "192.168.1.27", 4242), ("localhost", "127.0.0.1", 4242), Status.FAILED),
        (("", "0.0.0.0", 4242), ("localhost", "127.0.0.1", 4243), Status.FAILED),
        (("", "0.0.0.0", 80), ("localhost", "127.0.0.1", 80), Status.PASSED),
        (("", "0.0.0.0", 4242), ("", "0.0.0.0", 4242), Status.FAILED),
        (("", "0.0.0.0", 4242), ("0.0.0.0", "0.0.0.0", 4242), Status.FAILED),
    ],
)
def test_the_client_calls_where_the_server_is(
    server: tuple[str, str, int], client: tuple[str, str, int], status: Status
) -> None:
    """Host, IPv4 and port of each; a port below 1024 that the client matches costs the server only."""
    listening = listens("serveur", server[0], server[2], server[1])
    calling = dials(client[0], client[2], client[1])
    seen = transcript(serveur__parle=listening, client__parle=calling, duo=[*listening, *calling])
    assert check_client_address(seen).status is status


def test_without_a_server_the_client_is_judged_alone() -> None:
    assert check_client_address(transcript(client__parle=dials(port=9999))).status is Status.PASSED


def test_what_a_client_listens_on_is_not_the_server() -> None:
    """A client with a partner of its own making: which of the two programs was seen first is luck."""
    own = listens("client", "127.0.0.1", 5000, "127.0.0.1")
    for duo in ([*own, *listens()], [*listens(), *own]):
        seen = transcript(client__parle=[*own, *dials(port=5000)], duo=[*duo, *dials(port=5000)])
        assert check_client_address(seen).cause == "ports_differents"


def test_what_a_socket_asked_last_before_it_was_connected_is_where_it_went() -> None:
    real = dials(port=9999)
    seen = transcript(serveur__parle=listens(), client__parle=[real[0], dials()[1], *real[1:]])
    assert check_client_address(seen).cause == "ports_differents"


def test_every_line_must_come_through() -> None:
    assert check_send(chat(), "serveur").status is Status.PASSED
    assert check_reception(chat(), "serveur").status is Status.PASSED
    assert check_send(chat(send={"un": ""}), "serveur").cause == "rien_envoye"
    assert check_send(chat(send={"deux": ""}), "serveur").cause == "send_sans_boucle"
    assert check_reception(chat(show={"trois": "t\nrois"}), "serveur").cause == "reception_sans_boucle"
    assert check_reception(chat(show={"un": "b'un\\n'\n"}), "serveur").cause == "affiche_octets"


def test_octets_written_as_text_were_not_sent_as_text() -> None:
    assert check_send(chat(send={"un": "b'un\\n'"}), "serveur").cause == "envoie_octets"
    assert check_send(chat(send={"un": "Bob dit 'un'\n"}), "serveur").status is Status.PASSED


def test_lines_that_come_again_with_every_other_were_not_sent_unchanged() -> None:
    assert (
        check_send(chat(send={"deux": "un\ndeux\n", "trois": "un\ndeux\ntrois\n"}), "serveur").cause == "renvoie_tout"
    )
    assert check_send(chat(send={"trois": "deux\ntrois\n"}), "serveur").status is Status.PASSED
    history = chat(show={"deux": "un\ndeux\n", "trois": "un\ndeux\ntrois\n"})
    assert check_reception(history, "serveur").status is Status.PASSED


def test_prefix_suffix_and_colours_are_fine() -> None:
    seen = chat(send={"un": "Zoé : un ok".encode().decode("latin-1")}, show={"un": "\x1b[32m> un\x1b[0m"})
    assert check_send(seen, "serveur").status is check_reception(seen, "serveur").status is Status.PASSED


def test_a_line_that_comes_after_the_peer_spoke_is_late() -> None:
    """What comes when the harness has already done something else came because of that."""
    seen = both([*MET, *typed("un", ""), *said("deux"), *typed("trois", "un trois")])
    assert check_send(seen, "serveur").cause == "rien_envoye"


def test_a_conversation_that_never_began_is_said_so() -> None:
    assert check_send(both([*MET, exits()]), "serveur").cause == "fini_trop_tot"


SEND, RECEP = starts(2, "envoi", "Send"), starts(3, "recep", "Réception")


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (("envoi", "f"), ("recep", "g")),
        (("t1", "Send"), ("t2", "Réception")),
        (("a", "send"), ("b", "RECEPTION")),
        (("self.envoi", "x"), ("thread_recep", "y")),
        (("recep", "Send"), ("envoi", "Réception")),
        (("t", "Envoi.run"), ("t", "Recep.run")),
    ],
)
def test_a_thread_is_known_by_its_name_or_its_function(one: tuple[str, str], two: tuple[str, str]) -> None:
    assert check_threads(both([*MET, starts(2, *one), starts(3, *two)]), "serveur").status is Status.PASSED


def test_two_threads_must_run_two_functions_at_the_same_time() -> None:
    assert check_threads(both([*MET, SEND, RECEP]), "serveur").status is Status.PASSED
    assert check_threads(both([*MET]), "serveur").cause == "sans_thread"
    assert check_threads(both([*MET, SEND]), "serveur").cause == "un_seul_thread"
    assert check_threads(both([*MET, SEND, starts(3, "recep", "Send")]), "serveur").cause == "meme_fonction"
    assert check_threads(both([*MET, SEND, *joins(2), RECEP]), "serveur").cause == "pas_ensemble"
    assert check_threads(both([*MET, starts(2, "t", "f"), starts(3, "u", "g")]), "serveur").cause == "noms_threads"


def test_a_thread_started_when_the_conversation_is_over_comes_too_late() -> None:
    late = [*MET, SEND, InputEnded(2.0, "serveur"), RECEP, ends(2), ends(3)]
    assert check_threads(both(late), "serveur").cause == "pas_ensemble"


def test_a_thread_without_a_function_is_no_thread_of_the_chat() -> None:
    """``Thread(target=Send(client))`` runs nothing: target is what Send returned."""
    empty = changed(SEND, function="Thread.run", module="")
    assert check_threads(both([*MET, empty, RECEP]), "serveur").cause == "target_appelee"


def test_a_thread_may_get_its_name_after_it_was_started() -> None:
    nameless = changed(SEND, function="f", names=("Thread-1",))
    named = ThreadNamed(0.3, "serveur", 1, "x.py", 12, 2, ("envoi",))
    assert check_threads(both([*MET, nameless, RECEP]), "serveur").cause == "noms_threads"
    assert check_threads(both([*MET, nameless, RECEP, named]), "serveur").status is Status.PASSED


def test_a_thread_that_never_entered_its_function_does_not_count() -> None:
    crash = Raised(0.3, "serveur", 2, "", 0, "TypeError", "argument after * must be an iterable", ("TypeError",))
    assert check_threads(both([*MET, SEND, crash, ends(2), RECEP]), "serveur").cause == "args_nombre"


STARTED = [*MET, SEND, RECEP]


def test_both_threads_must_be_joined_and_the_status_be_0() -> None:
    good = [*STARTED, ends(2), ends(3), *joins(2), *joins(3)]
    assert check_join(both([*good, exits()]), "serveur").status is Status.PASSED
    assert check_join(both(good), "serveur").cause == "attend_rien"
    assert check_join(both([*good, exits(1)]), "serveur").cause == "mauvais_code"
    assert check_join(both([*STARTED, ends(2), ends(3), *joins(2), exits()]), "serveur").cause == "sans_join"


def test_a_join_that_gives_up_does_not_count() -> None:
    seen = both([*STARTED, *joins(2, timeout_s=1.0, ended=False), ends(2), ends(3), *joins(3), exits()])
    assert check_join(seen, "serveur").cause == "sans_join"


def test_a_thread_that_the_program_leaves_behind_was_not_waited_for() -> None:
    assert check_join(both([*STARTED, ends(2), *joins(2), exits()]), "serveur").cause == "thread_abandonne"


def test_a_loop_around_join_may_find_a_thread_ended_already() -> None:
    """In one conversation each order of ending is seen; a join on each in either of them is enough."""
    found = FoundEnded(2.0, "serveur", 1, "x.py", 12, 3)
    first = [*STARTED, ends(2), ends(3), *joins(2), found, exits()]
    second = [*STARTED, ends(2), ends(3), *joins(2), *joins(3), exits()]
    seen = transcript(serveur__parle=first, serveur__ecoute=second)
    assert check_join(seen, "serveur").status is Status.PASSED
    assert check_join(both(first), "serveur").cause == "sans_join"


def works(thread: int, *calls: str) -> list[Fact]:
    """What a thread has done."""
    made: dict[str, Fact] = {
        "stdin": StdinRead(1.0, "serveur", thread, "x.py", 20, 5),
        "send": Sent(1.0, "serveur", thread, "x.py", 20, 1, 5),
        "recv": Received(1.0, "serveur", thread, "x.py", 20, 1, 5),
    }
    return [made[call] for call in calls]


def test_threads_that_only_wait_for_another_are_not_the_two() -> None:
    alone = [*STARTED, *works(1, "stdin", "send", "recv"), ends(2), ends(3), *joins(2), *joins(3), exits()]
    assert check_threads(both(alone), "serveur").cause == "figurants"
    assert check_join(both(alone), "serveur").status is Status.SKIPPED
    shared = [*alone, *works(2, "send")]
    assert check_threads(both(shared), "serveur").status is check_join(both(shared), "serveur").status is Status.PASSED
    before = [*MET, *works(1, "stdin", "send", "recv"), SEND, RECEP]
    assert check_threads(both(before), "serveur").status is Status.PASSED, "a nickname, before the chat begins"


def test_where_no_name_tells_the_two_are_those_who_typed_and_who_listened() -> None:
    threads = [starts(number, f"t{number}", "f") for number in (2, 3, 4)]
    ended = [fact for number in (2, 3, 4) for fact in (ends(number), *joins(number))]
    silent = [*MET, *threads, *works(1, "stdin", "recv"), *ended, exits()]
    assert check_join(both(silent), "serveur").status is Status.SKIPPED
    talking = [*MET, *threads, *works(3, "stdin"), *works(4, "recv")]
    assert check_join(both([*talking, *ended, exits()]), "serveur").status is Status.PASSED
    one_left = [ends(2), ends(3), *joins(2), *joins(3), exits()]
    assert check_join(both([*talking, *one_left]), "serveur").cause == "thread_abandonne"


def test_a_thread_without_an_object_cannot_be_joined() -> None:
    bare = [*MET, changed(SEND, names=()), changed(RECEP, names=())]
    assert check_threads(both(bare), "serveur").status is Status.PASSED
    assert check_join(both([*bare, ends(2), ends(3), exits()]), "serveur").status is Status.SKIPPED


def test_without_two_threads_there_is_nothing_to_join() -> None:
    verdict = check_join(both([*MET, SEND, ends(2), *joins(2), exits()]), "serveur")
    assert (verdict.status, verdict.waits_for) == (Status.SKIPPED, "serveur.threads")


@pytest.mark.parametrize("check", [check_send, check_reception, check_threads, check_join])
@pytest.mark.parametrize("program", ["serveur", "client"])
def test_what_could_not_be_tried_waits_for_the_address(check: object, program: str) -> None:
    assert callable(check)
    verdict = check(transcript(), program)
    assert (verdict.status, verdict.waits_for) == (Status.SKIPPED, f"{program}.adresse")
