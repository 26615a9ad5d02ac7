"""Files that Python refuses to read."""

from __future__ import annotations

from .snippet import Snippet

ENCODINGS: tuple[Snippet, ...] = (
    Snippet("latin-1-in-a-text", "# Un test\nprint('é')\n".encode("latin-1")),
    Snippet("latin-1-in-a-comment", "import socket  # du réseau\nprint('a')\n".encode("latin-1")),
    Snippet("latin-1-in-a-name", "def Réception(client):\n    pass\n".encode("latin-1")),
    Snippet("latin-1-after-a-syntax-error", "x = = 3\n# été\n".encode("latin-1")),
    Snippet("latin-1-called-utf-8", "# -*- coding: utf-8 -*-\nprint('é')\n".encode("latin-1")),
    Snippet("utf-16", "print('é')\n".encode("utf-16")),
    Snippet("utf-8-called-ascii", "# coding: ascii\nprint('é')\n".encode()),
    Snippet("utf-8-called-nonsense", b"# coding: rien\nprint('a')\n"),
    Snippet("utf-8-with-bom-called-latin-1", "# coding: latin-1\nprint('é')\n".encode("utf-8-sig")),
)
"""Refused by Python before their first line runs."""
