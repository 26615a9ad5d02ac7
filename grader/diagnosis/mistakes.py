"""The catalogue of mistakes, by slug."""

from __future__ import annotations

from .mistake import Mistake
from .mistakes_chat import CHAT
from .mistakes_limits import LIMITS
from .mistakes_network import NETWORK
from .mistakes_python import PYTHON
from .mistakes_windows import ONLY_POSIX

MISTAKES: dict[str, Mistake] = {mistake.slug: mistake for mistake in PYTHON + NETWORK + CHAT + LIMITS + ONLY_POSIX}
