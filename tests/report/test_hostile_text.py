"""Whatever a submission holds, prints or is called is shown, cut, and does nothing: on no screen, in no file."""

from __future__ import annotations

import functools
import io
import json
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal, NoReturn
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from grader import grading
from grader.checks.rubric import RUBRIC
from grader.checks.verdict import PASSED, Status, Verdict
from grader.commands import grade
from grader.diagnosis.exchange import Arrow, Exchange, Kind
from grader.diagnosis.explanation import Explanation
from grader.errors import GraderError, UsageError
from grader.escape import MAX_ITEMS, MAX_SENTENCE, escape
from grader.harness.launcher import Launcher
from grader.memory import Memory, Store
from grader.report import svg
from grader.report.build import build
from grader.report.console import register_lookalikes
from grader.report.hints import LAST_DEGREE, hint_for
from grader.report.html import to_html
from grader.report.json_report import to_json
from grader.report.model import Report
from grader.report.terminal import Terminal
from grader.submission import ProgramFile, Remark, Submission
from grader.transcript.place import Place

from ..conftest import BOTH
from ..submissions.model import reference_files, write_files
from .test_html import Skeleton, measured

ROOT = Path(__file__).parents[2]
MAX_BYTES = 1_000_000
"""Of the JSON result, says the contract; of the other outputs, so that they can be read."""

NASTY = {
    "colour": "\x1b[31mrouge\x1b[0m",
    "clear": "\x1b[2J\x1b[H",
    "cursor up, overwrite": "\x1b[5A\x1b[2K20 / 20",
    "other screen": "\x1b[?1049h\x1bc",
    "title": "\x1b]0;titre\x07",
    "title, other end": "\x1b]2;titre\x1b\\",
    "hyperlink": "\x1b]8;;file:///etc/passwd\x1b\\ici\x1b]8;;\x1b\\",
    "clipboard": "\x1b]52;c;cm0gLXJmIH4=\x07",
    "device control": "\x1bP$q\x22p\x1b\\ \x1bPq#0;2;0;0;0#0~~\x1b\\",
    "answerback": "\x05\x1b[c\x1b[6n",
    "character set": "\x0e\x1b(0lqqk\x0f",
    "8-bit CSI": "\x9b31m\x9b2J",
    "8-bit OSC": "\x9d0;titre\x9c \x90q\x9c \x84\x8d",
    "bell": "\x07\x07",
    "backspace": "0 / 20\b\b\b\b\b\b20 / 20",
    "carriage return": "0 / 20\r20 / 20",
    "line feed": "x\n 20 / 20 \n✔ Le serveur écoute",
    "other line ends": "a\x0bb\x0cc\x85d\u2028e\u2029f\x1cg\x1dh\x1ei",
    "many lines": "\n" * 5_000,
    "tab": "a\tb",
    "bidi override": "\u202e02 / 02\u202c",
    "bidi embedding": "\u202aa\u202bb\u202dc\u202c",
    "bidi isolates": "\u2066a\u2067b\u2068c\u2069",
    "bidi marks": "a\u200eb\u200fc\u061cd",
    "zero width": "a\u200bb\u200cc\u200dd\u2060e",
    "joiner between letters and emoji": "a\u200d🎉\u200da \u200d🎉\u200d",
    "byte order mark": "\ufeffa\ufeff",
    "soft hyphen": "ser\xadveur",
    "no-break spaces": "a\xa0b\u2007c\u202fd\u3000e",
    "tags": "a" + "".join(chr(0xE0000 + ord(char)) for char in "caché") + "\U000e0001",
    "a flag that hides a text": "🏴" + "".join(chr(0xE0000 + ord(char)) for char in "rm -rf") + "\U000e007f",
    "annotation": "\ufff9a\ufffab\ufffb",
    "variation selectors": "a" + "\ufe0f" * 200 + "🎉" + "\ufe0e\ufe0f\U000e0100" * 50,
    "zalgo": "z" + "\u0301\u0338\u20dd\u0489" * 25 + "a",
    "marks without a letter": "\u0301\u0338\u20e0 \u0301",
    "invisible letters": "\u115f\u1160\u3164\uffa0\u2800\u17b4\u034f\u180e\u180b",
    "invisible operators": "a\u2061b\u2062c\u2063d\u2064\u206a\u206f\U0001d173",
    "private use": "\ue000\uf8ff\U000f0000\U0010fffd",
    "no characters": "\ufffe\uffff\ufdd0\U0001ffff\u0378",
    "lone surrogates": "\ud800a\udfff\udc80\ud83d",
    "nul and delete": "a\x00b\x7fc",
    "markup": "[red]20[/red] [link=file:///etc/passwd]x[/link] [/] [bold",
    "markup, escaped": "\\[red]x[/] [@click=app.quit]x[/]",
    "emoji code": ":smile: :warning: {{x}}",
    "markdown": "# x\n[x](file:///etc/passwd) `x` ![x](http://x/)",
    "element": "<script>document.title='x'</script><img src=http://x/a onerror=alert(1)>",
    "end of elements": "</title></style></script></svg></pre></details></main></body></html>",
    "attribute": "\" onmouseover=\"document.title='x'\" ' onclick='x' x=`x`",
    "entities": "&lt;script&gt; &#60;b&#x3e; &amp; &nbsp &bogus; &#0;",
    "comment": "<!-- --> <![CDATA[ ]]> <?xml ?> <!DOCTYPE x>",
    "address": "<a href='javascript:alert(1)'>x</a> javascript:alert(1) data:text/html,x",
    "base": "<base href=http://x/><meta http-equiv=refresh content='0;url=http://x/'>",
    "style": "</style><style>*{display:none;background:url(http://x/)}",
    "svg": "</text></svg><svg onload=alert(1)><use href='http://x/#a'/><foreignObject><b>x</b></foreignObject>",
    "svg animation": "</title><animate attributeName=href values=javascript:alert(1) /><set to=x />",
    "format": "{0} {x.__class__} %s %(x)s %n ${x} $x `x`",
    "json": '","score":20,"x":"\\u0000\\" } ]',
    "shell": "; rm -rf ~ $(touch x) `touch x` | x > x",
    "a long word": "x" * 100_000,
    "a long wide word": "表" * 100_000,
    "a long text": "Ça va ? 🎉 " * 10_000,
    "all that is escaped": "\x1b\U000e0001" * 10_000,
}

