"""What every page has in common: its head, its rules, French typography, and what the browser is told to refuse."""

from __future__ import annotations

import pkgutil
from html import escape

TEXT_SIGN = "\ufe0e"
"""After ✔: draw it as a letter, not as an emoji, so that it takes our colour."""

NO_BREAK = {
    " :": "\xa0:",
    " ;": "\xa0;",
    " !": "\xa0!",
    " ?": "\xa0?",
    "« ": "«\xa0",
    " »": "\xa0»",
    "ligne ": "ligne\xa0",
    "TODO ": "TODO\xa0",
}
"""Where French typography allows no new line."""

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
"""What the browser is told to refuse, should anything of a submission ever get through: everything but our style."""


def head(title: str, rules: str, policy: str = POLICY, script: str = "") -> str:
    """A page up to its body.

    Args:
        title: as HTML.
        rules: its style.
        policy: what the browser is told to refuse.
        script: a whole element, which the policy must allow; empty for none.
    """
    return f"""<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{rules}</style>{script}
</head>
"""


def rules_of(name: str, package: str = __package__) -> str:
    """The rules in a .css file of a package."""
    return (pkgutil.get_data(package, name) or b"").decode("utf-8")


BASE = rules_of("page.css")
"""The rules that every page begins with: all colours, for light and for dark, are variables there."""


def prose(text: str) -> str:
    """A sentence, as HTML."""
    for plain, tied in NO_BREAK.items():
        text = text.replace(plain, tied)
    return escape(text)
