"""Reports and exchanges made by hand: what the renderers are tried on."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from grader.checks.rubric import MAX_POINTS, RUBRIC
from grader.diagnosis.exchange import Arrow, Exchange, Kind
from grader.escape import escaped
from grader.report.model import CheckResult, CodeLine, Report, State
from grader.transcript.place import Place

LANES = ("le grader", "serveur.py", "ton écran")
LOOP_LINE = Place("serveur.py", 24)

SECOND_MESSAGE = escaped(
    Exchange(
        LANES,
        (
            Arrow(0, 1, "connect", Kind.SEEN),
            Arrow(0, 1, "Salut !\n", Kind.SEEN),
            Arrow(1, 2, "b'Salut !\\n'", Kind.WRONG, Place("serveur.py", 26)),
            Arrow(0, 1, "2 messages de plus", Kind.FOLDED),
            Arrow(0, 1, "Ça va ? 🎉\n", Kind.SEEN),
            Arrow(1, 2, "Ça va ? 🎉", Kind.MISSING, LOOP_LINE),
            Arrow(1, 1, "recep est déjà fini", Kind.NOTE),
        ),
    )
)
"""Of every kind one."""

BOTH_TOGETHER = Exchange(
    ("ton clavier", "client.py", "serveur.py", "écran du serveur"),
    (
        Arrow(0, 1, "Bonjour de la part du client", Kind.SEEN),
        Arrow(1, 2, "Bonjour de la part du client\n", Kind.SEEN),
        Arrow(2, 3, "Bonjour de la part du client", Kind.MISSING, Place("serveur.py", 31)),
        Arrow(2, 2, "attend dans input(), ligne 18", Kind.NOTE),
        Arrow(2, 1, "Hello", Kind.WRONG),
        Arrow(3, 0, "un retour à travers tout", Kind.MISSING),
    ),
)
"""Four lanes, long texts, arrows to the left, one across."""

EXCERPT = (
    CodeLine(22, "def Réception(client):", blamed=False),
    CodeLine(23, '    """Affiche ce qui arrive."""', blamed=False),
    CodeLine(24, "    message = client.recv(1024)", blamed=True),
    CodeLine(25, '    if message != b"":', blamed=False),
    CodeLine(26, "        print(message)  # les octets, tels qu'ils sont arrivés, sans les traduire", blamed=False),
)


def passed(check_id: str) -> CheckResult:
    """A check that passes."""
    row = next(row for row in RUBRIC if row.id == check_id)
    expected = row.expected + "."
    return CheckResult(
        row.id, row.title, "passed", row.points, row.points, expected, "", None, None, State.PASSED, expected, ""
    )


def not_passed(check_id: str, state: State, **fields: Any) -> CheckResult:
    """A check that does not pass."""
    status = "skipped" if state is State.WAITING else "failed"
    check = replace(passed(check_id), status=status, points=0.0, state=state, message="Vu : rien.", hint="Essaie.")
    return replace(check, **fields)


def report_of(*others: CheckResult, submission: str = "rendu-de-zoe", **fields: Any) -> Report:
    """A report in which every check passes but those."""
    by_id = {check.id: check for check in others}
    checks = tuple(by_id.get(row.id) or passed(row.id) for row in RUBRIC)
    report = Report(
        submission=submission,
        folder=f"rendus/{submission}",
        remarks=(),
        score=sum(check.points for check in checks if not check.is_bonus),
        max_score=MAX_POINTS,
        bonus=sum(check.points for check in checks if check.is_bonus),
        duration_s=2.345,
        checks=checks,
        complete=all(check.status == "passed" for check in checks if not check.is_bonus),
    )
    return replace(report, **fields)


FIRST = not_passed(
    "serveur.reception",
    State.FAILED,
    diagnosis="un_seul_message",
    location=LOOP_LINE,
    seen="Le premier message s'affiche, en octets (b'Salut !\\n'), les 3 suivants n'arrivent jamais à l'écran.",
    cause="Réception appelle recv une seule fois : après le premier message, elle est finie.",
    step="Mets la ligne 24 et ce qui la suit dans une boucle while True.",
    hint="Réception appelle recv une seule fois. Mets la ligne 24 et ce qui la suit dans une boucle while True.",
    blocked=(
        "Le thread principal attend la fin de envoi (envoi.join(), ligne 47).",
        "Le thread envoi attend que tu tapes une ligne (input(), ligne 15).",
    ),
    excerpt=EXCERPT,
    exchange=SECOND_MESSAGE,
    lesson="serveur.py, la fonction Réception (TODO 3)",
)

BROKEN = report_of(
    not_passed("serveur.join", State.WAITING, seen="Attend que serveur.reception passe."),
    FIRST,
    *(not_passed(f"client.{name}", State.TODO, seen="client.py n'est pas commencé.", diagnosis="a_faire") for name in
      ("adresse", "send", "reception", "threads", "join")),
    not_passed("duo.dialogue", State.FAILED, seen="Les deux programmes ne se parlent pas.", exchange=BOTH_TOGETHER,
               location=Place("client.py", 9), cause="client.py s'arrête avant de parler.", step="Commence client.py."),
    not_passed("duo.accents", State.WAITING),
    not_passed("bonus.long", State.EXTRA),
    not_passed("bonus.propre", State.EXTRA),
    first="serveur.reception",
    gained=("etape1.fin", "serveur.send"),
    lost=("serveur.join",),
    remarks=("Le fichier socket.py.txt n'est pas lu : son nom ne finit pas par .py.",),
)  # fmt: skip

COMPLETE = report_of(gained=("duo.accents",))

COMPLETE_BUT_A_BONUS = report_of(
    not_passed("bonus.relance", State.EXTRA, seen="Le port 4242 est encore pris.", step="Appelle setsockopt."),
    first="bonus.relance",
)

UNTOUCHED = report_of(
    *(not_passed(row.id, State.EXTRA if row.is_bonus else State.TODO, diagnosis="a_faire") for row in RUBRIC),
    first="etape1.ecoute",
)

HOSTILE = {
    "script": '<script>document.title="x"</script>',
    "attribute": '"><img src=x onerror=document.title="x"><a href="javascript:alert(1)" x="',
    "single quote": "' onmouseover='document.title=1' x='",
    "end of elements": "</title></style></svg></pre></details></main></body><script>document.title='x'</script>",
    "comment": "<!-- <![CDATA[ --><base href='http://x/'><meta http-equiv=refresh content='0;url=http://x/'>",
    "entities": "&lt;script&gt; &#60;b&#62; &amp;",
    "style": "}*{display:none} <style>*{background:url(http://x/)}</style>",
    "format": "{STYLE} %s $x {0}",
    "bidi": "\u202eessai\u2066x\u200f",
    "controls": "a\x00b\x1b[2J\x1b]0;titre\x07\x9b31m\r\n\t\x7f\ufeff",
    "surrogates": "\ud800x\udcff",
    "a long line": "x" * 10_000,
    "long lines": "表e\u0301🎉 " * 3_000,
}
"""What a submission may hold to do harm: in its names, its code, or what it prints."""


def filled(text: str) -> Report:
    """A report in which a text is wherever one of a submission may be, as ``build`` gives it."""
    arrows = (*(Arrow(0, 1, text, kind, Place(text, 7)) for kind in Kind), Arrow(2, 2, text, Kind.NOTE))
    fields: dict[str, Any] = {
        "title": text,
        "expected": text,
        "message": text,
        "seen": text,
        "cause": text,
        "step": text,
        "hint": text,
        "diagnosis": text,
        "location": Place(text, 7),
        "blocked": (text, text),
        "excerpt": tuple(CodeLine(number, text, blamed=number == 7) for number in (6, 7, 8)),
        "exchange": Exchange((text, text, text), arrows),
        "lesson": text,
        "question": text,
    }
    report = report_of(
        not_passed("client.send", State.FAILED, **fields),
        not_passed("duo.dialogue", State.FAILED, **fields),
        submission=text,
        remarks=(text,),
        first="client.send",
        lost=("client.send",),
    )
    return replace(escaped(report), folder=text)
