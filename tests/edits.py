#!/usr/bin/env python3
"""edits.py HUGI [COUNT [SEED]] - an incremental build equals a clean one, byte for byte.

Makes COUNT (40) random steps over a copy of tests/edits/site: one to three edits (write,
delete, rename, touch, front matter, tags, templates, hooks, data, settings, pictures, a damaged cache), now and
then a build that is killed on the way, then an ordinary build, and a clean one of the same
sources elsewhere.  Both must end with the same status (0 or 1: a sanitizer has another) and say the same, and where they succeed
the two results must be equal.  The steps follow from SEED (the time, else), which is printed;
a failing run keeps its folder.  In memory where there is such a place.
"""
import filecmp
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
os.environ.pop("HUGI_FONT", None)       # social cards are drawn here
PICTURES = ["titles-and-elements", "bundles-and-images", "site-hooks", "photos-moving"]
# In every other walk the hooks read nothing: then a build may find out early that nothing has changed.
PLAIN_HOOK = """hugi.filter("shout", function(s) return tostring(s) .. "!" end)
hugi.tag("recent", function(args, page) return hugi.html("<em>" .. hugi.escape(page.title) .. "</em>") end)
"""
WORDS = "서울 컨퍼런스 후기 발표 세션 AWS Kubernetes 클라우드 점심 키노트 네트워킹 부스".split()


def pictures():
    found = []
    for case in PICTURES:
        for folder, _, names in os.walk(os.path.join(HERE, "sites", case, "site")):
            found += [os.path.join(folder, n) for n in sorted(names) if n.endswith((".png", ".jpg", ".gif", ".webp"))]
    return sorted(found)