READABLE = {
    "french": "Été, œuf, « ça » — déjà… l’été",
    "decomposed": "e\u0301te\u0301 n\u0303 a\u030a\u0323",
    "emoji": "🎉 ❤\ufe0f ☎\ufe0e ✔ 1\ufe0f\u20e3 #\u20e3",
    "skin": "👍🏽 🧑🏿",
    "joined": "👨\u200d👩\u200d👧\u200d👦 🏳\ufe0f\u200d🌈 ❤\ufe0f\u200d🔥 🧔🏽\u200d♂\ufe0f 👁\ufe0f\u200d🗨\ufe0f",
    "flags": "🇫🇷 🇧🇪 🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
    "a new emoji": "\U0001fae0",
    "hebrew": "שָׁלוֹם עולם",
    "arabic": "مَرْحَبًا بِكُمْ",
    "devanagari": "नमस्ते क्षत्रिय",
    "thai": "สวัสดี ที่นี่",
    "vietnamese": "Việt Nam, Vie\u0323\u0302t",
    "ideograms": "表示 こんにちは 안녕 ｶﾞ",
    "greek, cyrillic": "Καλημέρα Привет",
    "code": "print(f'{x!r}')  # <b> & \"x\" [red] \\n",
}

SGR = re.compile(rb"\x1b\[[0-9;]*m")
HARMLESS_JOINERS = re.compile("(?<=[\u2000-\U0001faff])\u200d")


