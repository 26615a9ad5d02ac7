"""What the harness writes of a program to start is what the probe reads."""

from __future__ import annotations

import pytest

from grader.limits import DEFAULT
from grader.probe.launch_spec import LaunchSpec, read_line


@pytest.mark.parametrize(
    "spec",
    [
        LaunchSpec("/tmp/a b", "serveur.py", "127.0.0.1", {}, None),
        LaunchSpec("/tmp/x", "src/été.py", "127.1.2.3", {4242: 40001, 80: 40002}, None, token="0f", number=12),
        LaunchSpec("C:\\x", "client.py", "127.0.0.1", {}, ("127.0.0.1", 40003), caps=DEFAULT.caps()),
    ],
    ids=["least", "server", "client"],
)
def test_a_spec_is_read_as_it_was_written(spec: LaunchSpec) -> None:
    line = spec.line()
    assert line.count("\n") == 1
    assert vars(read_line(line)) == vars(spec)


def test_a_packet_goes_beside_the_line() -> None:
    assert read_line(LaunchSpec("/tmp", "client.py", "127.0.0.1", {}, None, packet=7).line()).packet is None


@pytest.mark.parametrize("line", ["", "1\t/tmp\n", "x" + LaunchSpec("", "", "", {}, None).line()])
def test_what_is_no_spec_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_line(line)
