"""A real Chromium, driven over its own pipe: what a page looks like, and what becomes of a click, a key, a reload."""

from __future__ import annotations

import base64
import itertools
import json
import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
START_S = 60
"""A busy machine takes 10 s to start a browser for the first time."""

OPTIONS = (
    "--headless=new",
    "--no-sandbox",  # it refuses its sandbox to root, and to anybody in most containers
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    "--no-proxy-server",
)


def browser() -> str:
    """A Chromium; the test is skipped where there is none, but in the project's CI there must be one."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found:
        return found
    reason = f"no browser on the PATH: {', '.join(BROWSERS)}"
    if "CI" in os.environ and hasattr(os, "geteuid") and os.geteuid() == 0:
        pytest.fail(reason)
    pytest.skip(reason)


class Tab:
    """One page of a running browser; the DevTools protocol, with its messages ended by NUL.

    Attributes:
        errors: what the browser has complained of: in its console, by an exception, or by its page's policy.
        asked: the addresses of all that it has asked for.
    """

    def __init__(self, reads: int, writes: int) -> None:
        self._reads, self._writes = reads, writes
        self._numbers = itertools.count(1)
        self._rest = b""
        self._session: str | None = None
        self._loads = 0
        self.errors: list[str] = []
        self.asked: list[str] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """One command, to its answer.

        Raises:
            AssertionError: the browser refuses it, or does not answer in time.
        """
        number = next(self._numbers)
        message = {"id": number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._writes, json.dumps(message).encode() + b"\0")
        end_s = time.monotonic() + START_S
        while True:
            answer = self._next(end_s)
            if answer.get("id") == number:
                assert "error" not in answer, answer
                result: dict[str, Any] = answer["result"]
                return result

    def _next(self, end_s: float) -> dict[str, Any]:
        """The next message, an event taken note of."""
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._reads], [], [], max(0, end_s - time.monotonic()))
            assert ready, "the browser does not answer"
            more = os.read(self._reads, 1 << 20)
            assert more, "the browser has ended"
            self._rest += more
        line, _, self._rest = self._rest.partition(b"\0")
        message: dict[str, Any] = json.loads(line)
        self._note(message.get("method", ""), message.get("params", {}))
        return message

    def _note(self, event: str, params: dict[str, Any]) -> None:
        if event == "Page.loadEventFired":
            self._loads += 1
        elif event == "Network.requestWillBeSent":
            self.asked.append(params["request"]["url"])
        elif event == "Log.entryAdded":
            self.errors.append(params["entry"]["text"])
        elif event in ("Runtime.exceptionThrown", "Runtime.consoleAPICalled"):
            self.errors.append(json.dumps(params))

    def open(self, address: str) -> None:
        """Go to an address, until it is loaded."""
        loads, end_s = self._loads, time.monotonic() + START_S
        self.call("Page.navigate", url=address)
        while self._loads == loads:
            self._next(end_s)

    def look(self, expression: str) -> Any:
        """The value of a JavaScript expression; the page's own policy does not forbid it to the one who tests."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def wait_until(self, expression: str) -> None:
        """Wait until an expression is true, whatever document is there meanwhile.

        Raises:
            AssertionError: it has not been in time.
        """
        end_s = time.monotonic() + START_S
        while True:
            try:
                if self.look(expression):
                    return
            except AssertionError:  # the document that was asked has just been replaced
                pass
            assert time.monotonic() < end_s, expression

    def show(self, width: int, height: int, *, dark: bool = False, media: str = "screen") -> None:
        """Be a window of this size in pixels, light or dark, or a printer (``media="print"``)."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", media=media, features=[scheme])

    def click(self, selector: str) -> None:
        """Click in the middle of an element, brought into sight before."""
        x, y = self.look(
            f"""(() => {{ const one = document.querySelector({json.dumps(selector)});
            one.scrollIntoView({{block: "center"}}); const box = one.getBoundingClientRect();
            return [box.x + box.width / 2, box.y + box.height / 2]; }})()"""
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def press(self, key: str) -> None:
        """Press a key: Tab or Enter."""
        code, text = {"Tab": (9, ""), "Enter": (13, "\r")}[key]
        for kind in ("keyDown", "keyUp"):
            more = {"text": text} if text and kind == "keyDown" else {}
            self.call("Input.dispatchKeyEvent", type=kind, key=key, windowsVirtualKeyCode=code, code=key, **more)

    def picture(self, path: Path) -> None:
        """Write what is to be seen as a PNG."""
        path.write_bytes(base64.b64decode(self.call("Page.captureScreenshot")["data"]))


AS_3_AND_4 = """import fcntl, os, sys
read, write = (fcntl.fcntl(int(number), fcntl.F_DUPFD, 5) for number in sys.argv[1:3])  # not in each other's way
os.dup2(read, 3)
os.dup2(write, 4)
os.execvp(sys.argv[3], sys.argv[3:])
"""
"""A browser speaks over these two descriptors; nothing may run between our own fork and exec, for we have threads."""


@contextmanager
def chromium(profile: Path) -> Iterator[Tab]:
    """Start a browser with a new profile; it has ended when this is left."""
    program = browser()
    to_it, from_it = os.pipe(), os.pipe()
    theirs = (to_it[0], from_it[1])
    options = [*OPTIONS, f"--user-data-dir={profile}", "--remote-debugging-pipe"]
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(
        [sys.executable, "-I", "-c", AS_3_AND_4, *map(str, theirs), program, *options],
        stdin=quiet,
        stdout=quiet,
        stderr=quiet,
        pass_fds=theirs,
    )
    for descriptor in theirs:
        os.close(descriptor)
    try:
        yield Tab(from_it[0], to_it[1])
    finally:
        os.close(to_it[1])  # it ends with its pipe
        os.close(from_it[0])
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