def acting(text: str) -> set[str]:
    """The characters of a text that are more, or less, than a picture: controls, formats, separators, halves."""
    wanted = "".join(READABLE["flags"].split())
    for part in (wanted, *READABLE["flags"].split()):
        text = text.replace(part, "")
    text = HARMLESS_JOINERS.sub("", text)
    return {one for one in set(text) if unicodedata.category(one) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")} - {"\n"}


def built(text: str, *, status: Status = Status.FAILED, explained: int = 1) -> Report:
    """What ``build`` makes where everything that can be a submission's is this text.

    Args:
        text: what is everywhere.
        status: of every check but one.
        explained: every how manieth check has an explanation, which is what takes long to make and to show.
    """
    arrows = (*(Arrow(0, 1, text, kind, Place(text, 7)) for kind in Kind), Arrow(2, 2, text, Kind.NOTE))
    source = "\n".join(["x" + text.replace("\n", " ").replace("\r", " ")] * 9)
    submission = Submission(text, {}, {"serveur": ProgramFile(text, source=source)}, (Remark(text), Remark(text)))
    verdicts = {row.id: Verdict(status, text, "x", Place(text, 7)) for row in RUBRIC}
    verdicts["etape1.fin"] = PASSED
    why = {
        row.id: Explanation(
            *("x", Place(text, 7), row.id, text, text, text, text, text),
            blocked=(text, text),
            exchange=Exchange((text, text, text), arrows),
        )
        for row in RUBRIC[::explained]
    }
    return build(submission, verdicts, why, "serveur.send", 0.25, BOTH)


def on_screen(show: Callable[[Terminal], None], *, colour: bool = True, encoding: str = "utf-8") -> bytes:
    """The bytes that a terminal, or a pipe, gets."""
    raw = io.BytesIO()
    file = io.TextIOWrapper(raw, encoding=encoding, errors=register_lookalikes(), newline="\n")
    system: Literal["standard"] | None = "standard" if colour else None
    show(Terminal(Console(file=file, width=80, highlight=False, force_terminal=colour, color_system=system)))
    file.flush()
    return raw.getvalue()


def details(report: Report) -> Callable[[Terminal], None]:
    return lambda terminal: terminal.show(report, details=True)


def hints(report: Report) -> Callable[[Terminal], None]:
    def show(terminal: Terminal) -> None:
        for degree in range(1, LAST_DEGREE + 1):
            hint = hint_for(report, degree, "")
            assert hint is not None
            terminal.hint(report, hint)

    return show


def assert_harmless_bytes(shown: bytes, allowed: set[bytes], encoding: str = "utf-8") -> None:
    """Only our own colours are in it, no other control, and no line end but ours."""
    assert set(SGR.findall(shown)) <= allowed
    text = SGR.sub(b"", shown).decode(encoding)
    assert not acting(text)
    assert len(text.splitlines()) == text.count("\n")
    assert len(shown) < MAX_BYTES


def strict(text: str) -> Any:
    """JSON as its standard has it."""

    def refuse(constant: str) -> NoReturn:
        raise AssertionError(constant)

    assert len(text.encode("utf-8")) < MAX_BYTES
    return json.loads(text, parse_constant=refuse)


FEW = 5
"""See ``built``: enough for one card of each program, and the one that the hints are about."""

PLAIN = built("x")


@functools.cache
def own_colours(shown: Callable[[Report], Callable[[Terminal], None]]) -> set[bytes]:
    """What the grader itself says of colours to a terminal."""
    return set(SGR.findall(on_screen(shown(PLAIN))))


def assert_every_output_is_harmless(report: Report) -> None:
    """What the renderers make of it does nothing, and can be read again."""
    assert_harmless_bytes(on_screen(details(report)), own_colours(details))
    assert_harmless_bytes(on_screen(details(report), colour=False), set())
    as_json, as_html = to_json(report), to_html(report)
    for text in (as_json, as_html):
        assert not acting(text)
    strict(as_json)
    Skeleton(as_html)


# One function.


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY.keys())
def test_a_nasty_text_is_seen_and_is_cut(text: str) -> None:
    shown = escape(text)
    assert 0 < len(shown) <= MAX_SENTENCE
    assert not acting(shown)
    assert "\n" not in shown
    assert escape(f"Il manque « {text[:300]} » ici.", 10_000).endswith(" » ici.")


