"""The mistakes that several topics recognise."""

from __future__ import annotations

from . import lessons
from .mistake import Flags, Mistake

# fmt: off
PYTHON2 = Mistake("python2", "", "print sans parenthèses, raw_input, except avec une virgule",
    "Ligne {line}, « {text} » est du Python 2, une langue d'avant 2020 : ton exemple est trop vieux.",
    "En Python 3, écris {near}.",
    "De quelle année date l'exemple que tu as copié ?", lessons.TRAVAIL)
TROP_IMBRIQUE = Mistake("trop_imbrique", "", "Python n'a pas la place de lire autant de choses les unes dans les autres",
    "{file} contient trop de choses les unes dans les autres (parenthèses, blocs, calculs) : Python abandonne avant la fin.",
    "Coupe ce qui est trop long dans {file} en plusieurs lignes simples.",
    "Quelle ligne de {file} est bien plus longue, ou bien plus à droite, que les autres ?", lessons.COINCE)
MODULE_AU_LIEU_SOCKET = Mistake("module_au_lieu_socket", "", "une méthode de socket est appelée sur le module",
    "Ligne {line}, tu appelles .{name}() sur le module {module} lui-même : c'est ton objet, créé plus haut, qui sait faire cela.",
    "Mets le nom de ta variable devant .{name}, ligne {line} de {file}.",
    "Dans quelle variable as-tu rangé ce que tu as créé ?", lessons.CREER_SOCKET)
BIND_DEUX_ARGUMENTS = Mistake("bind_deux_arguments", "", "bind ou connect reçoit l'adresse et le port séparés",
    "Ligne {line}, tu donnes deux choses à {name} : l'adresse et le port. {name} n'en veut qu'une, un tuple qui tient les deux.",
    "Ajoute une paire de parenthèses : {name}((adresse, port)).",
    "Compte les paires de parenthèses après {name}, ligne {line}.", lessons.LIER)
TEXTE_AU_LIEU_OCTETS = Mistake("texte_au_lieu_octets", "", "send ou sendall reçoit un texte",
    "Ligne {line}, tu donnes un texte à {name} : le réseau ne transporte que des octets.",
    "Traduis le texte avec .encode() avant de l'envoyer.",
    "Ligne {line} : ce que tu envoies, est-ce du texte ou des octets ?", lessons.OCTETS, Flags.UNANSWERED)
RECV_SANS_TAILLE = Mistake("recv_sans_taille", "", "recv est appelé sans nombre",
    "Ligne {line}, recv veut savoir combien d'octets prendre au plus.",
    "Donne-lui un nombre : recv(1024).",
    "Que veut dire le nombre entre les parenthèses de recv ?", lessons.RECEPTION)
TYPE_IMPOSSIBLE = Mistake("type_impossible", "", "toute autre valeur du mauvais type",
    "Ligne {line}, une valeur n'est pas du bon type pour ce qu'on lui demande (peut-être un nombre entre guillemets).",
    "Affiche avec print(type(…)) chaque valeur de la ligne {line}, et compare avec ce que la fonction attend.",
    "Ligne {line} : texte, octets, nombre ou tuple ?", lessons.COINCE)
RAPPEL_SANS_FIN = Mistake("rappel_sans_fin", "", "une fonction s'appelle elle-même sans fin",
    "Ligne {line}, la fonction s'appelle elle-même, au lieu de recommencer sa boucle (ou d'appeler la méthode de la socket).",
    "Remplace cet appel par une boucle while True.",
    "Pour recommencer, faut-il rappeler la fonction, ou faire une boucle ?", lessons.SEND)
ERREUR_PYTHON = Mistake("erreur_python", "", "toute autre exception que rien n'attrape",
    "Ligne {line} de {file}, Python s'arrête sur une erreur.",
    "Lis l'erreur que Python affiche, et répare la ligne {line}.",
    "Que dit la dernière ligne de l'erreur ?", lessons.COINCE)
