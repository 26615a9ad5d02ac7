"""Real servers of git on this machine's loopback: ``git daemon`` and ``git http-backend``, to read from and to push to.

Both take a free port of the system's own choosing and serve every bare repository below one folder.
"""

from __future__ import annotations

import os
import socketserver
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import cast
from urllib.parse import unquote

SETTINGS = {
    "GIT_CONFIG_COUNT": "2",
    "GIT_CONFIG_KEY_0": "safe.directory",
    "GIT_CONFIG_VALUE_0": "*",
    "GIT_CONFIG_KEY_1": "http.receivepack",
    "GIT_CONFIG_VALUE_1": "true",
}
"""What a teacher sets once on the machine that serves."""

PATIENCE_S = 30
"""For one request of git's."""


def bare(path: Path) -> Path:
    """A new empty repository for a server, as ``git init --bare`` makes it."""
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(path)], check=True, timeout=PATIENCE_S)
    return path


@contextmanager
def git_daemon(root: Path, *, push: bool = True) -> Iterator[str]:
    """Serve the repositories of a folder by ``git daemon``; its URL without a slash at the end: ``git://127.0.0.1:N``.

    The listening is ours (git has no way to say which free port it took), each connection is a ``git daemon --inetd``.
    """
    command = ["git", "daemon", "--inetd", "--export-all", f"--base-path={root}", "--timeout=20"]
    command += ["--enable=receive-pack" if push else "--disable=receive-pack"]

    class Connection(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            there = self.request.fileno()
            environment = os.environ | SETTINGS
            subprocess.run(command, stdin=there, stdout=there, stderr=subprocess.DEVNULL, env=environment, check=False)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Connection) as server:
        with _serving(server):
            yield f"git://127.0.0.1:{server.server_address[1]}"


@contextmanager
def git_http(root: Path, *, push: bool = True, status: int = 0) -> Iterator[str]:
    """Serve the repositories of a folder by ``git http-backend``; its URL without a slash at the end.

    Args:
        root: the folder of the repositories.
        push: whether it takes anything.
        status: what every request is answered instead, such as 401, 403, 404 or 500.
    """
    with _HttpServer(("127.0.0.1", 0), _Backend) as server:
        server.root, server.push, server.status = root, push, status
        with _serving(server):
            yield f"http://127.0.0.1:{server.server_address[1]}"


@contextmanager
def _serving(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()


class _HttpServer(ThreadingHTTPServer):
    root: Path
    push: bool
    status: int


class _Backend(BaseHTTPRequestHandler):
    """Hands each request to git as a web server does by CGI (RFC 3875)."""

    protocol_version = "HTTP/1.0"

    def do_GET(self) -> None:
        """What git asks first: the references."""
        self._answer(b"")

    def do_POST(self) -> None:
        """What it asks and sends then, in one piece or in chunks."""
        self._answer(self._body())

    def log_message(self, *_: object) -> None:
        """Nobody reads along."""

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", "0")))
        body = b""
        while size := int(self.rfile.readline().partition(b";")[0], 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body

    def _answer(self, body: bytes) -> None:
        server = cast(_HttpServer, self.server)
        if server.status:
            self.send_response(server.status)
            if server.status == 401:
                self.send_header("WWW-Authenticate", 'Basic realm="club"')
            self.end_headers()
            return
        path, _, query = self.path.partition("?")
        request = {
            "GIT_PROJECT_ROOT": str(server.root),
            "GIT_HTTP_EXPORT_ALL": "1",
            "GIT_CONFIG_VALUE_1": "true" if server.push else "false",
            "PATH_INFO": unquote(path),
            "QUERY_STRING": query,
            "REQUEST_METHOD": self.command,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
            "REMOTE_ADDR": self.client_address[0],
        }
        command = ["git", "http-backend"]
        environment = os.environ | SETTINGS | request
        done = subprocess.run(
            command, input=body, capture_output=True, env=environment, timeout=PATIENCE_S, check=False
        )
        head, _, content = done.stdout.partition(b"\r\n\r\n")
        fields = dict(line.decode("latin-1").split(": ", 1) for line in head.splitlines() if b": " in line)
        self.send_response(int(fields.pop("Status", "200").split()[0]))
        for name, value in fields.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)