@pytest.mark.parametrize("text", READABLE.values(), ids=READABLE.keys())
def test_what_people_write_stays_as_it_is(text: str) -> None:
    assert escape(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31m\x9b2J\u202e", r"\x1b[31m\x9b2J\u202e"),
        ("a\u200bb\u200dc", r"a\u200bb\u200dc"),
        ("🎉\u200da", r"🎉\u200da"),
        ("\ud800\x00\n\xa0", r"\ud800\x00\n\xa0"),
        ("z" + "\u0301" * 50 + "a", "z" + "\u0301" * 4 + "…a"),
        ("\u0301a", r"\u0301a"),
        ("❤" + "\ufe0f" * 3, "❤\ufe0f" + r"\ufe0f\ufe0f"),
        ("a\ufe0f\u3164\U000e0041", r"a\ufe0f\u3164\U000e0041"),
        ("le " + "x" * 201 + " est", "le " + "x" * 200 + "… est"),
    ],
)
def test_what_cannot_be_seen_is_spelled_out(text: str, shown: str) -> None:
    assert escape(text) == shown


@pytest.mark.parametrize("text", ["abcdefgh", "\x1b" * 8, "é\u0301" * 8, "👨\u200d👩\u200d👧" * 8], ids=ascii)
@pytest.mark.parametrize("limit", [1, 4, 7])
def test_no_text_is_longer_than_its_limit(text: str, limit: int) -> None:
    """It is cut between characters, and shows that it was."""
    shown = escape(text, limit)
    assert len(shown) <= limit
    assert shown.endswith("…")
    assert not acting(shown)


@given(st.text(st.characters() | st.sampled_from("\u200d\ufe0f\u0301🎉🏴👍🏽1\u20e3 \U000e0067\U000e007f")))
def test_any_text_becomes_harmless(text: str) -> None:
    shown = escape(text)
    assert not acting(shown)
    assert shown.encode("utf-8")[:0] == b""
    assert escape(shown) == shown


# Every output.


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY.keys())
def test_on_a_screen_nothing_but_our_own_colours_acts(text: str) -> None:
    """In every alphabet that a console may have, and on a pipe."""
    report = built(text, explained=FEW)  # each is shown alike, and eight times
    for show in (details, hints):
        for encoding in ("utf-8", "cp1252", "ascii"):
            assert_harmless_bytes(on_screen(show(report), encoding=encoding), own_colours(show), encoding)
        assert_harmless_bytes(on_screen(show(report), colour=False), set())
    assert_harmless_bytes(on_screen(lambda terminal: terminal.line(text), colour=False), set())


@functools.cache
def plain_page() -> Skeleton:
    """The elements of a page without anything nasty."""
    return Skeleton(to_html(PLAIN))


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY.keys())
def test_a_file_holds_the_same_elements_and_keys_as_ever(text: str, tmp_path: Path) -> None:
    report = built(text)
    as_json, as_html = to_json(report), to_html(report)
    result, plain = strict(as_json), strict(to_json(PLAIN))
    assert result.keys() == plain.keys()
    assert [check.keys() for check in result["checks"]] == [check.keys() for check in plain["checks"]]
    assert not acting(as_json)
    page, same = Skeleton(as_html), plain_page()
    assert page.elements == same.elements
    assert page.drawn == same.drawn
    assert {name for name, _ in page.attributes} == {name for name, _ in same.attributes}
    assert {value for name, value in page.attributes if name in ("href", "class", "id")} <= {
        value for name, value in same.attributes if name in ("href", "class", "id")
    }
    assert not acting(as_html)
    for name, made in (("report.json", as_json), ("report.html", as_html)):
        (tmp_path / name).write_text(made, encoding="utf-8")


