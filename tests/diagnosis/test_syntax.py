"""Files that Python cannot read: the reason is found in the text itself."""

from __future__ import annotations

import pytest

from grader.diagnosis.code import Code
from grader.diagnosis.topics.syntax import diagnose

FAULTS = (
    ("whlie True:\n    pass\n", "mot_mal_ecrit", 1),
    ("improt socket\n", "mot_mal_ecrit", 1),
    ("form socket import *\n", "mot_mal_ecrit", 1),
    ("Import socket\n", "mot_mal_ecrit", 1),
    ("if a:\n    b = 1\nesle:\n    b = 2\n", "mot_mal_ecrit", 3),
    ("if a:\n    b = 1\nelse if c:\n    b = 2\n", "mot_mal_ecrit", 3),
    ("def f(x)\n    pass\n", "deux_points_oublie", 1),
    ("while True  # toujours\n    x = 1\n", "deux_points_oublie", 1),
    ("if x = 3:\n    pass\n", "egal_simple", 1),
    ("print('a'\nx = 1\n", "parenthese_ouverte", 1),
    ("s.bind((1, 2)\ns.listen()\n", "parenthese_ouverte", 1),
    ("x = {1: 2\ny = 3\n", "parenthese_ouverte", 1),
    ("s.bind((1, 2)))\n", "parenthese_en_trop", 1),
    ("print('J'attends')\n", "apostrophe_dans_texte", 1),
    ("print('l'adresse d'un')\n", "apostrophe_dans_texte", 1),
    ('print("bonjour)\n', "guillemet_ouvert", 1),
    ('x = 1\n"""abc\nx = 1\n', "guillemet_ouvert", 2),
    ("print(\u201cbonjour\u201d)\n", "guillemets_word", 1),
    ("x\u00a0= 1\n", "caractere_invisible", 1),
    ("x = 3 \u2013 2\n", "caractere_invisible", 1),
    ("def R\u00c3\u00a9ception():\n    pass\n", "accents_du_fichier", 1),
    ('print "bonjour"\n', "python2", 1),
    ("try:\n    pass\nexcept OSError, e:\n    pass\n", "python2", 3),
    ("t = Thread(target=f args=(1,))\n", "virgule_oubliee", 1),
    ("bind(('localhost' 4242))\n", "virgule_oubliee", 1),
    ("IP = 127.0.0.1\n", "adresse_sans_guillemets", 1),
    ("x = 1\nbreak\n", "hors_boucle", 2),
    ("return 3\n", "hors_boucle", 1),
    ("def f():\n    x = 1\n    global x\n", "global_trop_tard", 3),
    ("def f():\nprint(1)\n", "indentation_manquante", 2),
    ("def f():\n    # TODO\n\nx = 1\n", "bloc_vide", 1),
    ("x = 1\n  y = 2\n", "indentation_en_trop", 2),
    ("if x:\n        y = 1\n    z = 2\n", "indentation_decalee", 3),
    ("if x:\n    y = 1\n\tz = 2\n", "tabulations", 3),
    ("x = 1\n<<<<<<< HEAD\ny = 2\n", "marques_fusion", 2),
    (">>> x = 1\n", "invite_copiee", 1),
    ("4242 = PORT\n", "syntaxe", 1),
)


@pytest.mark.parametrize(("source", "slug", "line"), FAULTS, ids=[source[:24] for source, _, _ in FAULTS])
def test_the_reason_is_found_in_the_text(source: str, slug: str, line: int) -> None:
    with pytest.raises(SyntaxError) as caught:
        compile(source, "x.py", "exec")
    fault = next(diagnose(Code("x.py", source), type(caught.value).__name__, caught.value.lineno or 0))
    assert fault.place is not None
    assert (fault.mistake.slug, fault.place.line) == (slug, line)


WITH_SIGNS = (
    "print('“ok” — très bien')  # « l'été »\n",
    'x = "don\'t"\n',
    "y = '''l'un\nd'eux'''\n",
    'z = f"{1}é"\n',
)


@pytest.mark.parametrize("source", WITH_SIGNS)
def test_signs_inside_texts_and_comments_are_not_to_blame(source: str) -> None:
    fault = next(diagnose(Code("x.py", source + "4242 = PORT\n"), "SyntaxError", source.count("\n") + 1))
    assert fault.mistake.slug == "syntaxe"
