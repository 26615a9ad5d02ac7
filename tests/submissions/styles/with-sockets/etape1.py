import socket

with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as s:
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.bind(("localhost", 4242))
    s.listen()
    conn, addr = s.accept()
    with conn:
        print(f"Connected by {addr}, fd {conn.fileno()}")
        data = conn.recv(1024)
        conn.sendall(b"Hello World!")