class Edits:
    """Each method is one kind of edit; it returns a line of what it did, or None."""

    def __init__(self, site, base, chance):
        self.site, self.base, self.chance = site, base, chance
        self.pictures = pictures()

    def path(self, name):
        path = os.path.join(self.site, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        return path

    def files(self, *endings, below="content"):
        found = []
        for folder, _, names in os.walk(os.path.join(self.site, below)):
            found += [os.path.relpath(os.path.join(folder, n), self.site) for n in names if not endings or n.endswith(endings)]
        return sorted(found)

    def pick(self, *endings, below="content"):
        found = self.files(*endings, below=below)
        return self.chance.choice(found) if found else None

    def read(self, name):
        with open(self.path(name), encoding="utf-8") as file:
            return file.read()

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)
        return f"wrote {name}"

    def words(self, most=6):
        return " ".join(self.chance.choice(WORDS) for _ in range(self.chance.randint(1, most)))

    # --- pages ---

    def new_post(self):
        number = self.chance.randint(1, 12)
        date = f"2025-{self.chance.randint(4, 7):02}-{self.chance.randint(1, 28):02}"
        head = f"title: {self.words(3)}\ndate: {date}\ntags: [{self.words(1)}, {self.words(1)}]\n"
        if self.chance.random() < 0.3:
            head += "event: aws-summit-seoul-2025\n"
        if self.chance.random() < 0.2:
            head += "draft: true\n"
        other = os.path.basename(self.pick(".md") or "x.md")
        return self.write(f"content/posts/new-{number}.md",
                          f"---\n{head}---\n{self.words()}.\n\n## {self.words(2)}\n\n[글]({other}) {{% recent %}} {{{{ site.tags.size }}}}\n")

    def append_text(self):
        name = self.pick(".md", ".txt")
        return name and self.write(name, self.read(name) + f"\n{self.words()} **{self.words(2)}**이다.\n")

    def figures(self):
        """One to four pictures in a row, of the site and of other hosts, with all that an author may say of them."""
        name, number = self.pick(".md"), self.chance.randint
        lines = [line for line in (self.read(name) if name else "").split("\n") if not line.startswith("![")]
        if not name or not lines[0].startswith("---"):
            return None
        row = []
        for _ in range(number(0, 4)):
            url = self.chance.choice(["/dot.png", "/dot.png", "/other.png", "/posts/bundle/dot.png", f"https://pictures.example/{number(1, 3)}.jpg"])
            title = self.chance.choice(["", "", f' "{self.words(2)}"'])
            row.append(f"![{self.words(2)}]({url}{title})" + self.chance.choice(["", "", f"{{width={number(5, 90)}}}", "{.wide}"]))
        return self.write(name, "\n".join(lines) + "\n" + "\n".join(row) + "\n") + f" ({len(row)} pictures)"

    def change_field(self):
        name = self.pick(".md")
        text = name and self.read(name)
        if not text or not text.startswith("---\n"):
            return None
        key, value = self.chance.choice([
            ("title", self.words(3)), ("tags", f"[{self.words(1)}, {self.words(1)}]"), ("draft", "true"), ("draft", "false"),
            ("date", f"2025-05-{self.chance.randint(10, 28)}"), ("description", self.words()), ("slug", f"s{self.chance.randint(1, 9)}"),
            ("pin", "true"), ("event", "aws-summit-seoul-2025"), ("authors", "[kim]"), ("mood", self.words(1)),
            ("series", self.words(1)), ("image", "/dot.png"), ("expires", "2025-06-20"), ("updated", "2025-06-02")])
        lines = [line for line in text.split("\n") if not line.startswith(key + ":")]
        lines.insert(1, f"{key}: {value}")
        return self.write(name, "\n".join(lines)) + f" ({key})"

    def delete_page(self):
        name = self.pick(".md", ".txt")
        if not name or len(self.files(".md", ".txt")) < 4:
            return None
        os.remove(self.path(name))
        return f"deleted {name}"

    def rename_page(self):
        name = self.pick(".md")
        if not name or "events" in name or "index" in name:
            return None
        target = os.path.join(os.path.dirname(name), f"renamed-{self.chance.randint(1, 5)}.md")
        os.replace(self.path(name), self.path(target))
        return f"renamed {name} to {target}"

    def touch(self):
        name = self.pick("", below=".")
        if not name or name.startswith((".hugi", "public")):
            return None
        os.utime(self.path(name))
        return f"touched {name}"

    def behind_the_back(self):
        """Another character of the same width, and the times as they were."""
        name = self.pick(".md", ".txt")
        if not name:
            return None
        stat, text = os.stat(self.path(name)), self.read(name)
        at = text.rfind("이")
        if at < 0:
            return None
        with open(self.path(name), "r+", encoding="utf-8") as file:
            file.write(text[:at] + "가" + text[at + 1:])
        os.utime(self.path(name), ns=(stat.st_atime_ns, stat.st_mtime_ns))
        return f"changed {name} behind the back of its time"

    def break_page(self):
        name = self.pick(".md")
        return name and self.chance.random() < 0.3 and self.write(name, "---\ntitle: a: b\n---\n깨진 글\n")

    def restore(self, name=None):
        name = name or self.chance.choice(["content", "data", "themes", "hooks"])
        shutil.rmtree(os.path.join(self.site, name), ignore_errors=True)
        shutil.copytree(os.path.join(self.base, name), os.path.join(self.site, name))
        return f"restored {name}"

    # --- what pages are made with ---

    def data(self):
        name, text = self.chance.choice([
            ("data/team/members.yaml", f"- {self.words(1)}\n- {self.words(1)}\n"), ("data/facts.json", f'{{"year": {self.chance.randint(2020, 2030)}}}'),
            ("data/motto.txt", self.words()), ("data/mood.txt", self.words(1)), ("data/extra.txt", self.words(2)), ("data/stamp.txt", self.words(1))])
        if os.path.exists(self.path(name)) and self.chance.random() < 0.3:
            os.remove(self.path(name))
            return f"deleted {name}"
        return self.write(name, text)

    def template(self):
        name, text = self.chance.choice([
            ("themes/own/partials/box.liquid", f"<aside class=\"{self.chance.randint(1, 9)}\">{{{{ text | escape }}}}</aside>"),
            ("themes/own/partials/latest.liquid",
             f"<ul>{{% for post in posts limit: {self.chance.randint(1, 4)} %}}<li>{{{{ post.title | escape }}}}{{{{ post.next.url }}}}</li>{{% endfor %}}</ul>"),
            ("themes/own/partials/latest.liquid",
             "{% for post in posts limit: 3 %}{% for photo in post.photos limit: 2 %}{{ photo | img: 'figure' }}{{ photo.caption }}{% endfor %}"
             "{{ post.toc.size }}{{ post.authors[0].name }}{{ post.drawn_cover }}{% endfor %}"),
            ("themes/own/partials/chip.liquid", "<b>{{ event.label | escape }} {{ event.reports.size }}</b>"),
            ("themes/own/layouts/page.liquid", "{% layout 'base' %}{% block main %}<main>{{ page.content }} {{ 'now' | date: '%F' }}</main>{% endblock %}"),
            ("themes/own/strings/ko.yaml", f"feed: {self.words(2)}\nplay: {self.words(1)}\n")])
        if name.split("/")[-1] in ("chip.liquid", "page.liquid", "ko.yaml") and os.path.exists(self.path(name)) and self.chance.random() < 0.5:
            os.remove(self.path(name))
            return f"deleted {name}"
        return self.write(name, text)

    def hook(self):
        if not os.path.exists(self.path("hooks/own.lua")) or self.chance.random() < 0.5:
            return None
        with open(os.path.join(self.base, "hooks", "own.lua"), encoding="utf-8") as file:
            text = file.read().replace('"!"', '"%s"' % self.chance.choice("!?~"))
        return self.write("hooks/own.lua", text + self.chance.choice([
            "", f"-- {self.words(1)}\n",
            "function page_html(page) page.html = page.html .. hugi.escape(hugi.config.title) end\n",
            "local motto = hugi.config.params and hugi.config.params.motto or 'none'\nhugi.filter('shout', function(s) return s .. motto end)\n",
            "hugi.filter('whisper', string.lower)\n",
            "function tag(term) return {path = '/topics/' .. term.slug .. '/'} end\n",
            "function thumbnail(image, page) return {{use = 'figure', format = 'png', width = %d}} end\n" % self.chance.choice([8, 16])]))

    def settings(self):
        """Another value for one setting, or none."""
        number, words = self.chance.randint, self.words
        key, value = self.chance.choice([
            ("title", words(2)), ("description", words()), ("author", words(1)), ("paginate", number(2, 5)), ("timezone", "Asia/Tokyo"),
            ("params", f"{{motto: {words(2)}, footer: {words(2)}}}"), ("params", f"{{motto: {words(2)}}}"),
            ("menu", f"[{{title: {words(1)}, url: /about/}}]"), ("social", f'{{github: "https://github.com/u{number(1, 9)}"}}'),
            ("permalinks", self.chance.choice(['{posts: "/p/:slug/"}', '{posts: "/:year/:slug/"}', '{pages: "/x/:path/"}'])),
            ("feeds", f"{{items: {number(1, 6)}, rss: {self.chance.choice(['true', 'false'])}, json: {self.chance.choice(['true', 'false'])}}}"), ("build", "{drafts: true}"), ("build", "{expired: true}"),
            ("images", f"{{widths: [{number(16, 40)}]}}"), ("images", "{on_error: warn}"), ("images", f"{{quality: {number(50, 90)}}}"), ("budget", f"{{page: {number(1, 9)}KB}}"),
            ("markdown", "{smart: true}"), ("languages", "[ko, en]"), ("languages", f"{{ko: {{title: {words(1)}}}, en: {{}}}}"),
            ("taxonomies", "[tags, categories, series, authors, people]"), ("sections", "{posts: [posts]}")])
        lines = [line for line in self.read("hugi.yaml").split("\n") if line and not line.startswith(key + ":")]
        if self.chance.random() < 0.8:
            lines.append(f"{key}: {value}")
        return self.write("hugi.yaml", "\n".join(lines) + "\n") + f" ({key})"

    def picture(self):
        name = self.chance.choice(["static/dot.png", "content/posts/bundle/dot.png", "static/other.png"])
        if os.path.exists(self.path(name)) and self.chance.random() < 0.2:
            os.remove(self.path(name))
            return f"deleted {name}"
        shutil.copyfile(self.chance.choice(self.pictures), self.path(name))     # of whatever kind
        if self.chance.random() < 0.5 and "on_error: warn" in self.read("hugi.yaml"):      # else little would be published
            os.truncate(self.path(name), os.path.getsize(self.path(name)) * 2 // 3)
            return f"replaced {name} by half a picture"
        return f"replaced {name}"

    def fixed_file(self):
        return self.write(self.chance.choice(["static/note.txt", "content/posts/bundle/notes.pdf"]), self.words())

    def damage(self):
        """Another byte or a lost end in a file of the cache: the index, or a picture."""
        folder = os.path.join(self.site, ".hugi")
        caches = self.files(below=".hugi/images") + [os.path.join(".hugi", n) for n in os.listdir(folder) if n.startswith("build-")] * 5 \
            if os.path.isdir(folder) else []
        if not caches:
            return None
        name = self.chance.choice(caches)
        with open(self.path(name), "r+b") as file:
            size = os.fstat(file.fileno()).st_size
            file.seek(self.chance.randrange(max(1, size)))
            if self.chance.random() < 0.2:
                file.truncate()
            else:
                file.write(self.chance.randbytes(self.chance.choice([1, 64, 4096])))
        return f"damaged {name}"

    def nothing(self):
        return "nothing"

    KINDS = [nothing, nothing, damage, new_post, append_text, append_text, figures, figures, change_field, change_field, change_field, delete_page, rename_page, touch, behind_the_back,
             break_page, restore, data, data, template, template, hook, hook,
             settings, settings, settings, settings, picture, fixed_file]

    def one(self):
        return self.chance.choice(self.KINDS)(self)


def differences(left, right):
    compare = filecmp.dircmp(left, right, ignore=[])
    found = [os.path.join(left, n) for n in compare.left_only] + [os.path.join(right, n) for n in compare.right_only]
    _, wrong, errors = filecmp.cmpfiles(left, right, compare.common_files, shallow=False)
    found += [os.path.join(left, n) for n in wrong + errors]
    for name in compare.common_dirs:
        found += differences(os.path.join(left, name), os.path.join(right, name))
    return found


def build(hugi, site, flags):
    done = subprocess.run([hugi, "build", "-q", "-s", "."] + flags, cwd=site, capture_output=True, text=True)
    return done.returncode, done.stderr


def killed_build(hugi, site, flags, chance):
    process = subprocess.Popen([hugi, "build", "-q", "-s", "."] + flags, cwd=site, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(chance.random() * 0.03)
    process.send_signal(signal.SIGKILL)
    process.wait()


def clean_copy(site, clean):
    shutil.rmtree(clean, ignore_errors=True)
    shutil.copytree(site, clean, ignore=shutil.ignore_patterns("public", ".hugi"))


def main():
    hugi = os.path.abspath(sys.argv[1])
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 40
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else int(time.time())
    chance = random.Random(seed)
    top = tempfile.mkdtemp(prefix="hugi-edits.", dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None)
    site, clean, base = (os.path.join(top, name) for name in ("site", "clean", "base"))
    shutil.copytree(os.path.join(HERE, "edits", "site"), base)
    if chance.random() < 0.5:
        with open(os.path.join(base, "hooks", "own.lua"), "w", encoding="utf-8") as file:
            file.write(PLAIN_HOOK)
    shutil.copytree(base, site)
    edits, published = Edits(site, base, chance), 0
    got = (0, "")
    for step in range(1, count + 1):
        said = [edits.one() for _ in range(chance.randint(1, 3))]
        if got[0] != 0 and chance.random() < 0.4:       # an author mends what a build complained of
            said.append(edits.restore("content"))
        flags = ["--now", chance.choice(["2025-07-01", "2025-07-01", "2025-07-01", "2025-06-01"])]
        if chance.random() < 0.1:
            flags.append("-D")
        flags.append(chance.choice(["-j1", "-j2", "-j4"]))
        if chance.random() < 0.1:
            killed_build(hugi, site, flags, chance)
            said.append("a build was killed")
        got = build(hugi, site, flags)
        clean_copy(site, clean)
        wanted = build(hugi, clean, flags)
        wrong = differences(os.path.join(site, "public"), os.path.join(clean, "public")) if got[0] == 0 == wanted[0] else []
        published += got[0] == 0
        if got != wanted or wrong or got[0] not in (0, 1):
            print(f"edits: FAILED at step {step} of seed {seed}, kept in {top}")
            print("  edits: " + "; ".join(line for line in said if line))
            print(f"  build: hugi build {' '.join(flags)}")
            if not wrong:
                print(f"  incremental: {got}\n  clean:       {wanted}")
            for path in wrong[:10]:
                print("  differs: " + path)
            return 1
    shutil.rmtree(top)
    print(f"edits: {count} steps, {published} of them published, incremental and clean builds are equal (seed {seed})")
    return 0


if __name__ == "__main__":
    sys.exit(main())
