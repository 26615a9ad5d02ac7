import socket
from dataclasses import dataclass, field
from threading import Thread


@dataclass
class Correspondant:
    prise: socket.socket
    nom: str = "Client"
    historique: list[str] = field(default_factory=list)

    def Send(self) -> None:
        while True:
            try:
                texte = input()
            except EOFError:
                break
            self.prise.sendall(f"{texte}\n".encode())
            self.historique.append(texte)

    def Réception(self) -> None:
        with self.prise.makefile("r", encoding="utf-8") as lignes:
            for ligne in lignes:
                self.historique.append(ligne)
                print(f"{self.nom} : {ligne}", end="")


@dataclass(frozen=True)
class Adresse:
    ip: str
    port: int

    def attendre(self) -> socket.socket:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as ecoute:
            ecoute.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            ecoute.bind((self.ip, self.port))
            ecoute.listen()
            return ecoute.accept()[0]


ami = Correspondant(Adresse("", 4242).attendre())
envoi = Thread(target=ami.Send)
recep = Thread(target=ami.Réception)
envoi.start()
recep.start()
envoi.join()
recep.join()
ami.prise.close()
print(len(ami.historique), "messages en tout")
