"""The names of Python's own that the exercise uses, to tell what a misspelt one was meant to be."""

from __future__ import annotations

SOCKET_METHODS = (
    "accept", "bind", "close", "connect", "connect_ex", "fileno", "getpeername", "getsockname", "listen", "makefile",
    "recv", "recv_into", "recvfrom", "send", "sendall", "sendto", "setblocking", "setsockopt", "settimeout", "shutdown",
)  # fmt: skip
THREAD_METHODS = ("daemon", "is_alive", "join", "name", "run", "start")
MODULES: dict[str, tuple[str, ...]] = {
    "socket": (
        "AF_INET", "AF_INET6", "INADDR_ANY", "IPPROTO_TCP", "SHUT_RD", "SHUT_RDWR", "SHUT_WR", "SOCK_DGRAM",
        "SOCK_STREAM", "SOL_SOCKET", "SO_REUSEADDR", "create_connection", "create_server", "error", "gaierror",
        "gethostbyname", "gethostname", "socket", "timeout",
    ),
    "threading": (
        "Condition", "Event", "Lock", "RLock", "Semaphore", "Thread", "Timer", "active_count", "current_thread",
    ),
    "time": ("monotonic", "perf_counter", "sleep", "strftime", "time"),
    "sys": ("argv", "exit", "stderr", "stdin", "stdout"),
    "os": ("_exit", "environ", "getcwd", "path", "read", "system", "write"),
    "codecs": ("getincrementaldecoder", "decode", "encode"),
}  # fmt: skip
"""The modules that beginners import here, and what they use of them."""

TYPES: dict[str, tuple[str, ...]] = {
    "socket": SOCKET_METHODS,
    "Thread": THREAD_METHODS,
    "str": ("encode", "endswith", "format", "join", "lower", "replace", "split", "startswith", "strip", "upper"),
    "bytes": ("decode", "endswith", "hex", "join", "replace", "split", "startswith", "strip"),
    "list": ("append", "clear", "extend", "index", "insert", "pop", "remove", "sort"),
}
"""The methods of the types that a chat handles."""

PYTHON_2 = {"raw_input": "input()", "unicode": "str", "xrange": "range"}
"""Names that only Python 2 knows, and what stands for them."""

TEXTS = frozenset({"localhost", "utf", "utf8", "utf_8", "ascii", "latin1", "hello", "bonjour", "exit", "quit"})
"""Words that beginners mean as a text when they stand alone."""

SYNONYMS = {
    "write": "sendall",
    "read": "recv",
    "receive": "recv",
    "recieve": "recv",
    "readline": "recv",
    "recevoir": "recv",
}
"""Methods that a socket has not, and the one that was meant."""
