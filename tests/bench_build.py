#!/usr/bin/env python3
"""bench_build.py HUGI BENCH - how long builds take: cold, with nothing changed, with one post changed.

For each number of reports in POSTS: a corpus by BENCH/gen_corpus.py, in memory where there is such a place, since
creating the same files on a disk takes from one to thirty times as long within minutes.  Cold builds go in turns with

    hugo            on BENCH/peers/hugo/site
    cmark-gfm       BENCH/raw/cmark_raw.c: one thread that only parses, renders and writes the bodies

and every figure is told with its peer's of the same run.  Says so when something it needs is not there.  Never fails
for slowness.

    POSTS   numbers of reports ("1000 10000")            RUNS    turns of cold builds (5; 3 from 10000 on)
    EDITS   builds after one changed post (21)           LARGE   reports of a corpus that only hugi builds (0)
    DISK    a folder on a disk to tell the same of, for the smallest corpus
"""
import glob
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HUGI, BENCH = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
POSTS = [int(word) for word in os.environ.get("POSTS", "1000 10000").split()]
EDITS = int(os.environ.get("EDITS", "21"))
LARGE = int(os.environ.get("LARGE", "0"))
DISK = os.environ.get("DISK", "")
HUGO_SITE = os.path.join(BENCH, "peers/hugo/site")


class Measured:
    """Wall and processor seconds and megabytes of one command."""

    def __init__(self, command, environment=None):
        began = time.monotonic()
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment)
        said = child.stderr.read()
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            raise SystemExit("bench_build: failed: %s\n%s" % (" ".join(command), said.decode(errors="replace")[-600:]))
        self.wall, self.processor, self.user = time.monotonic() - began, usage.ru_utime + usage.ru_stime, usage.ru_utime
        self.memory = usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


class Builder:
    """One program on one site; what it made is removed before each cold build, and `empty` is an empty folder then."""

    def __init__(self, name, command, made, empty=None):
        self.name, self.command, self.made, self.empty, self.runs = name, command, made, empty, []

    def cold(self):
        for path in self.made:
            shutil.rmtree(path, ignore_errors=True)
        if self.empty:
            shutil.rmtree(self.empty, ignore_errors=True)
            os.makedirs(self.empty)
        self.runs.append(Measured(self.command))

    def median(self, of):
        return statistics.median(getattr(run, of) for run in self.runs)

    def line(self):
        walls = sorted(run.wall for run in self.runs)
        return "%-10s %7.2f s wall (%.2f to %.2f), %7.2f s of processor, %6.0f MB" % (
            self.name, self.median("wall"), walls[0], walls[-1], self.median("processor"), self.median("memory"))


def say(text):
    print(text, flush=True)


def make_corpus(count, folder):
    subprocess.run([sys.executable, os.path.join(BENCH, "gen_corpus.py"), "--posts", str(count), "--out", folder],
                   stdout=subprocess.DEVNULL, check=True)
    return os.path.join(folder, "posts")


def make_hugi(posts, folder):
    os.makedirs(os.path.join(folder, "content"))
    shutil.copytree(posts, os.path.join(folder, "content/posts"))
    with open(os.path.join(folder, "hugi.yaml"), "w", encoding="utf-8") as file:
        file.write("title: 벤치마크\nbase_url: https://bench.example/\n")
    return Builder("hugi", [HUGI, "build", "-q", "-s", folder], [os.path.join(folder, name) for name in ("public", ".hugi")])


def make_hugo(posts, folder):
    if not shutil.which("hugo") or not os.path.isdir(HUGO_SITE):
        say("  hugo: skipped: not installed, or no " + HUGO_SITE)
        return None
    shutil.copytree(HUGO_SITE, folder)
    os.makedirs(os.path.join(folder, "content"), exist_ok=True)
    shutil.copytree(posts, os.path.join(folder, "content/posts"))
    return Builder("hugo", ["hugo", "--quiet", "-s", folder], [os.path.join(folder, name) for name in ("public", "resources")])


def make_cmark(posts, work):
    program = os.path.join(work, "cmark_raw")
    made = subprocess.run([os.environ.get("CC", "cc").split()[-1], "-O2", "-o", program, os.path.join(BENCH, "raw/cmark_raw.c"),
                           "-lcmark-gfm-extensions", "-lcmark-gfm"], stderr=subprocess.DEVNULL, check=False)
    if made.returncode:
        say("  cmark-gfm: skipped: %s/raw/cmark_raw.c was not compiled" % BENCH)
        return None
    out = os.path.join(work, "raw")
    return Builder("cmark-gfm", [program, posts, out], [], out)


def ratios(hugi, peer):
    return "hugi takes %.3f of its wall, %.3f of its processor, %.3f of its memory" % tuple(
        hugi.median(of) / peer.median(of) for of in ("wall", "processor", "memory"))


def milliseconds(seconds):
    return "median %.1f ms (%.1f to %.1f)" % (statistics.median(seconds) * 1000, min(seconds) * 1000, max(seconds) * 1000)


def again(hugi, site):
    """Nothing changed, and one post's text changed."""
    posts = sorted(glob.glob(os.path.join(site, "content/posts/*.md")))
    for _ in range(2):
        time.sleep(0.1)                 # files are no longer young
        subprocess.run(hugi.command, check=True)
    same = [Measured(hugi.command).wall for _ in range(EDITS)]
    changed = []
    for turn in range(EDITS):
        with open(posts[(turn * 37 + 11) % len(posts)], "a", encoding="utf-8") as file:
            file.write("\n고친 문단 %d\n" % turn)
        time.sleep(0.1)
        changed.append(Measured(hugi.command).wall)
    say("  nothing changed          " + milliseconds(same))
    say("  one post's text changed  " + milliseconds(changed))


def highlighting(hugi):
    without = dict(os.environ, HUGI_HIGHLIGHT="")
    took = {}
    for _ in range(3):
        for name, environment in (("with", None), ("without", without)):
            for path in hugi.made:
                shutil.rmtree(path, ignore_errors=True)
            took.setdefault(name, []).append(Measured(hugi.command, environment).user)
    say("  highlighting: %.0f ms of user time with it, %.0f without" % (min(took["with"]) * 1000, min(took["without"]) * 1000))


def measure(count, base, peers):
    with tempfile.TemporaryDirectory(prefix="hugi-bench.", dir=base) as work:
        say("build: %d reports in %s" % (count, base or tempfile.gettempdir()))
        posts, site = make_corpus(count, os.path.join(work, "corpus")), os.path.join(work, "hugi")
        hugi = make_hugi(posts, site)
        others = [peer for peer in (make_hugo(posts, os.path.join(work, "hugo")), make_cmark(posts, work)) if peer] if peers else []
        runs = int(os.environ.get("RUNS", "0")) or (5 if count < 10000 else 3)
        for _ in range(runs):
            for builder in (hugi, *others):
                builder.cold()
        say("  " + hugi.line())
        for peer in others:
            say("  %s\n    %s" % (peer.line(), ratios(hugi, peer)))
        if peers:
            again(hugi, site)
            highlighting(hugi)


def main():
    if not os.path.exists(os.path.join(BENCH, "gen_corpus.py")):
        say("bench_build: skipped: no gen_corpus.py in '%s' (make bench BENCH=DIR)" % BENCH)
        return
    base = os.environ.get("TMPDIR") or ("/dev/shm" if os.access("/dev/shm", os.W_OK) else None)
    for count in POSTS:
        measure(count, base, True)
    if LARGE:
        measure(LARGE, base, False)
    if DISK:
        measure(min(POSTS), DISK, True)


main()
