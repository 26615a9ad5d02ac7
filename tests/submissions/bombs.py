"""Programs without measure, or without modesty, by the mistake to be named; each takes the place of etape1.py."""

from __future__ import annotations

BOMBS = {
    "trop_de_threads": """
import threading, time
while True:
    threading.Thread(target=time.sleep, args=(4,)).start()
""",
    "trop_de_processus": """
import os, time
end = time.monotonic() + 30
while time.monotonic() < end:
    os.fork()
    time.sleep(0.1)
""",
    "trop_de_memoire": """
tout = []
while True:
    tout.append("x" * 1_000_000)
""",
    "trop_de_fichiers": """
n = 0
while True:
    n += 1
    with open(f"f{n}", "w") as file:
        file.write("x" * 1_000_000)
""",
    "trop_ouverts": """
import socket
tout = []
while True:
    tout.append(socket.socket())
""",
    "interdit": """
import socket
socket.sethostname(socket.gethostname())
""",
}
