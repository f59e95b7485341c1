#!/usr/bin/env python3
"""bench_serve.py HUGI BENCH - how long an author waits under `hugi serve`.

For each number of posts in POSTS: a corpus by BENCH/gen_corpus.py in memory, a preview of it, and one post saved again
and again.  Tells the median, least and most of

    save to disk      from before the file is written until the new text stands in the preview's file
    disk to browser   from then until Chromium has drawn a frame with it, in a page that was open all the time

and the time to the first page, the processor's time while nothing happens, and memory after few and many
builds.  Says so when something it needs is not there.  Never fails for slowness.

    POSTS       numbers of posts ("1000 10000")     EDITS       saves that count, after three that do not (15)
    REBUILDS    builds that memory is watched over, with the first corpus (200; 0: none)
    PLAYWRIGHT  the folder that `npm install playwright-core` was run in   CHROMIUM   the browser (/usr/bin/chromium)
"""
import glob
import json
import os
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

HUGI, BENCH = os.path.abspath(sys.argv[1]), sys.argv[2]
POSTS = [int(word) for word in os.environ.get("POSTS", "1000 10000").split()]
EDITS = int(os.environ.get("EDITS", "15"))
REBUILDS = int(os.environ.get("REBUILDS", "200"))
PLAYWRIGHT = os.environ.get("PLAYWRIGHT", "")
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
HERE = os.path.dirname(os.path.abspath(__file__))
LIMIT = 300                     # seconds anything may take
WARM_UP, CALM = 3, 0.4          # saves that do not count; seconds between two


def wait_for(what, every=0.002):
    end = time.monotonic() + LIMIT
    while time.monotonic() < end:
        value = what()
        if value:
            return value
        time.sleep(every)
    raise SystemExit("bench_serve: waited for %d seconds in vain" % LIMIT)


def milliseconds(seconds):
    return "median %.0f ms (%.0f to %.0f, %d saves)" % (statistics.median(seconds) * 1000, min(seconds) * 1000, max(seconds) * 1000, len(seconds))


class Preview:
    def __init__(self, site, log):
        self.site, self.log = site, log
        self.began = time.monotonic()
        with open(log, "wb") as out:
            self.process = subprocess.Popen([HUGI, "serve", "-s", site, "--port", "0"], stdin=subprocess.DEVNULL, stdout=out, stderr=out)

    def address(self):
        with open(self.log, encoding="utf-8", errors="replace") as file:
            found = re.search(r"the preview is at (\S+)", file.read())
        if not found and self.process.poll() is not None:
            raise SystemExit("bench_serve: hugi serve ended:\n" + open(self.log, encoding="utf-8").read()[-2000:])
        return found and found.group(1)

    def processor(self):
        with open("/proc/%d/stat" % self.process.pid, encoding="ascii") as file:
            return sum(int(word) for word in file.read().rsplit(")", 1)[1].split()[11:13]) / os.sysconf("SC_CLK_TCK")

    def memory(self, row="VmRSS"):
        with open("/proc/%d/status" % self.process.pid, encoding="ascii") as file:
            return int(re.search(row + r":\s+(\d+)", file.read()).group(1)) / 1024

    def end(self):
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()


