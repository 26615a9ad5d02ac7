"""What to say about each mistake: a table that a teacher can proofread."""

from __future__ import annotations

HINTS: dict[str, str] = {
    # Files.
    "fichier_absent": "Crée le fichier {file} dans ton dossier (le modèle est dans skeleton/).",
    "fichier_illisible": "{file} n'est pas du texte en UTF-8 : enregistre-le en UTF-8 dans ton éditeur.",
    "a_faire": "Ouvre {file} : commence par le TODO {todo}, ligne {line}.",
    "module_cache": "Renomme ton fichier {module} : Python le prend pour son propre module du même nom.",
    # Python errors; the type of the error chooses.
    "erreur_SyntaxError": "Python ne comprend pas {file}, ligne {line} : cherche une parenthèse, un guillemet ou un « : » oublié, sur cette ligne ou celle d'avant.",
    "erreur_IndentationError": "Le décalage (les espaces au début) de la ligne {line} de {file} n'est pas le bon : aligne-la avec ses voisines.",
    "erreur_NameError": "Ligne {line} de {file}, un nom est inconnu : est-il bien écrit, et a-t-il reçu une valeur avant ?",
    "erreur_AttributeError": "Ligne {line} de {file}, ce qui suit le point n'existe pas : vérifie l'orthographe, et que tu parles au bon objet.",
    "erreur_ImportError": "Ligne {line} de {file}, un module est introuvable : vérifie son nom (les modules utiles sont socket et threading).",
    "erreur_TypeError": "Ligne {line} de {file}, une valeur n'est pas du bon type : relis ce que la fonction attend (bytes ou texte ? un tuple ? combien d'arguments ?).",
    "erreur_OverflowError": "Ligne {line} de {file}, un nombre est trop grand : un port va de 0 à 65535.",
    "erreur_UnicodeError": "Ligne {line} de {file}, des octets n'ont pas pu devenir du texte : encode et décode en utf-8.",
    "erreur_EOFError": "Ligne {line} de {file}, input() n'a plus rien à lire : attrape EOFError pour finir proprement.",
    "erreur_gaierror": "Ligne {line} de {file}, l'adresse est inconnue : une adresse IPv4, ce sont quatre nombres de 0 à 255.",
    "erreur_ConnectionError": "Ligne {line} de {file}, la connexion a été refusée ou coupée : l'autre est-il là ?",
    "erreur_OSError": "Ligne {line} de {file}, la socket n'est pas dans le bon état : est-elle bien connectée, et encore ouverte ?",
    "erreur_python": "Lis l'erreur ligne {line} de {file} et répare cette ligne.",
    # Sockets and addresses.
    "sans_socket": "Crée une socket avec socket.socket(socket.AF_INET, socket.SOCK_STREAM) : relis « Les sockets » dans le sujet.",
    "sans_listen": "Après bind, appelle listen() puis accept() sur ta socket.",
    "sans_bind": "Appelle bind avec un tuple (adresse, port) avant listen.",
    "sans_accept": "Après listen(), appelle accept() : il rend deux choses, la socket du client et son adresse.",
    "sans_connect": "Appelle connect avec un tuple (adresse, port).",
    "pas_tcp": "Pour TCP, crée la socket avec socket.SOCK_STREAM.",
    "ipv6": "Pour IPv4, crée la socket avec socket.AF_INET.",
    "mauvaise_adresse": "Choisis une adresse IPv4 valable : « localhost » sur une seule machine, ou celle que montre ta machine.",
    "mauvais_port": "Le port doit être celui du sujet : 4242.",
    "port_reserve": "Choisis un port entre 1024 et 65535, par exemple 4242.",
    "ports_differents": "Mets le même port dans serveur.py et dans client.py.",
    "adresses_differentes": "Dans client.py, mets l'adresse sur laquelle serveur.py écoute (ou fais écouter serveur.py sur \"\").",
    "role_inverse": "Le serveur attend (bind, listen, accept), le client appelle (connect) : tu as peut-être échangé les deux fichiers.",
    "pas_connecte": "Regarde l'appel à connect : l'adresse et le port sont-ils ceux du serveur ?",
    "question_avant": "Ton programme pose une question avant de se connecter : écris l'adresse et le port dans le fichier.",
    # Étape 1.
    "rien_envoye": "Envoie avec la socket rendue par accept (ou connectée), des octets : texte.encode(\"utf-8\").",
    "autre_texte": "Compare lettre par lettre avec Hello World! : majuscules, espaces, point d'exclamation.",
    "sans_fileno": "Appelle .fileno() sur la socket du client, celle que rend accept.",
    "fileno_ailleurs": "Appelle .fileno() sur la socket du client, celle que rend accept, pas sur celle qui écoute.",
    "ne_finit_pas": "Cherche ce qui attend encore : une boucle sans fin, un recv() qui ne s'arrête pas quand l'autre est parti (il rend b\"\"), un input() qui ne s'arrête pas à la fin du clavier.",
    "mauvais_code": "Le programme doit finir sans erreur et sans exit(…) autre que 0.",
    # Messages.
    "affiche_octets": "Les octets deviennent du texte avec .decode(\"utf-8\") : affiche le résultat.",
    "rien_affiche": "Dans Réception, affiche avec print ce que recv a rendu, d'un seul tenant, sans attendre le clavier.",
    "un_seul_message": "Le premier message passe, pas les suivants : il faut une boucle, qui n'attend pas l'autre côté.",
    "fini_trop_tot": "Le programme ne doit pas s'arrêter avant la fin de la conversation : attends tes threads avec join().",
    # Threads.
    "sans_thread": "Crée les threads avec threading.Thread(target=…, args=(…,)) et démarre-les avec .start().",
    "un_seul_thread": "Il faut deux threads : envoi, qui lance Send, et recep, qui lance Réception.",
    "noms_threads": "Appelle tes threads envoi et recep, ou leurs fonctions Send et Réception.",
    "meme_fonction": "L'un doit lancer Send, l'autre Réception : regarde les deux target=.",
    "pas_ensemble": "Démarre les deux threads avant d'attendre l'un des deux : start, start, puis join, join.",
    "args_incorrects": "args doit être un tuple : args=(client,), avec la virgule.",
    "target_appelee": "Pas de parenthèses après la fonction : target=Send, pas target=Send(client).",
    "sans_join": "Appelle .join() sans argument sur chacun des deux threads.",
    "thread_abandonne": "Attends les deux threads avec .join() : pas de daemon=True, pas d'arrêt brutal.",
    # Both programs, bonuses.
    "duo_sans_connexion": "Lance serveur.py dans un terminal, client.py dans un autre, et regarde lequel se plaint.",
    "duo_muet": "Lance les deux programmes dans deux terminaux : quel côté n'envoie pas, ou n'affiche pas ?",
    "duo_interrompu": "Un des deux programmes s'arrête en pleine conversation : lance-les dans deux terminaux pour voir lequel.",
    "accents_abimes": "Le texte doit être encodé et décodé de la même façon des deux côtés : utf-8.",
    "long_coupe": "recv peut couper un long message n'importe où, même au milieu d'un accent : relis « Octets et texte » dans le sujet.",
    "sans_reuse": "Avant bind : ta_socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1).",
    "relance_impossible": "Active SO_REUSEADDR sur la socket qui écoute, avant bind.",
    "traceback_final": "Attrape l'exception de la fin : EOFError pour input(), OSError pour la socket.",
}

PYTHON_ERRORS = (
    "IndentationError",
    "SyntaxError",
    "NameError",
    "AttributeError",
    "ImportError",
    "OverflowError",
    "UnicodeError",
    "EOFError",
    "gaierror",
    "ConnectionError",
    "OSError",
    "TypeError",
)
"""The kinds of Python errors that have a hint of their own; the first that fits is used."""
