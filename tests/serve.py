#!/usr/bin/env python3
"""serve.py HUGI TMP REQUESTS - drives `hugi serve` over its sockets and prints "ok NAME" lines.

A small site below a path, with Korean names, a film, drafts and a file beside it that must never be
seen.  REQUESTS is a list of hostile requests kept elsewhere; they are skipped where it is not there.
Every wait has a limit and ends as soon as what is waited for is true.
"""
import base64
import gzip
import json
import os
import pty
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import unicodedata
import urllib.parse

HUGI, TMP, REQUESTS = os.path.abspath(sys.argv[1]), *sys.argv[2:4]
SITE = os.path.join(TMP, "site")
HERE = os.path.dirname(os.path.abspath(__file__))
SECRET = b"the-secret-beside-the-folder"
# Under a sanitizer, on a machine with other work.
PATIENCE = 60


def ok(name):
    print("ok " + name, flush=True)


def check(name, good, *details):
    if good:
        ok(name)
    else:
        print("not ok " + name)
        for line in details:
            print("    " + str(line)[:400], flush=True)


def equals(name, want, got):
    check(name, want == got, "want: %r" % (want,), " got: %r" % (got,))


def write(path, text):
    full = os.path.join(SITE, path)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    with open(full, "wb") as file:
        file.write(text if isinstance(text, bytes) else text.encode())


def post(title, body="본문", more=""):
    return "---\ntitle: %s\ndate: 2025-05-01\n%s---\n%s\n" % (title, more, body)


def wait_for(what):
    """The first true value of what(), or what it was at the end of patience."""
    end = time.monotonic() + PATIENCE
    while True:
        value = what()
        if value or time.monotonic() > end:
            return value
        time.sleep(0.01)


class Server:
    def __init__(self, *flags, source=None, within=None):
        self.log = open(os.path.join(TMP, "serve.log"), "wb")
        self.process = subprocess.Popen([HUGI, "serve", "-s", source or SITE, "-j2", *flags], stdout=self.log, stderr=self.log, cwd=within)
        self.address = wait_for(self.find_address)
        if not self.address:
            sys.exit("not ok the server starts\n    " + self.output().replace("\n", "\n    "))

    def output(self):
        with open(self.log.name, encoding="utf-8", errors="replace") as file:
            return file.read()

    def find_address(self):
        found = re.search(r"the preview is at http://([^:/]+):(\d+)(\S*)", self.output())
        if self.process.poll() is not None and not found:
            return ("", 0, "")
        return found and ("127.0.0.1", int(found.group(2)), found.group(3))

    def end(self, number=signal.SIGINT):
        self.process.send_signal(number)
        try:
            return self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return "it did not end"


def connect():
    line = socket.create_connection(server.address[:2], timeout=PATIENCE)
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return line


def read_all(line, limit=1 << 24):
    data = b""
    try:
        while len(data) < limit:
            piece = line.recv(65536)
            if not piece:
                break
            data += piece
    except (socket.timeout, ConnectionError):
        pass
    return data


def raw(request, timeout=PATIENCE):
    """What comes back for these bytes, until the other side is done."""
    with connect() as line:
        line.settimeout(timeout)
        try:
            line.sendall(request)
            line.shutdown(socket.SHUT_WR)
        except OSError:
            pass
        return read_all(line)


class Answer:
    def __init__(self, data):
        head, _, self.body = data.partition(b"\r\n\r\n")
        lines = head.decode("latin-1").split("\r\n")
        self.status = int(lines[0].split()[1]) if lines[0].startswith("HTTP/") else 0
        self.headers = {}
        for line in lines[1:]:
            name, _, value = line.partition(":")
            self.headers[name.lower()] = value.strip()


def get(path, method="GET", host="localhost", **headers):
    lines = ["%s %s HTTP/1.1" % (method, path), "Host: " + host, "Connection: close"]
    lines += ["%s: %s" % (name.replace("_", "-"), value) for name, value in headers.items()]
    return Answer(raw(("\r\n".join(lines) + "\r\n\r\n").encode()))


def text_of(path):
    return get(path).body.decode("utf-8", "replace")


def make_site():
    write("hugi.yaml", "title: 시험\nbase_url: https://example.com/블로그/\ntimezone: Asia/Seoul\nparams: {}\n")
    write("content/posts/first.md", post("첫 글", "여기 본문"))
    write("content/posts/한글-글.md", post("한글 글"))
    write("content/posts/sketch.md", post("쓰는 중", more="draft: true\n"))
    write("content/posts/later.md", "---\ntitle: 나중 글\ndate: 2031-01-01\n---\n앞날\n")
    write("static/film.mp4", FILM)
    write("static/plain.css", "body{color:#111}\n")
    write("static/notes.txt", "긴 글 " * 2000)
    write("static/차례.txt", "한글 이름\n")
    with open(os.path.join(TMP, "secret.txt"), "wb") as file:
        file.write(SECRET)
    write(".hugi/secret.txt", SECRET)


