"""Small programs that a plain Python and the probe must run alike, and the few that they may not."""

from __future__ import annotations

from .allowed import ALLOWED as ALLOWED
from .encodings import ENCODINGS as ENCODINGS
from .exceptions import EXCEPTIONS
from .inputs import INPUT
from .modules import MODULES
from .snippet import Snippet as Snippet
from .sockets import SOCKET_OBJECTS
from .threads import THREADS
from .wrong_calls import WRONG_SOCKET_CALLS

SNIPPETS: tuple[Snippet, ...] = (*WRONG_SOCKET_CALLS, *SOCKET_OBJECTS, *THREADS, *INPUT, *EXCEPTIONS, *MODULES)
"""Alike in every byte of output and in the exit status."""
