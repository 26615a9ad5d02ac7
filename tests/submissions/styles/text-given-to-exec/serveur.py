with open("serveur.txt", encoding="utf-8") as fichier:
    programme = fichier.read()

exec(programme, {"__name__": "__main__"})
