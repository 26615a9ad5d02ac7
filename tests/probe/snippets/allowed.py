"""Programs that notice the probe, and why that is accepted."""

from __future__ import annotations

from .snippet import Snippet

ALLOWED: tuple[Snippet, ...] = (
    Snippet(
        "class-below-socket",
        "import socket\nprint([cls.__name__ for cls in socket.socket.__mro__])\n",
        why="the probe's type stands between socket.socket and the C type: a C type cannot be changed",
    ),
    Snippet(
        "kind-of-functions",
        "import inspect, time\nprint(inspect.isbuiltin(time.sleep))\n",
        why="a function that tells when it is entered and left cannot be written in C here",
    ),
    Snippet(
        "no-delay",
        """
        import socket
        s = socket.create_server(("@HOST@", @PORT@))
        c = socket.create_connection(("@HOST@", @PORT@))
        print(c.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 0)
        """,
        why="a second small send would wait 40 ms for the first one's acknowledgement, in every grading",
    ),
    Snippet(
        "address-of-another-machine",
        """
        import socket
        s = socket.socket()
        s.bind(("192.0.2.1", @PORT@))
        """,
        why="an address of the classroom must be gradable anywhere (192.0.2.0/24 is nobody's: RFC 5737)",
    ),
    Snippet(
        "same-port-on-two-addresses",
        """
        import socket
        s = socket.create_server(("@HOST@", @PORT@))
        t = socket.create_server(("127.0.0.2", @PORT@))
        """,
        why="all addresses lead to one: two of them cannot have the same port",
    ),
    Snippet(
        "datagrams-to-oneself",
        """
        import socket
        s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        s.bind(("@HOST@", @PORT@))
        s.sendto(b"x", ("@HOST@", @PORT@))
        s.settimeout(0.01)
        print(s.recvfrom(10))
        """,
        why="a datagram of a student's goes nowhere: the exercise is TCP",
    ),
    Snippet(
        "terminal-size",
        "import os\nprint(os.get_terminal_size())\n",
        why="a student tries it in a terminal: where there is none, the probe answers as one of the usual size",
    ),
    Snippet(
        "modules-already-there",
        "import sys\nprint('threading' in sys.modules, 'select' in sys.modules)\n",
        why="the probe needs them; a file of the student's with such a name is still found first",
    ),
    Snippet(
        "stack-below-the-program",
        """
        import sys, warnings
        warnings.warn("à l'appelant", stacklevel=2)
        print(sys._getframe().f_back)
        """,
        why="the probe calls the program: its frames are below, where traceback.print_stack does not show them",
    ),
    Snippet(
        "deepest-recursion",
        """
        def profondeur(n=1):
            try:
                return profondeur(n + 1)
            except RecursionError:
                return n
        print(profondeur())
        """,
        why="the same frames count: four calls of a thousand",
    ),
    Snippet(
        "traceback-walked-by-hand",
        """
        try:
            input()
        except EOFError as error:
            tb = error.__traceback__
            while tb:
                print(tb.tb_frame.f_code.co_name, tb.tb_lineno)
                tb = tb.tb_next
        """,
        why="Python adds the probe's frames on the way; they are taken out where anything is printed or uncaught",
    ),
    Snippet(
        "source-with-null",
        b"print('a')\n\x00print('b')\n",
        since=(3, 11),
        why="both refuse it, in other words: compile does not know the line",
    ),
)
"""Not alike, and why that is accepted. Numbers of descriptors differ too, where no fork server starts the program."""
