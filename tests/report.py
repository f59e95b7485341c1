#!/usr/bin/env python3
"""report.py HUGI TMP - what a build tells beside its mistakes; prints "ok NAME" lines.

Progress is looked at through a pseudo-terminal; that it takes time is seen to by a hook that counts,
or by a lock that is held.
"""
import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import sys
import threading
import time
import unicodedata
import zlib

HUGI, TMP = sys.argv[1:3]
SITE = os.path.join(TMP, "site")


def png(side):
    """A grey square."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = (b"\0" + b"\x80" * side) * side
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


DOT = png(8)


def check(name, good, *details):
    print(("ok " if good else "not ok ") + name, flush=True)
    if not good:
        for line in details:
            print("    " + repr(line)[:2000], flush=True)


def write(path, text):
    full = os.path.join(SITE, path)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    with open(full, "w", encoding="utf-8") as file:
        file.write(text)


def build(*flags):
    done = subprocess.run([HUGI, "build", "-s", SITE, "-j2", *flags], stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def on_terminal(*flags, kind="xterm"):
    """What a terminal is sent."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen([HUGI, "build", "-s", SITE, "-j2", *flags], stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs,
                               env=dict(os.environ, TERM=kind))
    os.close(theirs)
    data = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:             # the other side is closed
            break
        if not piece:
            break
        data += piece
    os.close(ours)
    process.wait()
    return data.decode()


def what_stays(text):
    """The lines of a terminal that was sent this."""
    lines, line = [], ""
    for part in re.split(r"(\r\n|\r|\x1b\[K)", text):
        if part == "\r\n":
            lines, line = lines + [line], ""
        elif part == "\r":
            pass
        elif part == "\x1b[K":
            line = ""
        else:
            line += part
    return lines + [line]


