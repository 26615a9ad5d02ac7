"""Who has the same structure: never by nature, always where names, texts, comments and layout are all that differs."""

from __future__ import annotations

import io
import keyword
import time
import tokenize
from dataclasses import replace

import pytest

from grader.club.model import Row, State
from grader.club.packing import digest_of
from grader.club.pairs import CHAT_FILES, pairs, shapes, skeleton
from grader.shape import statements
from tests.submissions.model import FILES, broken_files, reference_files, style_files
from tests.submissions.second_hand import PROGRAMS
from tests.submissions.styles import STYLES


def handed_in(pseudo: str, files: dict[str, str], state: State = State.GRADED) -> Row:
    """The row of some files."""
    data = {name: text.encode("utf-8", "surrogateescape") for name, text in files.items()}
    return Row(pseudo, state, digest=digest_of(data), shapes=shapes(data, skeleton()))


CORRECT = {"reference": reference_files()} | {style.name: style_files(style) for style in STYLES}

WITH_WORK_OF_THEIR_OWN = [
    name
    for name, files in CORRECT.items()
    if sum(int(shape.rpartition(":")[2]) for file, shape in handed_in("x", files).shapes.items() if file in CHAT_FILES)
    >= 24
]


def renamed(source: str) -> str:
    """The same program under other names, with other texts, numbers and comments, and laid out in another way."""
    words = []
    before = ""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        text = token.string
        if token.type == tokenize.NAME and not keyword.iskeyword(text) and before != ".":
            text = f"nom_{sum(map(ord, text))}"
        elif token.type == tokenize.NUMBER:
            text = "77"
        elif token.type == tokenize.COMMENT:
            text = "# à moi"
        elif token.type in (tokenize.NL,):
            text = "\n\n"
        before = text
        words.append((token.type, text))
    return tokenize.untokenize(words)


def test_no_two_people_who_wrote_for_themselves_are_a_pair() -> None:
    assert pairs([handed_in(name, files) for name, files in CORRECT.items()]) == []


def test_broken_programs_are_pairs_only_where_they_come_from_one_program() -> None:
    bases = {one.name: one.base for one in PROGRAMS}
    for group in pairs([handed_in(one.name, broken_files(one)) for one in PROGRAMS]):
        assert len({bases[name] for name in group}) == 1


def test_most_programs_hold_enough_to_say_something() -> None:
    assert len(WITH_WORK_OF_THEIR_OWN) >= 65


@pytest.mark.parametrize("name", [name for name in WITH_WORK_OF_THEIR_OWN if "\r" not in CORRECT[name]["serveur.py"]])
def test_other_names_texts_comments_and_layout_hide_nothing(name: str) -> None:
    files = CORRECT[name]
    try:
        copy = {file: renamed(text) for file, text in files.items() if file in FILES}
    except (tokenize.TokenError, SyntaxError):  # made for a newer Python
        pytest.skip("this Python cannot take it apart")
    assert pairs([handed_in("zoe", files), handed_in("ali", copy)]) == [("ali", "zoe")]


def test_capitals_in_the_names_of_files_change_nothing() -> None:
    files = CORRECT["queue-between"]
    capitals = {name.capitalize(): text for name, text in files.items()}
    assert pairs([handed_in("zoe", files), handed_in("ali", capitals)]) == [("ali", "zoe")]


LINE_BY_LINE = {
    name: f'''import socket
import threading

IP = "{ip}"
PORT = {port}


def Send(client):
    while True:
        message = input()
        client.sendall(message.encode())


def Réception(client):
    while True:
        data = client.recv(1024)
        if not data:
            break
        print(data.decode())


{start}
envoi = threading.Thread(target=Send, args=(client,))
recep = threading.Thread(target=Réception, args=(client,))
envoi.start()
recep.start()
envoi.join()
recep.join()
client.close()
'''
    for name, ip, port, start in (
        ("serveur.py", "", 4242, "s = socket.socket()\ns.bind((IP, PORT))\ns.listen()\nclient, adresse = s.accept()"),
        ("client.py", "127.0.0.1", 4242, "client = socket.socket()\nclient.connect((IP, PORT))"),
    )
}


def test_who_follows_the_subject_line_by_line_is_nobodys_pair() -> None:
    other = {name: text.replace("message", "texte").replace("4242", "5000") for name, text in LINE_BY_LINE.items()}
    assert pairs([handed_in("zoe", LINE_BY_LINE), handed_in("ali", other)]) == []


def test_the_same_files_to_the_last_sign_are_noticed_all_the_same() -> None:
    assert pairs([handed_in(one, LINE_BY_LINE) for one in ("zoe", "luc", "ali")]) == [("ali", "luc", "zoe")]


def test_what_nobody_has_begun_is_alike_and_says_nothing() -> None:
    begun = skeleton() | {"serveur.py": skeleton()["serveur.py"].replace("PORT = 0", "PORT = 4242")}
    assert pairs([handed_in("zoe", begun), handed_in("ali", begun)]) == []
    blank = replace(handed_in("zoe", CORRECT["reference"]), state=State.BLANK)
    assert pairs([blank, replace(blank, pseudo="ali")]) == []


def test_one_program_that_differs_is_enough() -> None:
    files = CORRECT["queue-between"]
    other = files | {"client.py": files["client.py"] + "\nimport sys\nsys.stdout.write('fini')\n"}
    assert pairs([handed_in("zoe", files), handed_in("ali", other)]) == []


def test_statements_are_the_same_however_they_are_laid_out() -> None:
    assert (
        list(statements("if not a: break\nb = f(1,\n  2); c = 3\n"))
        == list(statements("if not x:  # fini\n    break\n\ny = g(5, 6)\nz = \\\n  9\n"))
        == [("if", "not", "n", ":"), ("break",), ("n", "=", "n", "(", "0", ",", "0", ")"), ("n", "=", "0")]
    )


@pytest.mark.parametrize("sign", ["(", "x\n", "\"'", "\\\n", "if:", "(\n", '"a\n', "\u0301"])
def test_no_text_takes_long(sign: str) -> None:
    """Half a second is what the longest that is looked at takes; a quadratic search would take minutes."""
    text = (sign * 200_000).encode()[:200_000]
    began_s = time.process_time()
    shapes({"serveur.py": text}, skeleton())
    assert time.process_time() - began_s < 10