MAIN_JAMAIS_APPELE = Mistake("main_jamais_appele", "", "aucune socket, mais une fonction qui en crée n'est jamais appelée",
    "La fonction {name} (ligne {line}) contient ton programme, mais rien ne l'appelle.",
    "Ajoute {name}() tout en bas de {file}, sans décalage.",
    "Qui appelle la fonction {name} ?", lessons.COINCE)
PAS_TCP = Mistake("pas_tcp", "", "la socket n'est pas TCP",
    "Ligne {line}, ta socket n'est pas en TCP (SOCK_DGRAM, c'est UDP) : elle ne peut ni écouter ni accepter.",
    "Crée-la avec socket.SOCK_STREAM, ligne {line} de {file}.",
    "Que veut dire le deuxième mot de socket.socket(…, …) ?", lessons.CREER_SOCKET, Flags.SPEAKS)
IPV6 = Mistake("ipv6", "", "la socket est IPv6",
    "Ligne {line}, ta socket est en IPv6 (AF_INET6) : avec une adresse IPv4, personne ne la trouve.",
    "Crée la socket avec socket.AF_INET.",
    "Que veut dire le premier mot de socket.socket(…, …) ?", lessons.CREER_SOCKET)
LISTEN_AVANT_BIND = Mistake("listen_avant_bind", "", "listen vient avant bind",
    "listen() vient avant bind() : la socket écoute déjà, elle ne peut plus changer d'adresse.",
    "Mets bind avant listen.",
    "Dans quel ordre : brancher le téléphone, ou lui donner son numéro ?", lessons.LIER)
SANS_LISTEN = Mistake("sans_listen", "", "une socket liée n'écoute jamais",
    "Ta socket est créée ligne {line}, mais listen() n'est jamais appelé : personne ne peut l'appeler.",
    "Appelle .listen() sur ta socket, après bind.",
    "Après bind, que faut-il faire pour qu'on puisse t'appeler ?", lessons.ECOUTER, Flags.NEVER_DONE)
SANS_ACCEPT = Mistake("sans_accept", "", "la socket écoute, mais accept n'est jamais appelé",
    "Ton serveur écoute (ligne {line}), mais n'appelle jamais accept() : le client sonne, et personne ne décroche.",
    "Appelle accept() après listen() ; il rend deux choses, une socket et une adresse.",
    "Quelle méthode décroche, quand un client appelle ?", lessons.ACCEPTER, Flags.WAITS | Flags.NEVER_DONE)
SANS_CONNECT = Mistake("sans_connect", "", "la socket est créée, mais connect n'est jamais appelé",
    "La socket est créée ligne {line}, mais n'appelle personne.",
    "Appelle connect((IP, PORT)) sur ta socket.",
    "Quelle méthode compose le numéro du serveur ?", lessons.CONNECTER, Flags.NEVER_DONE)
BIND_AU_LIEU_DE_CONNECT = Mistake("bind_au_lieu_de_connect", "", "le client appelle bind et jamais connect",
    "Ligne {line}, ton client appelle bind, comme un serveur, et n'appelle jamais personne.",
    "Dans client.py, remplace bind (et listen, accept) par connect((IP, PORT)).",
    "Qui appelle bind, qui appelle connect ?", lessons.CONNECTER)
ROLE_INVERSE = Mistake("role_inverse", "", "le serveur appelle, ou le client attend",
    "Les rôles sont échangés : le serveur attend (bind, listen, accept), le client appelle (connect).",
    "Remets dans {file} ce qui est à lui : peut-être as-tu échangé serveur.py et client.py.",
    "Qui appelle, et qui attend l'appel ?", lessons.ROLES, Flags.SPEAKS)
SOCKET_FERMEE = Mistake("socket_fermee", "", "une socket est utilisée après close()",
    "Ligne {line}, la socket est fermée trop tôt : close() (ou la fin d'un with) passe avant que tout le monde ait fini de s'en servir.",
    "Ne ferme la socket qu'à la fin, quand plus personne ne s'en sert.",
    "Quelle ligne ferme la socket, et quand passe-t-on dessus ?", lessons.ENVOYER, Flags.NOTICED_ELSEWHERE)
