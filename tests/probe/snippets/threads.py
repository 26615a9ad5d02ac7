"""Threads: states, names, exceptions, and all that waits."""

from __future__ import annotations

from .snippet import Snippet

THREADS = (
    Snippet(
        "thread-wrong-calls",
        """
        import threading
        from attempts import attempt
        t = threading.Thread(target=len, args=("dans le thread",))
        attempt(t.join)
        attempt(t.is_alive)
        attempt(t.start, 1)
        attempt(t.start)
        attempt(t.start)
        attempt(t.join, "a")
        attempt(t.join, 1, 2)
        attempt(t.join, delai=1)
        attempt(t.join, timeout=None)
        attempt(t.join, -1)
        attempt(t.join)
        attempt(t.is_alive, 1)
        attempt(t.is_alive)
        attempt(t.start)
        attempt(setattr, t, "daemon", True)
        attempt(threading.current_thread().join)
        attempt(threading.main_thread().start)
        attempt(threading.Thread.start)
        attempt(threading.Thread.join)
        attempt(threading.Thread.is_alive)
        attempt(threading.Thread.start, 5)
        attempt(threading.Thread, print)
        attempt(threading.Thread, target=print, args=1)
        attempt(threading.Thread, cible=print)
        attempt(threading.Thread, 1, 2, 3, 4, 5, 6)
        attempt(threading.Thread(target=print).setDaemon)
        attempt(getattr, threading, "thread")
        """,
    ),
    Snippet(
        "start-twice-uncaught",
        """
        import threading
        envoi = threading.Thread(target=print, args=("une fois",))
        envoi.start()
        envoi.join()
        envoi.start()
        """,
    ),
    Snippet(
        "join-before-start-uncaught",
        """
        import threading
        envoi = threading.Thread(target=print)
        envoi.join()
        """,
    ),
    Snippet(
        "join-oneself-uncaught",
        """
        import threading
        def moi():
            threading.current_thread().join()
        t = threading.Thread(target=moi)
        t.start()
        t.join()
        print("fin")
        """,
    ),
    Snippet(
        "target-called-instead-of-given",
        """
        import threading
        def Send():
            print("appelée")
        envoi = threading.Thread(target=Send())
        envoi.start()
        envoi.join()
        print(envoi.is_alive())
        """,
    ),
    Snippet(
        "args-without-comma",
        """
        import socket, threading
        def Send(client):
            print(client)
        a, b = socket.socketpair()
        t = threading.Thread(target=Send, args=(a))
        t.start()
        """,
    ),
    Snippet(
        "args-of-a-text",
        """
        import threading
        def Send(nom):
            print(nom)
        t = threading.Thread(target=Send, args=("Bob"))
        t.start()
        t.join()
        print("fin")
        """,
    ),
    Snippet(
        "target-missing",
        """
        import threading
        t = threading.Thread(target="Send")
        t.start()
        t.join()
        threading.Thread().start()
        threading.Thread(target=Send)
        """,
    ),
    Snippet(
        "exceptions-in-threads",
        """
        import socket, threading
        class Panne(Exception):
            pass
        def profond(n):
            if n == 0:
                raise Panne("au fond")
            profond(n - 1)
        def chaine():
            try:
                profond(1)
            except Panne as panne:
                raise RuntimeError("suite") from panne
        def pendant():
            a, b = socket.socketpair()
            a.close()
            try:
                a.recv(10)
            except OSError:
                a.send("texte")
        for cible in (lambda: 1 / 0, lambda: profond(2), chaine, pendant):
            t = threading.Thread(target=cible, name="Panneur")
            t.start()
            t.join()
            print(t.is_alive(), t)
        """,
    ),
    Snippet(
        "socket-errors-in-threads",
        """
        import os, socket, threading
        a, b = socket.socketpair()
        fd = a.fileno()
        a.close()
        def lire():
            a.recv(1024)
        def dormir():
            import time
            time.sleep("a")
        def saisir():
            input("> ")
        def ecrire():
            os.write(fd, "texte")
        def rejoindre():
            threading.Thread().join()
        for cible in (lire, dormir, saisir, ecrire, rejoindre, socket.socket().accept, a.recv):
            t = threading.Thread(target=cible)
            t.start()
            t.join()
        """,
    ),
    Snippet(
        "excepthook-replaced",
        """
        import sys, threading, traceback
        print(threading.excepthook is threading.__excepthook__, threading.excepthook.__name__)
        def hook(args):
            print(type(args), len(args), args.exc_type, args.exc_value, args.thread)
            for frame in traceback.extract_tb(args.exc_traceback):
                print(frame.filename.rpartition("/")[2], frame.name, frame.line)
            tb = args.exc_traceback
            while tb is not None:
                print(tb.tb_frame.f_code.co_name, end=" ")
                tb = tb.tb_next
            print(sys.exc_info()[2] is args.exc_traceback, args.exc_value.__traceback__ is args.exc_traceback)
            threading.__excepthook__(args)
        threading.excepthook = hook
        def panne():
            import time
            time.sleep(-1)
        for cible in (panne, sys.exit, lambda: sys.exit("texte")):
            t = threading.Thread(target=cible)
            t.start()
            t.join()
        """,
    ),
    Snippet(
        "excepthook-that-fails",
        """
        import threading
        def hook(args):
            raise ValueError("dans le hook")
        for autre in (hook, None):
            threading.excepthook = autre
            t = threading.Thread(target=lambda: 1 / 0)
            t.start()
            t.join()
        """,
    ),
    Snippet(
        "exits-in-threads",
        """
        import os, sys, threading
        for cible in (lambda: sys.exit(3), lambda: sys.exit("texte"), lambda: exit(0), quit, lambda: exit("x")):
            t = threading.Thread(target=cible)
            t.start()
            t.join()
            print(t.is_alive(), sys.stdin.closed)
        threading.Thread(target=lambda: os._exit(7)).start()
        threading.Event().wait()
        """,
    ),
    Snippet(
        "subclass-without-init",
        """
        import threading
        from attempts import attempt
        class Envoi(threading.Thread):
            def __init__(self, client):
                self.client = client
            def run(self):
                print(self.client)
        e = Envoi(1)
        attempt(e.join)
        attempt(e.is_alive)
        attempt(repr, e)
        attempt(lambda: e.name)
        attempt(lambda: e.daemon)
        e.start()
        """,
    ),
    Snippet(
        "subclass-with-init",
        """
        import threading
        class Envoi(threading.Thread):
            def __init__(self, client):
                super().__init__()
                self.client = client
            def run(self):
                print(self.client, threading.current_thread() is self, self.name)
                print("run" in vars(self), sorted(vars(self)))
                self.panne()
            def panne(self):
                raise ValueError(self.client)
            def join(self, timeout=None):
                print("join", timeout)
                super().join(timeout)
        e = Envoi(1)
        print("run" in vars(e), e.run.__func__ is Envoi.run)
        e.start()
        threading.Thread.join(e)
        e.join()
        e.join(5)
        print(e, "run" in vars(e))
        class Sans(threading.Thread):
            pass
        s = Sans(target=print, args=("cible",))
        s.start()
        s.join()
        s.run()
        """,
    ),
    Snippet(
        "run-instead-of-start",
        """
        import threading
        def Send():
            print(threading.current_thread().name)
        t = threading.Thread(target=Send)
        t.run()
        print(t.is_alive(), t.ident, t)
        t.join()
        """,
    ),
    Snippet(
        "names-and-states",
        """
        import threading
        porte = threading.Event()
        def attendre():
            porte.wait()
        def Réception():
            porte.wait()
        threads = [
            threading.Thread(target=attendre), threading.Thread(target=Réception, name="recep"),
            threading.Thread(target=lambda: porte.wait(), daemon=True), threading.Timer(0.01, porte.set),
        ]
        for t in threads:
            print(t.name, t.daemon, t.ident, t.native_id, t.is_alive(), t, sorted(vars(t)))
        for t in threads:
            t.start()
        for t in threads[:3]:
            t.name += "!"
            print(t.name, t.daemon, type(t.ident), type(t.native_id), t.is_alive() or porte.is_set())
        for t in threads:
            t.join()
            print(t, t.is_alive(), type(t.ident))
        """,
    ),
    Snippet(
        "who-is-there",
        """
        import threading, _thread
        print(threading.main_thread(), threading.current_thread() is threading.main_thread())
        print(threading.get_ident() == threading.main_thread().ident == _thread.get_ident())
        print(threading.active_count(), threading.enumerate())
        porte = threading.Barrier(2)
        def cible():
            print(threading.active_count(), threading.current_thread() in threading.enumerate())
            print(threading.get_ident() == threading.current_thread().ident, threading.get_native_id() > 0)
            porte.wait()
        t = threading.Thread(target=cible)
        t.start()
        porte.wait()
        t.join()
        print(threading.active_count(), threading.enumerate())
        """,
    ),
    Snippet(
        "join-with-timeout",
        """
        import threading
        porte = threading.Event()
        t = threading.Thread(target=porte.wait)
        t.start()
        print(t.join(0.01), t.is_alive(), t.join(timeout=0), t.join(0.0), t.is_alive())
        porte.set()
        print(t.join(10), t.is_alive(), t.join(), t.is_alive())
        while t.is_alive():
            t.join(1)
        """,
    ),
    Snippet(
        "daemon-left-behind",
        """
        import atexit, threading
        def toujours():
            threading.Event().wait()
        t = threading.Thread(target=toujours)
        t.daemon = True
        t.start()
        print(t.daemon, t.is_alive(), threading.Thread(target=print).daemon)
        atexit.register(print, "atexit", flush=True)
        raise SystemExit(4)
        """,
    ),
    Snippet(
        "main-ends-before-threads",
        """
        import threading, time
        porte = threading.Event()
        def suite():
            porte.wait()
            threading.main_thread().join()
            print("après le principal", threading.main_thread().is_alive(), threading.active_count())
        threading.Thread(target=suite).start()
        porte.set()
        print("fin du principal")
        raise ValueError("perdu")
        """,
    ),
    Snippet(
        "timer",
        """
        import threading
        from attempts import attempt
        def sonner(*args, **kwargs):
            print("dring", args, kwargs, threading.current_thread().name)
        t = threading.Timer(0.01, sonner, (1,), {"a": 2})
        print(t, t.interval)
        t.start()
        t.join()
        u = threading.Timer(100, sonner)
        u.start()
        u.cancel()
        u.join()
        print(u.finished.is_set(), u.is_alive())
        v = threading.Timer(0, lambda: 1 / 0)
        v.start()
        v.join()
        w = threading.Timer("a", sonner)
        w.start()
        w.join()
        attempt(threading.Timer)
        """,
    ),
    Snippet(
        "event-and-condition",
        """
        import threading
        from attempts import attempt
        e = threading.Event()
        attempt(e.wait, 0)
        attempt(e.wait, 0.001)
        attempt(e.wait, "a")
        attempt(e.wait, -1)
        attempt(e.wait, 1, 2)
        e.set()
        attempt(e.wait)
        print(e.is_set(), e)
        c = threading.Condition()
        for call in (c.wait, c.notify, c.notify_all):
            attempt(call)
        with c:
            attempt(c.wait, 0.001)
            attempt(c.wait, timeout=0.001)
            attempt(c.wait, "a")
            attempt(c.wait, [1])
            attempt(c.wait, 1, 2)
            attempt(c.wait, delai=1)
            attempt(c.notify)
            attempt(c.notify, 3)
            attempt(c.notify, n=2)
            attempt(c.notify, "a")
            attempt(c.notify, [])
            attempt(c.notify, 1, 2)
            attempt(c.notify_all)
            attempt(c.wait_for, lambda: True, 1)
            attempt(c.wait_for, lambda: False, 0.001)
        prêt = []
        def attendre():
            with c:
                while not prêt:
                    c.wait()
                print("réveillé", prêt)
        t = threading.Thread(target=attendre)
        t.start()
        with c:
            prêt.append(1)
            c.notify()
        t.join()
        attempt(threading.Condition.wait)
        attempt(threading.Condition.notify)
        print(threading.Condition.wait.__qualname__, threading.Condition.notify.__qualname__, c)
        c.wait()
        """,
    ),
    Snippet(
        "queue",
        """
        import queue, threading
        from attempts import attempt
        q = queue.Queue(maxsize=2)
        attempt(q.get, False)
        attempt(q.get, timeout=0.001)
        attempt(q.get, True, -1)
        attempt(q.get_nowait)
        q.put(1)
        q.put(2)
        attempt(q.put, 3, False)
        attempt(q.put, 3, timeout=0.001)
        attempt(q.task_done)
        def vider():
            while (item := q.get()) is not None:
                print(item)
        t = threading.Thread(target=vider)
        t.start()
        for item in ("a", "b", None):
            q.put(item)
        t.join()
        attempt(q.task_done)
        s = queue.SimpleQueue()
        attempt(s.get, True, 0.001)
        s.put(5)
        print(s.get(), queue.LifoQueue().empty(), q.qsize())
        q.get_nowait()
        """,
    ),
    Snippet(
        "locks",
        """
        import threading
        from attempts import attempt
        l, r, s = threading.Lock(), threading.RLock(), threading.Semaphore(2)
        attempt(l.release)
        attempt(r.release)
        attempt(l.acquire)
        attempt(l.acquire, False)
        attempt(l.acquire, timeout=0.001)
        attempt(l.acquire, False, 1)
        attempt(l.locked)
        attempt(r.acquire)
        with s:
            attempt(s.acquire, timeout=0.001)
            attempt(s.acquire, timeout=0.001)
        attempt(threading.BoundedSemaphore(1).release)
        def rendre():
            r.release()
        t = threading.Thread(target=rendre)
        t.start()
        t.join()
        print(l, s)
        """,
    ),
    Snippet(
        "barrier-and-local",
        """
        import threading
        from attempts import attempt
        b = threading.Barrier(2, timeout=10)
        t = threading.Thread(target=b.wait)
        t.start()
        print(b.wait() in (0, 1), b.broken, b.n_waiting)
        t.join()
        attempt(b.wait, 0.001)
        attempt(b.wait)
        ici = threading.local()
        ici.nom = "principal"
        def ailleurs():
            attempt(lambda: ici.nom)
            ici.nom = "autre"
        t = threading.Thread(target=ailleurs)
        t.start()
        t.join()
        print(ici.nom)
        """,
    ),
    Snippet(
        "low-level-threads",
        """
        import _thread, threading
        from attempts import attempt
        verrou = _thread.allocate_lock()
        verrou.acquire()
        def cible(a, b=2):
            print(a, b, threading.current_thread().daemon, type(threading.current_thread()).__name__)
            verrou.release()
        ident = _thread.start_new_thread(cible, (1,))
        verrou.acquire()
        print(type(ident))
        _thread.start_new_thread(cible, (1,), {"b": 3})
        verrou.acquire()
        _thread.start_new(cible, ("vieux",))
        verrou.acquire()
        attempt(_thread.start_new_thread)
        attempt(_thread.start_new_thread, cible)
        attempt(_thread.start_new_thread, cible, 1)
        attempt(_thread.start_new_thread, cible, [1])
        attempt(_thread.start_new_thread, "cible", (1,))
        attempt(_thread.start_new_thread, None, ())
        attempt(_thread.start_new_thread, cible, (1,), 5)
        attempt(_thread.start_new_thread, cible, (1,), None)
        attempt(_thread.start_new_thread, cible, (1,), {}, 4)
        attempt(_thread.start_new_thread, function=cible, args=(1,))
        """,
    ),
    Snippet(
        "low-level-thread-that-fails",
        """
        import _thread, sys, threading
        fini = _thread.allocate_lock()
        def hook(args):
            print(type(args).__name__, args.exc_type, args.exc_value, args.err_msg, args.object)
            sys.__unraisablehook__(args)
            fini.release()
        def cible(n):
            raise ValueError(n)
        def cible_qui_sort():
            try:
                sys.exit(5)
            finally:
                fini.release()
        sys.unraisablehook = hook
        fini.acquire()
        _thread.start_new_thread(cible, (1,))
        fini.acquire()
        _thread.start_new_thread(cible_qui_sort, ())
        fini.acquire()
        _thread.start_new_thread(_thread.exit, ())
        print(_thread.interrupt_main.__name__)
        """,
    ),
    Snippet(
        "low-level-thread-that-fails-uncaught",
        """
        import _thread, socket
        a, b = socket.socketpair()
        entres = []
        def client(conn):
            entres.append(conn)
            conn.recv("a")
        _thread.start_new_thread(client, (a,))
        while not entres or _thread._count():
            b.gettimeout()
        print("fin")
        """,
    ),
    Snippet(
        "thread-pool",
        """
        import concurrent.futures, threading, time
        def carre(n):
            time.sleep(0)
            if n == 3:
                raise ValueError(n)
            return n * n, threading.current_thread().name.partition("-")[0]
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            futures = [pool.submit(carre, n) for n in range(4)]
            print([f.exception() or f.result() for f in futures])
            print(list(pool.map(abs, [-1, -2])))
            futures[3].result()
        """,
    ),
    Snippet(
        "deprecated-names",
        """
        import threading
        t = threading.Thread(target=print, args=("ici",))
        t.setDaemon(True)
        t.setName("vieux")
        print(t.isDaemon(), t.getName(), threading.activeCount(), threading.currentThread())
        t.start()
        t.join()
        c = threading.Condition()
        with c:
            c.notifyAll()
        t.isAlive()
        """,
    ),
    Snippet(
        "sleep-wrong-calls",
        """
        import time
        from attempts import attempt
        attempt(time.sleep)
        attempt(time.sleep, "a")
        attempt(time.sleep, None)
        attempt(time.sleep, -1)
        attempt(time.sleep, 1, 2)
        attempt(time.sleep, secs=1)
        attempt(time.sleep, float("nan"))
        attempt(time.sleep, 1e300)
        attempt(time.sleep, float("inf"))
        attempt(time.sleep, 10**400)
        attempt(time.sleep, [1])
        attempt(time.sleep, 0)
        attempt(time.sleep, 0.001)
        attempt(time.sleep, True and 0.0)
        print(time.sleep.__name__, time.sleep.__qualname__, time.sleep.__doc__, time.sleep.__module__, time.sleep)
        def pause():
            time.sleep("1")
        pause()
        """,
    ),
    Snippet(
        "stack-seen-by-a-thread",
        """
        import threading, traceback
        def cible():
            traceback.print_stack()
        t = threading.Thread(target=cible)
        t.start()
        t.join()
        """,
    ),
    Snippet(
        "thread-never-seen-again",
        """
        import gc, threading, weakref
        class Envoi(threading.Thread):
            def run(self):
                print("ici")
        t = Envoi()
        faible = weakref.ref(t)
        t.start()
        t.join()
        del t
        gc.collect()
        print(faible())
        """,
    ),
    Snippet(
        "callable-objects-as-targets",
        """
        import functools, threading
        class Appel:
            def __call__(self, *args):
                print("appel", args)
            def methode(self):
                print("méthode")
            def __getattr__(self, name):
                print("on demande", name)
                raise AttributeError(name)
        for cible in (Appel(), Appel().methode, functools.partial(print, "partial"), functools.partial(Appel(), 1)):
            t = threading.Thread(target=cible)
            t.start()
            t.join()
        """,
    ),
    Snippet(
        "threads-among-touchy-objects",
        """
        import threading
        class Touchy:
            def __getattribute__(self, name):
                print("on demande", name)
                return object.__getattribute__(self, name)
            def __eq__(self, other):
                print("on compare")
                return True
            def __hash__(self):
                return 1
            def __str__(self):
                print("on imprime")
                raise ValueError("rien à dire")
            __repr__ = __str__
            def __bool__(self):
                raise ValueError("ni oui ni non")
        class Dictionnaire(dict):
            def items(self):
                print("on regarde")
                return []
            keys = values = __iter__ = items
        class Liste(list):
            def __iter__(self):
                print("on parcourt")
                return iter(())
        def Send(t):
            print(type(t).__name__)
        t = Touchy()
        d = Dictionnaire(a=t)
        clients = {t: "Bob", 5: t, (1, t): t}
        liste = Liste([t])
        class Chat:
            touchy = t
            def lancer(self):
                self.envoi = threading.Thread(target=Send, args=(t,), name="envoi")
                self.envoi.start()
                self.envoi.join()
                print(self.envoi.is_alive())
        c = Chat()
        c.touchy = t
        c.lancer()
        """,
    ),
)
