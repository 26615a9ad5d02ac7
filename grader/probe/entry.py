"""Where the interpreter of a student's program starts: as a fork server, or for one program."""

from __future__ import annotations

import sys

BOOT_MODULES = frozenset(sys.modules)  # read before the probe's own imports: see runner._forget_modules

from . import imported  # noqa: E402

imported.record()

import _socket  # noqa: E402
import os  # noqa: E402

from . import confine, runner  # noqa: E402
from .channel import Channel, SocketChannel  # noqa: E402
from .entry_line import CANNOT_START  # noqa: E402
from .launch_spec import LaunchSpec, read_line  # noqa: E402
from .sockets import Real  # noqa: E402


def main() -> None:
    """Run ``fork FD PRIVATE SANDBOXED END_S`` (wait for specs there) or ``spawn PORT TOKEN`` (fetch one spec there)."""
    mode, *args = sys.argv[2:]
    if mode == "fork":
        from .forkserver import serve

        spec, channel_fd = serve(
            int(args[0]), private=args[1] == "1", sandboxed=args[2] == "1", end_patience_s=float(args[3])
        )
        channel = Channel(channel_fd, spec.folder, spec.token)
    else:
        spec, channel = _fetch_spec(int(args[0]), args[1])
    imported.stop()
    sys.exit(runner.run(spec, channel, BOOT_MODULES))


def _fetch_spec(port: int, token: str) -> tuple[LaunchSpec, Channel]:
    """Call the harness, show token and process number, and read the spec, one line; the socket becomes the channel."""
    sock = Real(_socket.AF_INET, _socket.SOCK_STREAM)
    sock.connect(("127.0.0.1", port))
    sock.setsockopt(_socket.IPPROTO_TCP, _socket.TCP_NODELAY, 1)
    sock.sendall(f"{token} {os.getpid()}\n".encode("ascii"))
    data = b""
    while not data.endswith(b"\n"):
        chunk = sock.recv(65536)
        if not chunk:
            os._exit(CANNOT_START)  # the harness is gone: there is nothing to run
        data += chunk
    spec = read_line(data.decode("utf-8"))
    confine.limit(spec.caps, private=False)
    return spec, SocketChannel(sock, spec.folder, spec.token)