SHUTDOWN_TROP_TOT = Mistake("shutdown_trop_tot", "", "shutdown est appelé alors qu'il reste à envoyer",
    "Ligne {line}, shutdown dit « je n'enverrai plus rien » : après lui, plus aucun message ne part.",
    "Sors cette ligne de la boucle : elle vient après la dernière ligne tapée.",
    "Que veut dire shutdown(SHUT_WR), et quand passe-t-on dessus ?", lessons.FINIR)
SOCKET_QUI_ECOUTE = Mistake("socket_qui_ecoute", "", "send ou recv est appelé sur la socket qui écoute",
    "Ligne {line}, tu parles avec la socket qui écoute. Elle ne sert qu'à attendre les appels : pour parler, il y a celle que rend accept().",
    "Utilise la socket rendue par accept() (souvent appelée client), ligne {line} de {file}.",
    "Tu as deux sockets : laquelle attend les appels, laquelle parle ?", lessons.ACCEPTER, Flags.UNANSWERED)
AUTRE_SOCKET = Mistake("autre_socket", "", "send ou recv sur une deuxième socket, reliée à personne",
    "Ligne {line}, tu crées une nouvelle socket, reliée à personne, et tu parles avec elle.",
    "Utilise la socket déjà reliée, celle que reçoit ta fonction.",
    "Combien de sockets crées-tu, et laquelle est reliée à l'autre ?", lessons.SOCKETS)
DELAI_TROP_COURT = Mistake("delai_trop_court", "", "une attente limitée par settimeout ou setblocking abandonne",
    "Ligne {line}, ta socket n'attend pas assez : settimeout ou setblocking la fait abandonner.",
    "Enlève settimeout ou setblocking : une socket normale attend aussi longtemps qu'il faut.",
    "À quoi sert settimeout (ou setblocking) dans {file} ?", lessons.COINCE)
ERREUR_CACHEE = Mistake("erreur_cachee", "", "une méthode de socket échoue, et le programme cache l'erreur",
    "Ligne {line}, {name} échoue ({error}), mais ton « except » cache l'erreur et le programme continue sans.",
    "Enlève le try/except autour de la ligne {line} : Python te dira ce qui ne va pas.",
    "Que fait ton « except » de l'erreur qu'il attrape ?", lessons.COINCE)
ACCEPT_EN_BOUCLE = Mistake("accept_en_boucle", "", "le programme attend un autre client",
    "Ligne {line}, ton serveur retourne attendre un autre client, au lieu de s'occuper du premier, puis de finir.",
    "Enlève cet accept() en trop, ou la boucle autour : une seule requête suffit.",
    "Combien de clients ton serveur doit-il servir ?", lessons.ACCEPTER, Flags.WAITS | Flags.ROOT | Flags.UNANSWERED)
DORT_TROP = Mistake("dort_trop", "", "un sleep dure plus que la patience du correcteur",
    "Ligne {line}, sleep fait dormir {seconds} (le nombre est en secondes).",
    "Enlève ce sleep : recv et input savent attendre tout seuls.",
    "Combien de temps dort la ligne {line}, et à quoi cela sert-il ?", lessons.COINCE, Flags.WAITS | Flags.ENDLESS)
RIEN_AFFICHE = Mistake("rien_affiche", "reception", "rien ne s'affiche, sans autre cause connue",
    "Le message de l'autre n'est pas affiché.",
    "Suis le message pas à pas : affiche ce que recv rend, dès qu'il l'a rendu.",
    "Jusqu'où va le message que l'autre envoie ?", lessons.RECEPTION, Flags.WAITS | Flags.VAGUE)
FINI_TROP_TOT = Mistake("fini_trop_tot", "join", "le programme s'arrête avant la fin de la conversation",
    "Le programme s'arrête avant la fin de la conversation.",
    "Regarde ce qui l'arrête (exit, quit, un break) : la conversation doit finir d'abord.",
    "Pourquoi ton programme s'arrête-t-il ?", lessons.ATTENDRE_FIN, Flags.VAGUE | Flags.ROOT)