@pytest.mark.parametrize("text", NASTY.values(), ids=NASTY.keys())
def test_a_picture_stays_a_picture(text: str) -> None:
    exchange, plain = built(text).checks[0].exchange, PLAIN.checks[0].exchange
    assert exchange is not None
    assert plain is not None
    tags, same = (
        {(one.tag, *one.attrib) for one in ElementTree.fromstring(svg.draw(it)).iter()} for it in (exchange, plain)
    )
    assert tags == same


def test_megabytes_in_every_field_give_a_small_result() -> None:
    for text in ("🎉" * 250_000, '"\\ ' * 300_000, "🎉 " * 200_000):  # a megabyte each
        report = built(text)
        assert len(report.checks) == len(RUBRIC)
        assert_every_output_is_harmless(report)


def test_sentences_without_number_are_cut_and_show_it() -> None:
    verdicts = {row.id: PASSED for row in RUBRIC}
    report = build(Submission("x", remarks=(Remark("r"),) * 1000), verdicts, {}, "", 0.25, BOTH)
    assert report.remarks == ("r",) * MAX_ITEMS + ("…",)


def test_a_path_to_be_clicked_is_text_too() -> None:
    report = replace(built("serveur.py"), folder="a\x1b]8;;x\x07\n\u202eb")
    shown = on_screen(details(report), colour=False).decode("utf-8")
    assert r"a\x1b]8;;x\x07\n\u202eb/serveur.py:7" in shown


@pytest.mark.slow
def test_a_browser_makes_the_same_page_of_it(tmp_path: Path) -> None:
    text = " ".join(one[:100] for one in NASTY.values())
    same, result = (measured(to_html(built(one)), tmp_path) for one in ("x", text))
    assert set(result["tags"]) == set(same["tags"])
    assert result["title"].startswith("1 / 20 · \\x1b[31mrouge")
    assert result["scroll"] <= result["edge"]
    assert result["wide"] == []


# Real programs.

SHORT = [text[:40] for text in NASTY.values()]
CHUNKS = ["|".join(SHORT[start : start + 6]) for start in range(0, len(SHORT), 6)]


def nasty_programs(text: str) -> dict[str, str]:
    """Programs that say it, each in another way."""
    files, said = reference_files(), ascii(text)
    raw = f"{said}.encode('utf-8', 'surrogatepass')"
    files["etape1.py"] = files["etape1.py"].replace("import socket\n", f"import os, socket\nos.write(1, {raw})\n", 1)
    files["etape1.py"] = files["etape1.py"].replace('MESSAGE.encode("utf-8")', raw)
    kind = ascii(text.replace("\0", "").encode("utf-8", "replace").decode("utf-8"))
    files["serveur.py"] = f"raise type({kind}, (Exception,), {{}})({said})\n"
    files["client.py"] = (
        "import socket, threading\n"
        f"threads = [threading.Thread(target=threading.Event().wait, name={said}) for _ in range(2)]\n"
        "for thread in threads:\n    thread.start()\n"
        f"try:\n    socket.create_connection(({said}, 5000))\nexcept Exception:\n    pass\n"
        "threads[0].join()\n"
    )
    return files


@pytest.mark.slow
@pytest.mark.parametrize("text", CHUNKS, ids=range(len(CHUNKS)))
def test_what_a_program_says_raises_and_names_does_nothing(
    text: str, grade: Callable[[dict[str, str]], Report]
) -> None:
    report = grade(nasty_programs(text))
    assert report.score == 3  # Étape 1 listens, asks for the descriptor, and ends
    assert_every_output_is_harmless(report)


def named(text: str) -> str:
    """A text as the name of a file, as far as the system has such names."""
    return os.fsdecode(os.fsencode(text.replace("/", "∕").replace("\0", "")[:40].encode("utf-8", "replace")))