def test_progress():
    write("hugi.yaml", "title: 시험\nbase_url: https://example.com/\n")
    for i in range(40):
        write("content/posts/글-%02d.md" % i, "---\ntitle: 글 %d\ndate: 2025-05-01\n---\n본문\n" % i)
    write("hooks/slow.lua", "function page_html(page)\n  local n = 0\n  for i = 1, 5000000 do n = n + i end\nend\n")
    shown = on_terminal()
    counts = [int(n) for n in re.findall(r"\rmarkup (\d+) of 40\x1b\[K", shown)]
    check("a slow step shows how far it is", len(counts) > 1 and counts == sorted(counts) and counts[0] < counts[-1] <= 40, shown)
    check("and the line is gone at the end", "of 40" not in "".join(what_stays(shown)[-4:]) and shown.count("\r\x1b[K") == 1, shown)
    os.unlink(os.path.join(SITE, "hooks/slow.lua"))
    with open(os.path.join(SITE, ".hugi/lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        threading.Timer(1.0, lambda: fcntl.flock(lock, fcntl.LOCK_UN)).start()
        shown = on_terminal()
    check("waiting is said", "\rwaiting for another hugi that builds this site\x1b[K" in shown, shown)
    check("what is quick is not", "\x1b[K" not in on_terminal(), on_terminal())
    for name, flags, kind in (("--quiet", ["-q"], "xterm"), ("--json", ["--json"], "xterm"), ("a terminal that cannot erase", [], "dumb")):
        with open(os.path.join(SITE, ".hugi/lock"), "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            threading.Timer(0.9, lambda held=lock: fcntl.flock(held, fcntl.LOCK_UN)).start()
            shown = on_terminal(*flags, kind=kind)
            time.sleep(0.2)
        check("no progress with " + name, "waiting" not in shown and "\x1b[K" not in shown, shown)


def cells(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def test_timings():
    write("hooks/hours.lua", 'hugi.filter("hours", function(minutes) return minutes .. "분" end)\n')
    write("content/posts/글-00.md", "---\ntitle: 글\ndate: 2025-05-01\ntags: [꼬리표]\n---\n{{ 95 | hours }} {% if page.title %}있다{% endif %}\n")
    write("themes/default/partials/footer.liquid", "<footer>{{ site.title }}</footer>\n")
    status, out, err = build("--timings", "-d", os.path.join(TMP, "timed"))
    check("--timings", status == 0, out, err)
    for what in ("load", "markup", "make", "together", "filter 'hours' in hooks/hours.lua", "tag in <builtin>/hooks/tags.lua"):
        check("tells of " + what, re.search(r"^  %s +\d+\.\d ms" % re.escape(what), out, re.M), out)
    rows = [line for table in out.split("\n\n")[2:] for line in table.splitlines() if line.startswith("  ") and not line.startswith("  and ")]
    ends = {cells(line[:line.index(" ms")]) for line in rows}
    check("columns stand under each other, beside Hangul too", len(rows) > 20 and len(ends) == 1, ends, out)
    status, out, err = build("--timings", "--json", "-d", os.path.join(TMP, "timed2"))
    rows = [json.loads(line) for line in out.splitlines()]
    times = [row for row in rows if row["type"] == "time"]
    check("--timings --json", status == 0 and {row["of"] for row in times} == {"step", "template", "hook", "page", "output"}, out[:500])
    for of, name in (("template", "<builtin>/layouts/base.liquid"), ("template", "themes/default/partials/footer.liquid"), ("page", "content/posts/글-00.md"), ("output", "posts/글-00/index.html")):
        check("of " + name, any(row["of"] == of and row["name"] == name and row["ms"] >= 0 for row in times))
    calls = [row["calls"] for row in times if row["name"] == "filter 'hours' in hooks/hours.lua"]
    check("a call is counted once", calls == [1], calls)
    pages = [row["name"] for row in times if row["of"] == "page"]
    check("every page is there", len(pages) == 40, len(pages))
    base = next(row for row in times if row["name"] == "<builtin>/layouts/base.liquid")
    check("a layout's own time is less than the whole", 0 <= base["own_ms"] < base["ms"], base)
    status, out, err = build("-d", os.path.join(TMP, "timed3"))
    check("nothing of it without the flag", "<builtin>" not in out and "together" not in out, out)


def explain(file, *lines, absent=()):
    """Builds, and looks for these lines, blanks aside, in what is told of the file."""
    status, out, err = build("-q", "--explain", file)
    text = "\n".join(re.sub(r"\s+", " ", line.strip()) for line in out.splitlines())
    missing = [line for line in lines if line not in text] + ["not wanted: " + line for line in absent if line in text]
    check("--explain %s: %s" % (file, lines[0][:60]), status == 0 and not missing, missing, out, err)


def test_explain():
    global SITE
    SITE = os.path.join(TMP, "explained")
    write("hugi.yaml", "title: 시험\nbase_url: https://example.com/\n")
    write("data/x.yaml", "a: 1\n")
    write("hooks/q.lua", 'hugi.filter("q", function(x) return x end)\n')
    write("themes/default/partials/footer.liquid", "<footer>{{ site.data.x.a }}</footer>\n")
    for i in "123":
        write("content/posts/%s.md" % i, "---\ntitle: 글 %s\ndate: 2025-05-0%s\n---\n본문\n" % (i, i))
    write("content/posts/4/index.md", "---\ntitle: 넷\ndate: 2025-05-09\n---\n{% include 'note' %}[다음](../3.md)\n")
    write("themes/default/partials/note.liquid", "쪽지\n")
    write("static/plain.txt", "text\n")
    explain("content/posts/2.md", "made: everything is, there is no cache yet")
    time.sleep(0.1)                 # the files are no longer young
    build()
    time.sleep(0.1)
    build()
    explain("content/posts/2.md", "kept: size and time of the file are the same", "make page posts/2/index.html by layout 'post'",
            "values it read has changed", "shown in list index.html", absent=["made again"])
    write("content/posts/3.md", "---\ntitle: 글 셋\ndate: 2025-05-03\n---\n본문\n")
    explain("posts/2.md", "kept: size and time of the file are the same", "made again: title of content/posts/3.md changed",
            "made again: what it tells of its pages changed")
    write("content/posts/3.md", "---\ntitle: 글 셋\ndate: 2025-05-03\n---\n다른 본문\n")
    explain("content/posts/3.md", "read again: the file changed", "made again: the file was read again")
    os.utime(os.path.join(SITE, "content/posts/1.md"))
    explain("./content/posts/1.md", "kept: the file was written, but its bytes are the same")
    os.unlink(os.path.join(SITE, "content/posts/3.md"))
    explain("content/posts/4/index.md", "made again: where '../3.md' leads changed")
    write("content/posts/3.md", "---\ntitle: 글 셋\ndate: 2025-05-03\n---\n다른 본문\n")
    explain("public/index.html", "make list index.html by layout 'home'", "made again: what it lists changed")
    explain("/posts/1/", "made of content/posts/1.md")
    write("themes/default/partials/footer.liquid", "<footer>!{{ site.data.x.a }}</footer>\n")
    explain("themes/default/partials/footer.liquid", "read as the partial 'footer'", "7 outputs read it; 7 made again because it changed")
    explain("<builtin>/layouts/post.liquid", "4 outputs read it; 0 made again because it changed")
    write("data/x.yaml", "a: 2\n")
    explain("posts/1/index.html", "made again: site.data.x changed")
    write("data/x.yaml", "a: 3\n")
    explain("data/x.yaml", "read as a part of 'site.data.x'", "7 outputs read it; 7 made again because it changed")
    write("data/y/z.yaml", "a: 3\n")
    explain("data/y/z.yaml", "read as a part of 'site.data.y'", "nothing reads it")
    explain("posts/1/index.html", "kept: none of the", absent=["made again"])
    write("themes/default/partials/note.liquid", "다른 쪽지\n")
    explain("themes/default/partials/note.liquid", "1 post reads it; 1 made again because it changed", "content/posts/4/index.md")
    write("content/posts/2.md", "---\ntitle: 글 2\ndate: 2025-05-02\n---\n본문 {{ 'x' | q }}\n")
    build()
    write("hooks/q.lua", 'hugi.filter("q", function(x) return x .. "" end)\n')
    explain("hooks/q.lua", "1 post reads it; 1 made again because it changed", "content/posts/2.md", absent=["outputs read it"])
    write("hooks/q.lua", 'hugi.filter("q", function(x) return x end)\nhugi.filter("r", function(x) return x end)\n')
    explain("content/posts/1.md", "made: everything is, hugi, a setting that all rests on, or what hooks there are has changed")
    write("content/posts/2.md", "---\ntitle: 글 2\ndate: 2025-05-02\n---\n{{ params.motto }}\n")
    build()
    write("hugi.yaml", "title: 시험\nbase_url: https://example.com/\nparams: {motto: 아침}\n")
    explain("content/posts/2.md", "made again: site.params.motto changed")
    explain("content/posts/1.md", "kept: it reads nothing of the site", absent=["made again"])
    write("hugi.yaml", "title: 시험\nbase_url: https://example.com/\nparams: {motto: 아침}\nauthor: 한서진\n")
    explain("content/posts/2.md", "kept: the one value it read has not changed", "made again: site.author, authors of content/posts/2.md changed")
    write("hugi.yaml", "title: 시험\nbase_url: https://example.com/\ntimezone: Asia/Tokyo\n")
    explain("hugi.yaml", "in this build all was: hugi, a setting that all rests on, or what hooks there are has changed")
    os.unlink(os.path.join(SITE, "public/posts/1/index.html"))
    explain("posts/1/index.html", "made again: public/ did not hold what the last build wrote")
    explain("static/plain.txt", "make file plain.txt", "kept: size and time of the file are the same")


def unexplained(file, *words, status=2):
    """Builds, and looks for the words in the one line that says there is no such file."""
    got, out, err = build("-q", "--explain", file)
    lines = [line for line in err.splitlines() if line.startswith("hugi: ")]
    missing = [word for word in words if len(lines) != 1 or word not in lines[0]]
    check("--explain %s: %s" % (file.replace(TMP, ""), words[0][:60]), got == status and out == "" and not missing, got, missing, out, err)


def event_site():
    global SITE
    SITE = os.path.join(TMP, "shown")
    write("hugi.yaml", "title: 시험\nbase_url: https://example.com/\ntheme: own\npaginate: 3\nlanguages:\n  ko: {}\n  en: {}\n")
    write("themes/own/theme.yaml", "colour: red\n")
    write("themes/own/strings/ko.yaml", "minutes: 읽는 데 {n}분쯤\n")
    write("themes/own/strings/en.yaml", "minutes: about {n} min\n")
    write("themes/other/layouts/post.liquid", "x\n")
    write("data/team.yaml", "a: 1\n")
    write("data/zzz.txt", "x\n")
    write("hooks/own.lua", 'hugi.filter("loud", function(x) return x .. "!" end)\n'
          'function site_collected(site)\n  site:add{path = "posts/added.md", title = "더한 글", date = "2025-01-01", body = "본문"}\nend\n')
    write("content/events/conf-2025.md", "---\nname: 컨프\nedition: '2025'\nstart: 2025-05-01\n---\n")
    write("content/authors/seojin.md", "---\nname: 한서진\n---\n")
    for i in range(1, 6):
        write("content/posts/p%d.md" % i, "---\ntitle: 글 %d\ndate: 2025-05-0%d\ntags: [구름]\nauthor: seojin\n%s---\n%s\n"
              % (i, i, "event: conf-2025\n" if i < 3 else "", "{{ 'x' | loud }}" if i == 4 else "본문"))
    write("content/about.en.md", "---\ntitle: About\n---\ntext\n")
    for name in ("content/posts/bundle/dot.png", "static/also.png"):
        write(name, "")
        with open(os.path.join(SITE, name), "wb") as file:
            file.write(DOT)
    write("content/posts/bundle/index.md", "---\ntitle: 그림\ndate: 2025-04-01\nimage: dot.png\n---\n![점](dot.png) ![다른 점](/also.png)\n")


def test_explain_shown():
    event_site()
    everywhere = ["shown in list archive/index.html", "shown in feed feed.xml", "shown in feed tags/구름/feed.xml", "shown in feed authors/seojin/feed.xml"]
    first = ["shown in list index.html", "shown in list tags/구름/index.html", "shown in list authors/seojin/index.html"]
    second = [line.replace("index.html", "page/2/index.html") for line in first]
    for _ in ("made", "kept"):
        explain("content/posts/p1.md", "; 1 minute\n", *everywhere, *second, "shown in page events/conf-2025/index.html", "read by list 404.html: ",
                "2 other posts, which read something of it: ", absent=["1 minutes", "1 headings", *first])
        explain("content/posts/p5.md", *everywhere, *first, absent=["shown in page events/", *second])
        time.sleep(0.1)
        build()
    explain("content/posts/bundle/dot.png", "png, 8 x 8 pixels", "the same picture as static/also.png", "make picture img/",
            "shown in content/posts/bundle/index.md, at /posts/bundle/", "shown in content/posts/bundle/index.md, at /posts/bundle/, as its cover")
    explain("static/also.png", "the same picture as content/posts/bundle/dot.png", "make file also.png")
    os.unlink(os.path.join(SITE, "content/posts/p1.md"))
    explain("content/posts/p1.md", "gone the last build had it", "read it; ", "made again because it is gone", "page/2/index.html")
    unexplained("content/posts/p1.md", "did you mean content/posts/p")


def test_explain_kinds():
    event_site()
    build()
    time.sleep(0.1)
    build()
    explain("themes/own/theme.yaml", "read the theme's settings, on which all rests", absent=["nothing reads it", "in this build"])
    write("themes/own/theme.yaml", "colour: blue\n")
    explain("themes/own/theme.yaml", "in this build all was: ")
    build()
    explain("themes/own/strings/ko.yaml", "read as the interface strings of 'ko'", "outputs read it; 0 made again because it changed")
    write("themes/own/strings/ko.yaml", "minutes: 읽는 데 {n}분은\n")
    explain("themes/own/strings/ko.yaml", "outputs read it;", absent=["; 0 made", "about/index.html"])
    explain("themes/own/strings/en.yaml", "1 output reads it; 0 made again because it changed", "en/about/index.html")
    explain("themes/other/layouts/post.liquid", "it is of a theme that hugi.yaml does not name")
    explain("hooks/own.lua", "read as a script", "1 post reads it", "adds posts/added.md, at /posts/added/", absent=["of Markdown"])
    explain("data/team.yaml", "read as a part of 'site.data.team'")
    explain("data/zzz.txt", "it is no part of site.data: only .yaml, .yml and .json are", absent=["site.data.zzz"])


def test_explain_names():
    here = os.path.join(SITE, "content/posts/p2.md")
    explain(here, "content/posts/p2.md\nread ")
    explain("./content/posts/../posts/p2.md", "content/posts/p2.md\nread ")
    explain(os.path.relpath(here), "content/posts/p2.md\nread ")
    explain(os.path.join(SITE, "public/posts/p2/index.html"), "made of content/posts/p2.md")
    explain("/posts/p2/", "made of content/posts/p2.md")
    unexplained("static/nothing.txt", "there is no page, file or output 'static/nothing.txt'")
    unexplained("content/posts/bundel/index.md", "did you mean content/posts/bundle/index.md?")
    unexplained("content/p2.md", "did you mean content/posts/p2.md?")
    unexplained("data/teem.yaml", "did you mean data/team.yaml?")
    unexplained(os.path.join(SITE, "content/posts/q2.md"), "did you mean content/posts/p")
    unexplained("content", "'content' is a folder; --explain wants a file, such as content/")
    unexplained("content/posts/bundle", "is a folder; --explain wants a file, such as content/posts/bundle/index.md")
    write("content/posts/broken.md", "---\ntitle: [\n---\n")
    unexplained("data/teem.yaml", "did you mean data/team.yaml?", status=1)
    os.unlink(os.path.join(SITE, "content/posts/broken.md"))
    status, out, err = build("--json", "--explain", "content/posts/p2.md")
    rows = [json.loads(line) for line in out.splitlines()]
    told = [row for row in rows if row["type"] == "explain"]
    steps = [row["step"] for row in told]
    check("--explain --json", status == 0 and err == "" and steps[0] == "read" and {"arrange", "markup", "make", "shown in"} <= set(steps), steps, err)
    check("names the file in each line", {row["file"] for row in told} == {"content/posts/p2.md"}, told[:3])
    check("and tells the same", any(row["step"] == "arrange" and row["text"].startswith("post in 'ko' at /posts/p2/") for row in told), told[:9])
    check("before the summary", rows[-1]["type"] == "summary", rows[-1])
    status, out, err = build("--json", "--explain", "nothing")
    check("--json: an unknown file", status == 2 and '"explain"' not in out and "hugi: there is no page, file or output 'nothing'" in err, status, err)


test_progress()
test_timings()
test_explain()
test_explain_shown()
test_explain_kinds()
test_explain_names()