TARGET_OUBLIEE = Mistake("target_oubliee", "threads", "le thread n'a pas de target",
    "Ligne {line}, ce thread n'a rien à faire : il manque target=.",
    "Donne-lui sa fonction : threading.Thread(target=Send, args=(client,)).",
    "Quelle fonction ce thread doit-il lancer ?", lessons.CREER_THREADS, Flags.ROOT)
TARGET_ENTRE_GUILLEMETS = Mistake("target_entre_guillemets", "", "target= est un texte",
    "Ligne {line}, target={text} est un texte : un thread ne peut pas lancer un mot.",
    "Enlève les guillemets : target={name}.",
    "{text} : est-ce ta fonction, ou un mot ?", lessons.CREER_THREADS, Flags.ROOT)
ARGS_SANS_VIRGULE = Mistake("args_sans_virgule", "threads", "args n'est pas un tuple",
    "Ligne {line}, args=({name}) n'est pas un tuple : sans virgule, ce sont de simples parenthèses.",
    "Ajoute la virgule : args=({name},).",
    "Qu'est-ce qui fait un tuple : les parenthèses, ou la virgule ?", lessons.CREER_THREADS, Flags.ROOT)
ARGS_SERVEUR = Mistake("args_serveur", "threads", "la socket qui écoute est donnée aux threads",
    "Ligne {line}, tu donnes aux threads la socket qui écoute ; pour parler, il leur faut celle que rend accept().",
    "Mets dans args la socket rendue par accept().",
    "Tu as deux sockets : laquelle les threads doivent-ils recevoir ?", lessons.CREER_THREADS, Flags.ROOT)
RUN_AU_LIEU_DE_START = Mistake("run_au_lieu_de_start", "threads", "run est appelé au lieu de start",
    "Ligne {line}, .run() fait le travail sur place, sans thread : la suite attend.",
    "Écris .start() au lieu de .run().",
    "Quelle méthode démarre un thread et rend la main aussitôt ?", lessons.DEMARRER, Flags.WAITS | Flags.ROOT)
JAMAIS_DEMARRE = Mistake("jamais_demarre", "threads", "un thread est créé, mais jamais démarré",
    "Le thread créé ligne {line} n'est jamais démarré.",
    "Appelle .start() dessus.",
    "Combien de threads crées-tu, et combien en démarres-tu ?", lessons.DEMARRER, Flags.WAITS | Flags.ROOT)
THREAD_ECRASE = Mistake("thread_ecrase", "threads", "les deux threads sont rangés dans le même nom",
    "Ligne {line}, le deuxième thread prend le nom du premier : « {name} » ne désigne plus que le deuxième.",
    "Donne un nom à chacun : envoi et recep.",
    "Combien de noms as-tu pour tes deux threads ?", lessons.CREER_THREADS, Flags.WAITS | Flags.ROOT)
SANS_JOIN = Mistake("sans_join", "join", "join n'est jamais appelé",
    "Le programme n'attend pas ses threads : join n'est jamais appelé.",
    "Ajoute envoi.join() et recep.join() à la fin.",
    "Qui attend que les threads aient fini ?", lessons.ATTENDRE_FIN, Flags.NOTICED_ELSEWHERE)
DAEMON_ABANDONNE = Mistake("daemon_abandonne", "join", "les threads sont daemon et le programme finit sans eux",
    "Tes threads sont daemon : le programme peut finir sans eux, et ne les attend pas.",
    "Attends-les avec .join(), ou enlève daemon=True.",
    "Que devient un thread daemon quand le programme principal finit ?", lessons.ATTENDRE_FIN)
ARRET_BRUTAL = Mistake("arret_brutal", "join", "os._exit arrête tout",
    "Ligne {line}, {name} arrête tout d'un coup, sans attendre personne.",
    "Enlève-le : quand les deux threads ont fini, le programme s'arrête tout seul.",
    "Que deviennent les threads après {name} ?", lessons.FINIR)
# fmt: on