# An mp4 by its first box, so that it is taken for one.
FILM = bytes([0, 0, 0, 24]) + b"ftypisom\0\0\0\0isommp41" + bytes([0, 0, 16, 0]) + b"mdat" + bytes(i % 251 for i in range(4088))


def test_files():
    home = get(BASE + "/")
    equals("home", 200, home.status)
    equals("pages are UTF-8", "text/html; charset=utf-8", home.headers.get("content-type"))
    check("the reload script is in the page", b'src="/.hugi/reload.js"' in home.body)
    check("and not on disk", b"reload.js" not in open(os.path.join(SITE, ".hugi/preview/index.html"), "rb").read())
    equals("the script itself", "text/javascript; charset=utf-8", get("/.hugi/reload.js").headers.get("content-type"))
    check("public/ is not touched", not os.path.exists(os.path.join(SITE, "public")))
    equals("the host's root leads to the site", (302, BASE + "/"), status_and_place("/"))
    equals("the site without its slash", (302, BASE + "/"), status_and_place(BASE))
    equals("a folder without its slash", (302, BASE + "/posts/first/"), status_and_place(BASE + "/posts/first"))
    for query in ("?q=%ED%9B%84+1%262&x", "?x=1&x=2&empty=", "?%0d%0aX-Injected:%201"):
        for path, place in (("/", BASE + "/"), (BASE, BASE + "/"), (BASE + "/posts/first", BASE + "/posts/first/")):
            equals("%s is led on with %s" % (path, query), (302, place + query), status_and_place(path + query))
    equals("elsewhere on the host there is nothing", 404, get("/posts/first/").status)
    lost = get(BASE + "/nothing/here")
    equals("404", 404, lost.status)
    check("404 is the site's own page", "시험" in lost.body.decode())
    equals("404 cannot be a redirect out", 404, get(BASE + "//evil.example/..").status)
    check("drafts and the future are there", get(BASE + "/posts/sketch/").status == get(BASE + "/posts/later/").status == 200)
    for name, path in (("draft", "/posts/sketch/"), ("future post", "/posts/later/")):
        check("a ribbon on the " + name, 'class="ribbon"' in text_of(BASE + path))
    check("none on what is published", 'class="ribbon"' not in text_of(BASE + "/posts/first/"))
    for path, kind in (("/plain.css", "text/css; charset=utf-8"), ("/film.mp4", "video/mp4"), ("/feed.xml", "application/xml; charset=utf-8"),
                       ("/notes.txt", "text/plain; charset=utf-8"), ("/feed.json", "application/json; charset=utf-8")):
        equals("type of " + path, kind, get(BASE + path).headers.get("content-type"))


def status_and_place(path):
    answer = get(path)
    return answer.status, answer.headers.get("location")


def test_hangul():
    for form in ("NFC", "NFD"):
        name = urllib.parse.quote(unicodedata.normalize(form, "차례.txt"))
        equals("a Hangul name in " + form, (200, "한글 이름\n"), (get(BASE + "/" + name).status, text_of(BASE + "/" + name)))
        base = "/" + urllib.parse.quote(unicodedata.normalize(form, "블로그"))
        equals("a Hangul base path in " + form, 200, get(base + "/posts/first/").status)
    equals("lower-case percent signs", 200, get(BASE.lower() + "/").status)


def test_conditions():
    page = BASE + "/posts/first/"
    for path in (page, BASE + "/plain.css", BASE + "/film.mp4"):
        full = get(path)
        tag = full.headers.get("etag", "")
        again = get(path, If_None_Match=tag)
        equals("304 for " + path, (304, b""), (again.status, again.body))
        equals("304 in a list, weak", 304, get(path, If_None_Match='"x", W/' + tag).status)
        equals("200 for another tag", 200, get(path, If_None_Match='"x"').status)
        head = get(path, "HEAD")
        equals("HEAD has no body", b"", head.body)
        equals("HEAD knows the length", full.headers.get("content-length"), head.headers.get("content-length"))
    packed = get(BASE + "/notes.txt", Accept_Encoding="br, gzip;q=0.5")
    equals("gzip", "gzip", packed.headers.get("content-encoding"))
    equals("gzip unpacks", "긴 글 " * 2000, gzip.decompress(packed.body).decode())
    equals("gzip has a tag of its own that holds", 304, get(BASE + "/notes.txt", If_None_Match=packed.headers["etag"], Accept_Encoding="gzip").status)
    equals("gzip;q=0", None, get(BASE + "/notes.txt", Accept_Encoding="gzip;q=0").headers.get("content-encoding"))
    equals("films are not packed", None, get(BASE + "/film.mp4", Accept_Encoding="gzip").headers.get("content-encoding"))


