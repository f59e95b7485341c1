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
import subprocess
import sys
import threading
import time
import unicodedata

HUGI, TMP = sys.argv[1:3]
SITE = os.path.join(TMP, "site")


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
    write("hooks/slow.lua", "function page_html(page)\n  local n = 0\n  for i = 1, 1500000 do n = n + i end\nend\n")
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


test_progress()
test_timings()