class Browser:
    """Chromium with the post open; tells when it has drawn a marker."""

    def __init__(self, url):
        self.drawn = {}
        self.process = subprocess.Popen(["node", os.path.join(HERE, "bench", "serve_browser.js"), PLAYWRIGHT, CHROMIUM, url],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        for line in self.process.stdout:
            told = json.loads(line)
            self.drawn.setdefault(told["marker"], told["at"] / 1000)
        self.drawn["ended"] = time.time()

    def wait(self, marker):
        wait_for(lambda: marker in self.drawn or "ended" in self.drawn)
        return self.drawn.get(marker)

    def end(self):
        self.process.stdin.close()
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()


class Post:
    def __init__(self, site):
        paths = sorted(glob.glob(os.path.join(site, "content/posts/*.md")))
        self.path = paths[len(paths) // 2]
        self.name = os.path.basename(self.path)[:-3]
        self.text = open(self.path, encoding="utf-8").read()
        self.page = wait_for(lambda: self.find(site))
        self.count = 0

    def find(self, site):
        for name in (self.name, self.name[11:]):        # a date in front may be no part of the address
            page = os.path.join(site, ".hugi/preview/posts", name, "index.html")
            if os.path.exists(page):
                return page
        return None

    def shows(self, marker):
        try:
            with open(self.page, encoding="utf-8", errors="replace") as file:
                return marker in file.read()
        except OSError:
            return False

    def save(self):
        """The marker, when it was saved and when it was on disk."""
        self.count += 1
        marker = "MARKER%dX" % self.count
        began = time.time()
        with open(self.path, "w", encoding="utf-8") as file:
            file.write(self.text + "\n고친 문단 %s\n" % marker)
        wait_for(lambda: self.shows(marker))
        return marker, began, time.time()


def edits(post, browser):
    disk, drawn = [], []
    for turn in range(WARM_UP + EDITS):
        marker, began, there = post.save()
        seen = browser.wait(marker) if browser else None
        if turn >= WARM_UP:
            disk.append(there - began)
            if seen:
                drawn.append(max(seen - there, 0))
        time.sleep(CALM)
    return disk, drawn


def why_no_browser():
    if not PLAYWRIGHT or not os.path.isdir(os.path.join(PLAYWRIGHT, "node_modules/playwright-core")):
        return "no playwright-core (PLAYWRIGHT=DIR)"
    if not os.path.exists(CHROMIUM):
        return "no browser at " + CHROMIUM
    return "" if shutil.which("node") else "no node"


def memory_over_builds(preview, post):
    few = min(20, REBUILDS)
    for turn in range(REBUILDS):
        post.save()
        if turn + 1 == few:
            early = preview.memory()
    print("  memory: %.1f MB after %d builds, %.1f MB after %d" % (early, few, preview.memory(), REBUILDS), flush=True)


def measure(posts, work, first):
    site = os.path.join(work, "site")
    subprocess.run([sys.executable, os.path.join(BENCH, "gen_corpus.py"), "--posts", str(posts), "--out", os.path.join(work, "corpus")],
                   stdout=subprocess.DEVNULL, check=True)
    os.makedirs(os.path.join(site, "content"))
    os.rename(os.path.join(work, "corpus/posts"), os.path.join(site, "content/posts"))
    with open(os.path.join(site, "hugi.yaml"), "w", encoding="utf-8") as file:
        file.write("title: 벤치마크\nbase_url: https://bench.example/\n")
    print("serve: %d posts" % posts, flush=True)
    preview, browser = Preview(site, os.path.join(work, "log")), None
    try:
        address = wait_for(preview.address)
        urllib.request.urlopen(address).read()
        print("  first page: after %.2f s" % (time.monotonic() - preview.began), flush=True)
        post = Post(site)
        lacking = why_no_browser()
        if not lacking:
            browser = Browser(address + os.path.relpath(os.path.dirname(post.page), os.path.join(site, ".hugi/preview")) + "/")
            time.sleep(3)
        disk, drawn = edits(post, browser)
        print("  save to disk: " + milliseconds(disk), flush=True)
        print("  disk to browser: " + (milliseconds(drawn) if drawn else "skipped: " + (lacking or "the browser ended")), flush=True)
        if browser:
            browser.end()
            browser = None
        time.sleep(1)
        before = preview.processor()
        time.sleep(5)
        print("  idle: %.0f ms of the processor in 5 s" % ((preview.processor() - before) * 1000), flush=True)
        print("  memory: %.1f MB now, %.1f MB at most" % (preview.memory(), preview.memory("VmHWM")), flush=True)
        if first and REBUILDS:
            memory_over_builds(preview, post)
    finally:
        if browser:
            browser.end()
        preview.end()


def main():
    if not os.path.exists(os.path.join(BENCH, "gen_corpus.py")):
        print("bench_serve: skipped: no gen_corpus.py in '%s'" % BENCH)
        return
    base = os.environ.get("TMPDIR") or ("/dev/shm" if os.access("/dev/shm", os.W_OK) else None)
    for turn, posts in enumerate(POSTS):
        with tempfile.TemporaryDirectory(prefix="hugi-serve.", dir=base) as work:
            measure(posts, work, turn == 0)


main()
