#!/usr/bin/env python3
"""hostile.py HUGI PICTURES - every picture of a suite through whole builds, one site for each file.

A site has the file beside a good photo, in a post and in static/.  It is built with `images.on_error: warn`
and without, and looked at with `hugi check` and `hugi check --photos`; each is a process of its own with
SECONDS of work and MEGABYTES of addresses.  A file is good when every process ended in time by itself, the
file was published or exactly one warning (or, without on_error, one error) named it, with another that names the
page which is without it, and the rest of the site is there.
Prints "images/processes: N of M (slowest, largest)"; with -v what the others did.
"""
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import threading

SECONDS, MEGABYTES = 5, 600
PATIENCE = 60           # seconds on the wall, after which a process hangs
POST = "---\ntitle: One\ndate: 2025-01-01\n---\n\n![a picture](<{}>)\n\nText between.\n\n![a good photo](good.jpg)\n"
RUNS = [("build", "warn"), ("check", "warn"), ("check --photos", "warn"), ("build", "error")]
SETTINGS = "title: Hostile\nbase_url: https://example.com/\nimages: {on_error: %s}\n"
DIAGNOSTIC = re.compile(r"^(?P<path>[^\n]*?)(?::\d+)*: (?P<severity>error|warning): (?P<text>[^\n]*)", re.M)


class Run:
    """A process with limits: how it ended, what it said, what it took."""

    def __init__(self, command, folder):
        self.command = " ".join(command[1:])
        with open(os.path.join(folder, "said"), "w+b") as said:
            child = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=said,
                                     env=dict(os.environ, HUGI_FONT="", HUGI_HIGHLIGHT=""), preexec_fn=self.limit)
            hang = threading.Timer(PATIENCE, child.kill)
            hang.start()
            _, status, usage = os.wait4(child.pid, 0)
            hang.cancel()
            said.seek(0)
            self.said = said.read().decode(errors="replace")
        self.status = child.returncode = os.waitstatus_to_exitcode(status)
        self.seconds, self.megabytes = usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024
        told = list(DIAGNOSTIC.finditer(self.said))
        self.told = [(m["path"], m["severity"]) for m in told if not m["text"].endswith(" cannot be shown")]
        self.left_out = [m["path"] for m in told if m["text"].endswith(" cannot be shown")]
        self.damaged = any("the picture is damaged" in m["text"] for m in told)

    @staticmethod
    def limit():
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        if not any("asan" in word for word in sys.argv[1:]):     # which reserves terabytes of addresses
            resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES << 20, MEGABYTES << 20))


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def published(site, folder, base):
    """Does a file of public/FOLDER come from the picture: itself, itself in another kind, or a size of it?"""
    return any(n.startswith((base, "picture-")) for n in os.listdir(os.path.join(site, "public", folder)))


def wrong_with(run, on_error, site, base):
    """What a run did that it must not, or ""."""
    severity = "warning" if on_error == "warn" else "error"
    places = [f"content/posts/one/{base}", f"static/{base}"]
    if run.status not in (0, 1):
        return f"ended with {run.status} after {run.seconds:.1f} s of work"
    if any(run.told.count((place, severity)) > 1 for place in places):
        return "told more than once"
    if any(path not in places for path, _ in run.told):
        return "told of something else"
    lost = run.command.startswith("build") and (places[0], "warning") in run.told and not run.damaged
    if run.left_out != (["content/posts/one/index.md"] if lost else []):
        return "the page that is without it is not told of once"
    if severity == "warning" and run.status != 0:
        return "a broken picture stops the build"
    return ""


def missing(run, site, base):
    """What a build did not publish, or ""."""
    told = [path for path, _ in run.told]
    if not any(n.startswith("good-") for n in os.listdir(os.path.join(site, "public/img"))):
        return "the good photo is not there"
    if f"content/posts/one/{base}" not in told and not published(site, "posts/one", base) and not published(site, "img", base):
        return "neither published nor told of"
    if f"static/{base}" not in told and not os.path.exists(os.path.join(site, "public", base)):
        return "of static/, neither published nor told of"
    return ""


def try_file(hugi, pictures, name, site, good):
    """The runs of one file; each with what was wrong."""
    base = "picture" + os.path.splitext(name)[1]        # names of their own are what photos.sh is about
    bundle = os.path.join(site, "content/posts/one")
    os.makedirs(bundle)
    os.makedirs(os.path.join(site, "static"))
    write(os.path.join(bundle, "index.md"), POST.format(base))
    for folder in (bundle, os.path.join(site, "static")):
        shutil.copyfile(os.path.join(pictures, name), os.path.join(folder, base))
    shutil.copyfile(good, os.path.join(bundle, "good.jpg"))
    for command, on_error in RUNS:
        write(os.path.join(site, "hugi.yaml"), SETTINGS % on_error)
        shutil.rmtree(os.path.join(site, ".hugi"), ignore_errors=True)
        run = Run([hugi, *command.split(), "-q"], site)
        wrong = wrong_with(run, on_error, site, base)
        if not wrong and command == "build" and run.status == 0:
            wrong = missing(run, site, base)
        yield run, on_error, wrong


def main():
    verbose = "-v" in sys.argv
    hugi, pictures = [word for word in sys.argv[1:] if word != "-v"]
    hugi = os.path.abspath(hugi)
    good = os.path.join(os.path.dirname(os.path.abspath(__file__)), "sites/bundles-and-images/site/content/posts/2025-05-14-summit/desk.jpg")
    names = sorted(os.path.relpath(os.path.join(folder, name), pictures) for folder, _, files in os.walk(pictures) for name in files
                   if not name.endswith((".md", ".markdown", ".txt", ".json")))
    memory = "/dev/shm" if os.path.isdir("/dev/shm") else None
    well, slowest, largest = 0, (0.0, ""), (0.0, "")
    for name in names:
        with tempfile.TemporaryDirectory(dir=memory) as site:
            wrongs = []
            for run, on_error, wrong in try_file(hugi, pictures, name, site, good):
                slowest, largest = max(slowest, (run.seconds, name)), max(largest, (run.megabytes, name))
                if wrong:
                    wrongs.append(f"{name}: {run.command} (on_error: {on_error}): {wrong}\n{run.said}")
            well += not wrongs
            if verbose and wrongs:
                print("\n".join(wrongs))
    print(f"images/processes: {well} of {len(names)} (slowest {slowest[0]:.2f} s, {slowest[1]}; largest {largest[0]:.0f} MB, {largest[1]})")


if __name__ == "__main__":
    main()