@pytest.fixture(scope="module")
def odd_folders(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Folders whose name, and that of a module in them, is a nasty text; those that the system makes."""
    made = []
    for number, text in enumerate(SHORT):
        folder = tmp_path_factory.mktemp(f"rendu{number}") / (named(text) or "x")
        load = f"import runpy\nrunpy.run_path({named(text + 'm.py')!a})\n"
        try:
            made.append(write_files({"serveur.py": load, named(text)[:30] + "m.py": "1 / 0\n"}, folder))
        except (OSError, ValueError):
            pass  # no such names here
    return made


@pytest.mark.slow
def test_the_names_of_folders_and_files_do_nothing(odd_folders: list[Path], launcher: Launcher) -> None:
    assert odd_folders
    for folder in odd_folders[::8]:
        report = grading.grade(str(folder), ("chat",), launcher)[0]
        assert_every_output_is_harmless(report)
        deeper = grading.grade(str(folder.parent), ("chat",), launcher)[0]
        assert deeper.remarks
        assert_every_output_is_harmless(deeper)


# The command.


def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "grader", *arguments]
    return subprocess.run(command, cwd=ROOT, env=os.environ | environment, capture_output=True, timeout=60)


@pytest.mark.parametrize(
    "arguments",
    [
        ["a\x1b[31m\n20 / 20\x9b2J\u202e\r"],
        ["--zz\x1b[31m\n20 / 20"],
        ["README.md", "x\x1b]0;x\x07\n"],
        ["--depuis", "x\x1b[31m\n"],
        ["skeleton", "--json", "x\x1b[31m\n/x"],
        ["skeleton", "--html", "x\x1b[31m\n/x"],
        ["x" * 100_000],
    ],
    ids=lambda arguments: ascii(arguments[-1][:20]),
)
def test_a_complaint_is_one_harmless_line(arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.returncode == 4
    assert_harmless_bytes(done.stderr, set())
    assert done.stderr.count(b"\n") == 1
    assert len(done.stderr) < 3000


def test_a_folder_of_any_name_is_graded_and_shown(odd_folders: list[Path]) -> None:
    folder = next(folder for folder in odd_folders if "\n" in folder.name or folder is odd_folders[-1])
    done = run(folder, "--details")
    assert (done.returncode, done.stderr) == (1, b"")
    assert_harmless_bytes(done.stdout, set())
    strict(run(folder, "--json", "-").stdout.decode("utf-8"))


@pytest.mark.parametrize(("error", "status"), [(GraderError, 3), (UsageError, 4), (RuntimeError, 3)])
def test_what_went_wrong_is_said_harmlessly(
    error: type[Exception], status: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    launcher: Launcher,
) -> None:  # fmt: skip
    def fail(*_: object, **__: object) -> NoReturn:
        raise error("|".join(SHORT))

    monkeypatch.setattr(grading, "grade", fail)
    assert grade.main(["skeleton", "--json", "-"], launcher) == status
    out, said = capsys.readouterr()
    assert out == ""
    assert r"\x1b[31mrouge\x1b[0m|\x1b[2J\x1b[H|" in said
    assert_harmless_bytes(said.encode("utf-8"), set())


MEMORIES = {
    "deep": "[" * 100_000,
    "deep inside": '{"x": ' + "[" * 600 + "]" * 600 + "}",
    "no folder": '{"FOLDER": [1, 2]}',
    "other types": '{"FOLDER": {"passed": [[], {}, null, 1e999, NaN, "\\ud800\\u001b"], "mistake": {}, "degree": []}}',
    "huge": '{"FOLDER": {"passed": null, "mistake": "x", "degree": ' + "9" * 4000 + "}}",
    "negative": '{"FOLDER": {"passed": [], "mistake": "\\u001b[31m", "degree": -' + "9" * 4000 + "}}",
    "too huge": '{"FOLDER": {"degree": ' + "9" * 5000 + "}}",
    "no text": "\x00\x1b[31m",
    "infinite": '{"FOLDER": {"passed": "abc", "mistake": NaN, "degree": Infinity}}',
}


@pytest.mark.parametrize("text", MEMORIES.values(), ids=MEMORIES.keys())
def test_whatever_is_remembered_breaks_nothing(text: str, tmp_path: Path) -> None:
    path = tmp_path / "memory.json"
    path.write_text(text.replace("FOLDER", str(ROOT / "skeleton").replace("\\", "\\\\")), encoding="utf-8")
    store = Store(str(path), str(ROOT / "skeleton"))
    asked = store.read().asked_again("x")
    assert 0 <= asked.degree <= 100
    store.write(asked)
    assert store.read().mistake == "x"
    strict(path.read_text(encoding="utf-8"))
    done = run("skeleton", "--indice", CHATPY_MEMORY=str(path))
    assert (done.returncode, done.stderr) == (1, b"")
    assert_harmless_bytes(done.stdout, set())


def test_what_is_remembered_of_an_odd_folder_is_found_again(tmp_path: Path) -> None:
    for name in ("\ud800", "a\x1b\n", "é🎉"):
        store = Store(str(tmp_path / "memory.json"), name)
        store.write(Memory(frozenset({"x"}), "y", 2))
        assert store.read() == Memory(frozenset({"x"}), "y", 2)


@pytest.fixture(scope="module")
def saved(launcher: Launcher, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A transcript of programs with mistakes."""
    folder = write_files(nasty_programs("x"), tmp_path_factory.mktemp("saved") / "rendu")
    return grading.grade(str(folder), BOTH, launcher, keep=True)[1]


HEADS: dict[str, tuple[str, str]] = {
    "not a number": ("duration_s", "NaN"),
    "infinite": ("duration_s", "Infinity"),
    "endless": ("duration_s", "1e999"),
    "negative": ("duration_s", "-1"),
    "a text": ("duration_s", '"x"'),
    "a long number": ("duration_s", "9" * 5000),
    "a file that is no text": ("files", '{"serveur.py": 3}'),
    "files that are a list": ("files", "[1]"),
    "no remarks": ("remarks", "3"),
    "deep": ("remarks", "[" * 100_000),
    "a character beyond": ("files", '{"serveur.py": "\\u202e"}'),
}


@pytest.mark.parametrize(("key", "value"), HEADS.values(), ids=HEADS.keys())
def test_a_broken_value_in_a_transcript_is_a_usage_error(key: str, value: str, saved: str) -> None:
    head, _, rest = saved.partition("\n")
    broken = json.dumps(json.loads(head) | {key: "HERE"}).replace('"HERE"', value)
    with pytest.raises(UsageError, match="n'est pas un transcript"):
        grading.judge_again(broken + "\n" + rest)


@pytest.mark.parametrize("text", [*CHUNKS, "x" * 200_000], ids=[*map(str, range(len(CHUNKS))), "long"])
def test_a_nasty_text_in_a_transcript_does_nothing(text: str, saved: str) -> None:
    """In every text of every fact that is not a kind of them, and in the heading."""
    head, heading, *lines = saved.removesuffix("\n").split("\n")
    kept = json.loads(head) | {"name": text, "remarks": [text] * 100, "isolation": text}
    made = [json.dumps(kept), heading]
    for line in lines:
        scenario, (kind, at_s, program, *values) = json.loads(line)
        if kind in (
            "Raised",
            "Shown",
            "Complained",
            "Heard",
            "ThreadStarted",
            "ThreadNamed",
            "Bound",
            "ConnectRequested",
        ):
            values = [
                text if isinstance(value, str) else [text] if isinstance(value, list) else value for value in values
            ]
        made.append(json.dumps([scenario, [kind, at_s, program, *values]]))
    assert_every_output_is_harmless(grading.judge_again("\n".join(made) + "\n"))


@pytest.mark.parametrize("number", [-1, 0, 2**31, 10**30, 10**4000], ids=["-1", "0", "2^31", "10^30", "10^4000"])
def test_a_huge_number_in_a_transcript_breaks_no_result(number: int, saved: str) -> None:
    head, heading, *lines = saved.removesuffix("\n").split("\n")
    made = []
    for line in lines:
        scenario, values = json.loads(line)
        values[3:] = [number if type(value) is int and value > 1 else value for value in values[3:]]
        made.append(json.dumps([scenario, values]))
    report = grading.judge_again("\n".join([head, heading, *made]) + "\n")
    assert_every_output_is_harmless(report)
    assert all(check.location is None or 0 < check.location.line < 10**9 for check in report.checks)