def test_ranges():
    path, size = BASE + "/film.mp4", len(FILM)
    rows = [("bytes=0-99", 0, 99), ("bytes=4000-", 4000, size - 1), ("bytes=-10", size - 10, size - 1),
            ("bytes=0-999999999999999999999", 0, size - 1), ("bytes=-999999", 0, size - 1)]
    for text, first, last in rows:
        part = get(path, Range=text)
        equals(text, (206, "bytes %d-%d/%d" % (first, last, size)), (part.status, part.headers.get("content-range")))
        equals(text + ": its bytes", FILM[first:last + 1], part.body)
    for text in ("bytes=%d-" % size, "bytes=-0"):
        part = get(path, Range=text)
        equals(text + " is outside", (416, "bytes */%d" % size), (part.status, part.headers.get("content-range")))
    for text in ("bytes=", "bytes=5-2", "bytes=a-b", "lines=1-2", "bytes=0-1,5-6", "bytes=--1"):
        equals(text + " is no range", (200, FILM), (get(path, Range=text).status, get(path, Range=text).body))
    tag = get(path).headers["etag"]
    equals("If-Range that holds", 206, get(path, Range="bytes=0-9", If_Range=tag).status)
    equals("If-Range of another file", 200, get(path, Range="bytes=0-9", If_Range='"x"').status)


def is_safe(data):
    return SECRET not in data and b"root:x:0" not in data


def is_alive():
    return server.process.poll() is None and get(BASE + "/").status == 200


