"""What every page has in common: colours, letters, French typography, and what the browser is told to refuse."""

from __future__ import annotations

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

LIGHT = """--page:#f3f5fb;--card:#ffffff;--ink:#1b2233;--soft:#525c73;--line:#d6dcea;--accent:#2b4fc4;--tint:#e6ecff;
--good:#12693a;--good-tint:#dff5e6;--bad:#b0221b;--warn:#835200;--warn-tint:#fff0cf;
--code:#f0f3fa;--blamed:#ffe49a;--bar:#1f9d57;"""
DARK = """--page:#11141c;--card:#1b202d;--ink:#e9edf6;--soft:#a9b3c8;--line:#363e52;--accent:#9db7ff;--tint:#232d4d;
--good:#6fdc9b;--good-tint:#173425;--bad:#ff9a91;--warn:#f4c869;--warn-tint:#3d3014;
--code:#12161f;--blamed:#574413;--bar:#35b56d;"""


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


BASE = (
    f":root{{color-scheme:light dark;{LIGHT}}}"
    f"@media screen and (prefers-color-scheme:dark){{:root{{{DARK}}}}}"
    + """
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:1.0625rem/1.5 system-ui,"Segoe UI",Roboto,"DejaVu Sans",
  sans-serif;overflow-wrap:anywhere}
h1,h2,h3,h4,p,ul,dl,dd{margin:0}
ul{padding-left:1.25rem}
a{color:var(--accent)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:.25rem}
.skip{position:absolute;left:-999rem;background:var(--card);padding:.6rem 1rem}
.skip:focus{left:1rem;top:1rem;z-index:1}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.card{background:var(--card);border:1px solid var(--line);border-radius:1rem;padding:1.25rem;margin:1rem 0}
footer{color:var(--soft);font-size:.85rem;padding-bottom:2rem}"""
)
"""The rules that every page begins with."""


def prose(text: str) -> str:
    """A sentence, as HTML."""
    for plain, tied in NO_BREAK.items():
        text = text.replace(plain, tied)
    return escape(text)
