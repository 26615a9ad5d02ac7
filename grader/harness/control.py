"""A program of our own that asks a machine for what a chat may need: where it fails, no student is to blame."""

from __future__ import annotations

PROGRAM = "temoin"
FILE = "temoin.py"

SOURCE = b'''\
"""Takes more of everything than a chat does, and says with its exit status whether it was given."""

import socket
import threading

THREADS, SOCKETS, MEMORY_BYTES, FILE_BYTES = 8, 24, 24_000_000, 200_000

enough = threading.Event()
threads = [threading.Thread(target=enough.wait) for _ in range(THREADS)]
sockets = [socket.socket() for _ in range(SOCKETS)]
for thread in threads:
    thread.start()
memory = bytes(MEMORY_BYTES)
with open("temoin.txt", "wb") as file:
    file.write(memory[:FILE_BYTES])
enough.set()
for thread in threads:
    thread.join()
for sock in sockets:
    sock.close()
'''
"""Runs under the same limits and with the same launcher as a student's program, alone."""
