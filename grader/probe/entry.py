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
from .sockets import Real  # noqa: E402


def main() -> None:
    """Run ``fork FD PRIVATE SANDBOXED`` (wait for orders there) or ``spawn PORT TOKEN`` (fetch one order there)."""
    mode, *args = sys.argv[2:]
    if mode == "fork":
        from .forkserver import serve

        order = serve(int(args[0]), private=args[1] == "1", sandboxed=args[2] == "1")
        channel = Channel(order.channel_fd, order.folder, order.token)
    else:
        order, channel = _fetch_order(int(args[0]), args[1])
    imported.stop()
    sys.exit(runner.run(order, channel, BOOT_MODULES))


def _fetch_order(port: int, token: str) -> tuple[runner.Order, Channel]:
    """Call the harness, show token and process number, and read the order, one line; the socket becomes the channel."""
    sock = Real(_socket.AF_INET, _socket.SOCK_STREAM)
    sock.connect(("127.0.0.1", port))
    sock.setsockopt(_socket.IPPROTO_TCP, _socket.TCP_NODELAY, 1)
    sock.sendall(f"{token} {os.getpid()}\n".encode("ascii"))
    data = b""
    while not data.endswith(b"\n"):
        chunk = sock.recv(65536)
        if not chunk:
            os._exit(70)  # the harness is gone: there is nothing to run
        data += chunk
    order = runner.Order(data.decode("utf-8"))
    confine.limit(order.caps, private=False)
    return order, SocketChannel(sock, order.folder, order.token)
