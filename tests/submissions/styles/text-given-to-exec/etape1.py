exec(compile(open("etape1.txt", encoding="utf-8").read(), "etape1.txt", "exec"))