def test_hostile():
    paths = ["/../secret.txt", "/../../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/%2e%2e%2fsecret.txt", "/..%5csecret.txt",
             "/%252e%252e/secret.txt", "/x/../../secret.txt", "/./../secret.txt", "//../secret.txt", "/..;/secret.txt", "/%c0%ae%c0%ae/secret.txt",
             "/index.html%00.txt", "/%00", "/%", "/%2", "/%zz", "/posts%2ffirst/", "/link.txt", "/link/secret.txt", "/pipe", "/" + "a" * 5000,
             "/" + "a/" * 3000, "/.hugi/preview/index.html", "/%0d%0aX-Injected:%201", "/%ff%fe", "/\xed\x9b\x84"]
    preview = os.path.join(SITE, ".hugi/preview")
    os.symlink(os.path.join(TMP, "secret.txt"), os.path.join(preview, "link.txt"))
    os.symlink(TMP, os.path.join(preview, "link"))
    os.mkfifo(os.path.join(preview, "pipe"))
    for path in paths:
        for base in (BASE, ""):
            data = raw(b"GET " + (base + path).encode("latin-1") + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
            answer = Answer(data)
            good = is_safe(data) and answer.status in (302, 400, 404, 414, 431) and "x-injected" not in answer.headers
            check("nothing for %s%s" % (base[:1], path[:40]), good, answer.status, data[:300])
    for name in ("link.txt", "link", "pipe"):
        os.unlink(os.path.join(preview, name))
    check("it lives on", is_alive())
    equals("POST", 405, get(BASE + "/", "POST", Content_Length=0).status)
    equals("a foreign name is not answered to", 403, get(BASE + "/", host="evil.example").status)
    equals("nor followed", 403, get("/.hugi/events", host="evil.example").status)
    equals("nor one that looks like an address", 403, get(BASE + "/", host="127.0.0.1.evil.example").status)
    for host in ("localhost:1313", "127.0.0.1", "[::1]:80", "blog.localhost"):
        equals("answered to: " + host, 200, get(BASE + "/", host=host).status)
    check("headers without end", is_safe(raw(b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 300000 + b"\r\n\r\n")) and is_alive())
    check("many headers", is_safe(raw(b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"A: b\r\n" * 30000 + b"\r\n")) and is_alive())


def test_slow():
    slow = [connect() for _ in range(60)]
    for line in slow:
        line.sendall(b"GET / HTT")
    check("sixty clients that never finish keep nobody waiting", is_alive())
    for line in slow:
        line.close()
    deaf = connect()
    deaf.sendall(b"GET %s/film.mp4 HTTP/1.1\r\nHost: localhost\r\n\r\n" % BASE.encode() * 50)
    check("nor one that asks and never reads", is_alive())
    deaf.close()
    gone = [Events() for _ in range(20)]
    for events in gone:
        events.line.close()
    check("nor those that follow and go away", is_alive())


def test_crowd():
    """More clients than there is room for: those that say a word now and then and never end, and those that were answered."""
    for name, said in (("never end their request", b"GET / HTTP/1.1\r\nX: "), ("keep their line", b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")):
        follower = Events()
        follower.next()
        crowd, over = [], threading.Event()

        def dribble():
            while not over.wait(2):
                for line in crowd:
                    try:
                        line.send(b"x")
                    except OSError:
                        pass

        for _ in range(600):
            crowd.append(connect())
            crowd[-1].sendall(said)
        speaker = threading.Thread(target=dribble)
        speaker.start()
        check("six hundred that %s keep nobody out" % name, is_alive())
        over.set()
        speaker.join()
        write("content/posts/first.md", post("첫 글", "여기 본문, " + name))
        check("nor throw out who follows", follower.next()["ok"] is True)
        for line in crowd:
            line.close()
        follower.line.close()


def test_suite():
    if not os.path.exists(REQUESTS):
        print("skip the suite of hostile requests is not there: " + os.path.basename(REQUESTS))
        return
    with open(REQUESTS, encoding="utf-8") as file:
        requests = [base64.b64decode(text) for text in json.load(file)["requests"]]
    bad = []
    for request in requests:
        ours = re.sub(rb"(?i)\r\nHost: *x\r\n", b"\r\nHost: localhost\r\n", request, count=1)
        for sent in {request, ours}:
            data = raw(sent, 2) if b"/.hugi/events" not in sent else b""
            if not is_safe(data) or server.process.poll() is not None:
                bad.append(sent[:200])
    check("%d hostile requests, as they are and with a host of ours" % len(requests), not bad, *bad[:5])
    check("it lives on after them", is_alive())


class Events:
    """One browser that follows."""

    def __init__(self):
        self.line = connect()
        self.line.sendall(b"GET /.hugi/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
        self.data = b""

    def next(self):
        while True:
            found = re.search(rb"data: (.*)\n\n", self.data)
            if found:
                self.data = self.data[found.end():]
                return json.loads(found.group(1))
            piece = self.line.recv(65536)
            if not piece:
                return {"ok": None, "report": "the line was closed"}
            self.data += piece

    def is_quiet(self, seconds=0.5):
        self.line.settimeout(seconds)
        try:
            self.data += self.line.recv(65536)
        except socket.timeout:
            pass
        self.line.settimeout(PATIENCE)
        return b"data: " not in self.data

    def until(self, good):
        """The state once good(state): a burst of changes may be more than one build."""
        while True:
            state = self.next()
            if state["ok"] is None or good(state):
                return state


def lines_of_output():
    return server.output().count(" ms, ")


def test_reload():
    events = Events()
    equals("one that connects is told how things stand", {"ok": True, "report": ""}, events.next())
    before = get(BASE + "/posts/first/", "HEAD").headers["hugi-page"].split()
    write("content/posts/first.md", post("첫 글", "여기 새 본문"))
    equals("a change is told", True, events.next()["ok"])
    check("and shown", "여기 새 본문" in text_of(BASE + "/posts/first/"))
    check("and told once", events.is_quiet())
    after = get(BASE + "/posts/first/", "HEAD").headers["hugi-page"].split()
    check("the page says that more than its styles changed", before[0] != after[0] and before[1] != after[1])
    write("content/posts/.first.new", post("첫 글", "umbenannt"))
    os.rename(os.path.join(SITE, "content/posts/.first.new"), os.path.join(SITE, "content/posts/first.md"))
    equals("an editor that saves by renaming", True, events.next()["ok"])
    check("its text", "umbenannt" in text_of(BASE + "/posts/first/"))

    write("content/posts/first.md", "---\ntitle: 첫 글\ndate: 어제\n---\n끝\n")
    state = events.next()
    equals("a mistake is told", False, state["ok"])
    check("with its place, its line and a caret", all(part in state["report"] for part in
          ("content/posts/first.md:3:7: error:", "date: 어제", "^~~~")), state["report"])
    check("the last good page stays", "umbenannt" in text_of(BASE + "/posts/first/"))
    equals("one that connects meanwhile is told", False, Events().next()["ok"])
    check("the terminal says so", wait_for(lambda: "the last good site stays" in server.output() and "content/posts/first.md:3:7" in server.output()))
    write("content/posts/first.md", post("첫 글", "geheilt"))
    equals("mended", {"ok": True, "report": ""}, events.next())

    before = get(BASE + "/posts/first/", "HEAD").headers["hugi-page"].split()
    write("themes/default/assets/main.css", "body{color:red}\n")
    events.next()
    after = get(BASE + "/posts/first/", "HEAD").headers["hugi-page"].split()
    check("new styles change a page but not its shape", before[0] != after[0] and before[1] == after[1], before, after)
    os.makedirs(os.path.join(SITE, "content/posts/folder/below"))
    write("content/posts/folder/below/index.md", post("새 폴더"))
    wait_for(lambda: get(BASE + "/posts/below/").status == 200)
    equals("a post in a new folder", 200, get(BASE + "/posts/below/").status)
    os.rename(os.path.join(SITE, "content/posts/folder"), os.path.join(SITE, "content/posts/renamed"))
    write("content/posts/renamed/below/index.md", post("새 폴더", "nach dem Umzug"))
    check("a folder that was renamed is still watched", wait_for(lambda: "nach dem Umzug" in text_of(BASE + "/posts/below/")))
    shutil.rmtree(os.path.join(SITE, "content/posts/renamed"))
    equals("a folder that was deleted", 404, wait_for(lambda: get(BASE + "/posts/below/").status == 404 and 404))
    shutil.rmtree(os.path.join(SITE, "themes"))
    write("data/thing.yaml", "a: 1\n")
    write("hooks/one.lua", 'hugi.filter("hello", function(text) return "hello from a hook" end)\n')
    write("content/posts/first.md", post("첫 글", "{{ 1 | hello }}"))
    check("a hook that is new", wait_for(lambda: "hello from a hook" in text_of(BASE + "/posts/first/")), server.output()[-600:])


def link(target, path):
    """Made in one step, whatever stood there."""
    full = os.path.join(SITE, path)
    os.symlink(target, full + "~")
    os.rename(full + "~", full)


def test_links():
    """What a link inside the site leads to is a source, wherever in the site it lies."""
    shows = lambda text: wait_for(lambda: text in text_of(BASE + "/posts/linked/"))
    write("extra/deep/q.md", post("링크", "durch eine Kette", "slug: linked\n"))
    write("extra/none.txt", "1")
    os.symlink("deep/q.md", os.path.join(SITE, "extra/q.md"))
    link("../../extra/q.md", "content/posts/q.md")
    check("a link is followed", shows("durch eine Kette"), server.output()[-600:])
    write("extra/deep/q.md", post("링크", "das Ziel neu", "slug: linked\n"))
    check("and what it leads to is watched", shows("das Ziel neu"), server.output()[-600:])
    check("by its own name", wait_for(lambda: "extra/deep/q.md: " in server.output()), server.output()[-600:])
    write("extra/deep/new.md", post("링크", "umbenannt zum Ziel", "slug: linked\n"))
    os.rename(os.path.join(SITE, "extra/deep/new.md"), os.path.join(SITE, "extra/deep/q.md"))
    check("where an editor saves by renaming too", shows("umbenannt zum Ziel"))
    os.rename(os.path.join(SITE, "extra"), os.path.join(SITE, "elsewhere"))
    equals("a link to nowhere is no post", 404, wait_for(lambda: get(BASE + "/posts/linked/").status == 404 and 404))
    os.rename(os.path.join(SITE, "elsewhere"), os.path.join(SITE, "extra"))
    check("until there is something again", shows("umbenannt zum Ziel"), server.output()[-600:])
    write("extra/deep/q.md", post("링크", "wieder beobachtet", "slug: linked\n"))
    check("which is watched again", shows("wieder beobachtet"))
    write("extra/none.txt", "2")
    write("extra/deep/q.md", post("링크", "danach", "slug: linked\n"))
    check("what lies beside it is not", shows("danach") and "extra/none.txt" not in server.output(), server.output()[-600:])
    with open(os.path.join(SITE, "hugi.yaml"), encoding="utf-8") as file:
        settings = file.read()
    write("extra/site.yaml", settings)
    link("extra/site.yaml", "hugi.yaml")
    write("extra/site.yaml", settings.replace("시험", "verlinkte Einstellungen"))
    check("settings that are a link", wait_for(lambda: "verlinkte Einstellungen" in text_of(BASE + "/")), server.output()[-600:])
    os.unlink(os.path.join(SITE, "hugi.yaml"))
    write("hugi.yaml", settings)
    os.unlink(os.path.join(SITE, "content/posts/q.md"))
    shutil.rmtree(os.path.join(SITE, "extra"))
    equals("the link went", 404, wait_for(lambda: get(BASE + "/posts/linked/").status == 404 and 404))


def test_steps_of_a_save():
    """Editors try whether they may write, and write elsewhere first; what is told is the file that was saved."""
    def content(name):
        return os.path.join(SITE, "content/posts", name)

    def vim():
        write("content/posts/4913", "")
        os.unlink(content("4913"))
        os.rename(content("first.md"), content("first.md~"))
        write("content/posts/first.md", post("첫 글", "von vim"))
        os.unlink(content("first.md~"))

    def sed():
        write("content/posts/sedAb1c2D", post("첫 글", "von sed"))
        os.rename(content("sedAb1c2D"), content("first.md"))

    def both():
        os.unlink(content("away.md"))
        sed()

    write("content/posts/away.md", post("weg"))
    check("a post that will go", wait_for(lambda: "content/posts/away.md: " in server.output()))
    for name, steps, line in (("vim", vim, "content/posts/first.md: "), ("sed", sed, "content/posts/first.md: "),
                              ("what is there before what went", both, "content/posts/first.md and 1 more: ")):
        before = len(server.output())
        server.process.send_signal(signal.SIGSTOP)      # or a slow machine would see the steps one by one
        steps()
        server.process.send_signal(signal.SIGCONT)
        told = wait_for(lambda: server.output()[before:])
        check("a line for a save: " + name, told.startswith(line), told)
    equals("the post that went", 404, wait_for(lambda: get(BASE + "/posts/away/").status == 404 and 404))


def test_many():
    count = lines_of_output()
    for i in range(500):
        write("content/posts/many-%03d.md" % i, post("글 %d" % i))
    check("five hundred files at once", wait_for(lambda: get(BASE + "/posts/many-499/").status == 200))
    builds = lines_of_output() - count
    check("are a few builds, not hundreds", builds <= 20, builds)
    for i in range(500):
        os.unlink(os.path.join(SITE, "content/posts/many-%03d.md" % i))
    check("and gone again", wait_for(lambda: get(BASE + "/posts/many-499/").status == 404))


def photo(name):
    with open(os.path.join(HERE, "sites", name), "rb") as file:
        return file.read()


def pictures_of(path):
    """The addresses of the pictures in a page, and what they hold."""
    found = re.findall(r'(?:src|srcset)="([^" ]+\.(?:jpg|png|webp))', text_of(path))
    return {place: get(place).body for place in found}


def test_photo():
    write("content/posts/trip/cat.jpg", photo("picture-places/site/content/posts/trip/wide.jpg"))
    write("content/posts/trip/index.md", post("사진", "![고양이](cat.jpg)"))
    before = wait_for(lambda: pictures_of(BASE + "/posts/trip/"))
    check("a photo that was added", before and all(before.values()), before.keys())
    write("content/posts/trip/cat.jpg", photo("site-hooks/site/content/posts/cover.png"))
    after = wait_for(lambda: pictures_of(BASE + "/posts/trip/").keys() != before.keys() and pictures_of(BASE + "/posts/trip/"))
    check("one that took its place", after and all(after.values()) and not set(after) & set(before), before.keys(), after)
    check("what was made of the first is gone", wait_for(lambda: {get(place).status for place in before} == {404}), before.keys(), after.keys(), {p: get(p).status for p in before})
    shutil.rmtree(os.path.join(SITE, "content/posts/trip"))
    equals("its folder went", 404, wait_for(lambda: get(BASE + "/posts/trip/").status == 404 and 404))


def git(*words):
    settings = ["-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "core.autocrlf=false"]
    return subprocess.run(["git", *settings, *words], cwd=SITE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=True)


def test_checkout():
    if not shutil.which("git"):
        print("skip a checkout of 500 files: no git")
        return
    write(".gitignore", ".hugi/\npublic/\n")
    for i in range(500):
        write("content/posts/many-%03d.md" % i, post("글 %d" % i, "alter Text"))
    for words in (("init", "-q", "-b", "old"), ("add", "."), ("commit", "-qm", "old"), ("checkout", "-qb", "new")):
        git(*words)
    for i in range(500):
        write("content/posts/many-%03d.md" % i, post("글 %d" % i, "neuer Text"))
    git("commit", "-qam", "new")
    check("a branch with 500 changed files", wait_for(lambda: "neuer Text" in text_of(BASE + "/posts/many-499/")))
    for branch, text in (("old", "alter Text"), ("new", "neuer Text")):
        count = lines_of_output()
        git("checkout", "-q", branch)
        check("all of branch '%s' is shown" % branch,
              wait_for(lambda: all(text in text_of(BASE + "/posts/many-%03d/" % i) for i in (0, 250, 499))), server.output()[-600:])
        check("after a few builds, not hundreds", lines_of_output() - count <= 20, lines_of_output() - count)
    git("rm", "-q", *["content/posts/many-%03d.md" % i for i in range(500)])
    check("and gone again", wait_for(lambda: get(BASE + "/posts/many-499/").status == 404))
    shutil.rmtree(os.path.join(SITE, ".git"))


def test_side_by_side():
    write("content/posts/first.md", post("첫 글", "side by side"))
    built = subprocess.run([HUGI, "build", "-s", SITE, "-q"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    equals("a build beside the preview", (0, b""), (built.returncode, built.stdout))
    check("public/ has no drafts", not os.path.exists(os.path.join(SITE, "public/posts/sketch")))
    check("nor traces of the preview", not subprocess.run(["grep", "-rl", "-e", "reload.js", "-e", 'class="ribbon"', os.path.join(SITE, "public")],
                                                         stdout=subprocess.PIPE, check=False).stdout)
    write("hugi.yaml", "title: 시험\nbase_url: https://example.com/\ntimezone: Asia/Seoul\n")
    equals("a base path that changed", 200, wait_for(lambda: get("/posts/first/").status == 200 and 200))


def square_of(text):
    """The modules of a square of half blocks: rows of True for light."""
    rows = []
    for line in re.findall("\x1b\\[40;97m([ \u2580\u2584\u2588]+)\x1b\\[0m", text):
        rows += [[cell in "\u2580\u2588" for cell in line], [cell in "\u2584\u2588" for cell in line]]
    return rows


def read_square(rows):
    """What a phone would read; None without a program for it."""
    if not shutil.which("zbarimg"):
        return None
    pixels = bytes(255 if light else 0 for row in rows for _ in range(8) for light in row for _ in range(8))
    path = os.path.join(TMP, "square.pgm")
    with open(path, "wb") as file:
        file.write(b"P5 %d %d 255\n" % (8 * len(rows[0]), 8 * len(rows)) + pixels)
    return subprocess.run(["zbarimg", "-q", "--raw", path], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False).stdout.decode().strip()


def test_terminal():
    """On a terminal: the browser is opened, and a square leads a phone here."""
    programs, opened = os.path.join(TMP, "programs"), os.path.join(TMP, "opened")
    os.makedirs(programs)
    for name in ("xdg-open", "open"):
        with open(os.path.join(programs, name), "w", encoding="ascii") as file:
            file.write("#!/bin/sh\necho \"$1\" > '%s.new' && mv '%s.new' '%s'\n" % (opened, opened, opened))
        os.chmod(os.path.join(programs, name), 0o755)
    ours, theirs = pty.openpty()
    process = subprocess.Popen([HUGI, "serve", "-s", SITE, "--port", "0", "--bind", "0.0.0.0", "--open"], stdout=theirs, stderr=theirs,
                               env=dict(os.environ, PATH=programs + ":" + os.environ["PATH"]))
    os.close(theirs)
    os.set_blocking(ours, False)
    said = b""

    def hear():
        nonlocal said
        try:
            said += os.read(ours, 65536)
        except OSError:
            pass
        return os.path.exists(opened) and b"the preview is at" in said and (b"\x1b[0m\r\n" in said or b"for other machines" not in said)

    wait_for(hear)
    process.send_signal(signal.SIGINT)
    equals("a preview on a terminal ends", 0, process.wait(PATIENCE))
    hear()
    text = said.decode("utf-8", "replace")
    place = re.search(r"the preview is at (\S+)", text)
    with open(opened, encoding="utf-8") as file:
        equals("the browser is opened at the preview", place and place.group(1), file.read().strip())
    other = re.search(r"for other machines at (\S+)", text)
    if not other:
        print("skip the square for phones: this machine is in no network")
        return
    rows = square_of(text)
    check("a square of the terminal's cells", len(rows) >= 25 and len({len(row) for row in rows}) == 1, len(rows))
    read = read_square(rows)
    if read is None:
        print("skip reading the square: no zbarimg")
    else:
        equals("the square leads here", other.group(1), read)


def test_end():
    second = Server("--port", str(server.address[1]))
    check("the next free port", second.address[1] != server.address[1], second.output())
    equals("it ends by SIGTERM", 0, second.end(signal.SIGTERM))
    events = Events()
    events.next()
    equals("Ctrl+C while a browser follows", 0, server.end())
    equals("the line is closed", None, events.next()["ok"])


def test_again():
    """A second preview of the same site has nothing to do, or fails: it lies where it lay."""
    global server, BASE
    write("hugi.yaml", "title: 시험\nbase_url: https://example.com/블로그/\ntimezone: Asia/Seoul\n")
    write("content/posts/first.md", post("첫 글"))
    for again in range(3):
        server = Server("--port", "0")
        BASE = server.address[2].rstrip("/")
        equals("preview %d of the same is at its base path" % again, "/" + urllib.parse.quote("블로그"), BASE)
        equals("preview %d of the same shows its pages" % again, 200, get(BASE + "/posts/first/").status)
        time.sleep(0.1)                 # files are no longer young
        if again == 1:
            write("content/posts/first.md", "---\ndate: 어제\n---\n")
            wait_for(lambda: "the last good site stays" in server.output())
            write("content/posts/first.md", post("첫 글"))
            wait_for(lambda: server.output().rstrip().endswith("written"))
            equals("what was broken and mended is there", 200, get(BASE + "/posts/first/").status)
            write("content/posts/first.md", "---\ndate: 어제\n---\n")
            wait_for(lambda: server.output().count("the last good site stays") == 2)
        equals("it ends", 0, server.end())
    write("content/posts/first.md", post("첫 글"))
    write("hugi.yaml", "title: 시험\nbase_url: https://example.com/\ntimezone: Asia/Seoul\n")


def test_polling():
    global server, BASE
    server = Server("--poll", "--port", "0")
    BASE = server.address[2].rstrip("/")
    write("content/posts/first.md", post("첫 글", "looked for"))
    check("polling finds a change", wait_for(lambda: "looked for" in text_of(BASE + "/posts/first/")))
    os.unlink(os.path.join(SITE, "content/posts/first.md"))
    equals("and a file that went", 404, wait_for(lambda: get(BASE + "/posts/first/").status == 404 and 404))
    equals("it ends", 0, server.end())


def test_broken_from_the_start():
    global server
    write("content/posts/first.md", "---\ndate: 어제\n---\n")
    shutil.rmtree(os.path.join(SITE, ".hugi"))
    server = Server("--port", "0")
    answer = get("/")
    equals("a site that never was built", 404, answer.status)
    state = Events().next()
    check("shows its mistakes", b"reload.js" in answer.body and state["ok"] is False)
    check("and speaks of no good site", state.get("empty") and "there is no good site to show" in server.output(), state, server.output())
    check("nor of a last one", "last good" not in server.output(), server.output())
    write("content/posts/first.md", post("첫 글"))
    equals("and follows once they are mended", 200, wait_for(lambda: get("/").status == 200 and 200))
    write("content/posts/first.md", "---\ndate: 어제\n---\n")
    check("then there is a last good one", wait_for(lambda: "the last good site stays" in server.output()), server.output())
    equals("it ends", 0, server.end())
    server = Server("--port", "0")
    state = Events().next()
    check("also where an earlier preview made it", "the last good site stays" in server.output() and state["ok"] is False and "empty" not in state,
          state, server.output())
    equals("which is shown", 200, get("/posts/first/").status)
    equals("it ends", 0, server.end())


def come_and_go(name, take_away, put_back):
    def is_told():
        if os.path.exists(SITE):            # a build that was at work may write to it once more
            take_away()
        return "the folder of the site is gone" in server.output()

    check(name + " is told", wait_for(is_told), server.output()[-600:])
    state = Events().next()
    check(name + " is told over the pages", state["ok"] is False and "is gone" in state["report"], state)
    put_back()
    write("content/posts/first.md", post("첫 글", name + ", zurück"))
    shows = lambda text: wait_for(lambda: text in text_of(BASE + "/posts/first/"))
    check(name + " that came back is built", shows(name + ", zurück"), server.output()[-600:])
    write("content/posts/first.md", post("첫 글", name + ", bearbeitet"))
    check("and followed", shows(name + ", bearbeitet"), server.output()[-600:])


def test_site_folder():
    """The site's folder is renamed, removed and put back while it is served: from afar, and standing in it."""
    global server, BASE
    away, copy = SITE + ".away", SITE + ".copy"
    for where, source, within in (("named", SITE, None), ("stood in", ".", SITE), ("looked at", SITE, None)):
        server = Server("--port", "0", *(["--poll"] if where == "looked at" else []), source=source, within=within)
        BASE = server.address[2].rstrip("/")
        if where != "stood in":
            come_and_go("a site %s and renamed" % where, lambda: os.rename(SITE, away), lambda: os.rename(away, SITE))
            equals("it ends", 0, server.end())
            server = Server("--port", "0", *(["--poll"] if where == "looked at" else []), source=source, within=within)
        shutil.copytree(SITE, copy)
        os.rename(copy, away)
        come_and_go("a site %s and removed" % where, lambda: shutil.rmtree(SITE, ignore_errors=True), lambda: os.rename(away, SITE))
        equals("it ends", 0, server.end())
    server = Server("--port", "0", source=".", within=SITE)
    os.rename(SITE, away)
    with open(os.path.join(away, "content/posts/moved.md"), "w", encoding="utf-8") as file:
        file.write(post("옮긴 글"))
    check("one that is stood in is followed under its new name", wait_for(lambda: get(BASE + "/posts/moved/").status == 200), server.output())
    os.unlink(os.path.join(away, "content/posts/moved.md"))
    os.rename(away, SITE)
    equals("it ends", 0, server.end())


make_site()
server = Server("--port", "0")
BASE = server.address[2].rstrip("/")
try:
    equals("it is at the base path", "/" + urllib.parse.quote("블로그"), BASE)
    for test in (test_files, test_hangul, test_conditions, test_ranges, test_hostile, test_slow, test_crowd, test_suite, test_reload, test_links,
                 test_steps_of_a_save, test_many, test_photo, test_checkout, test_side_by_side, test_terminal, test_end, test_again,
                 test_polling, test_site_folder, test_broken_from_the_start):
        test()
finally:
    if server.process.poll() is None:
        server.process.kill()
        print("    " + server.output()[-2000:].replace("\n", "\n    "))
