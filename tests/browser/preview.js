// preview.js FOLDER CHROMIUM HUGI SITE - a preview of SITE, used in a browser: prints "ok NAME" and "not ok NAME" lines.
//
// FOLDER is where `npm install playwright-core` was run.  What counts is what a reader sees: after each edit the page
// is compared with what it is once loaded again, and what should have stayed (where it is scrolled to, an open
// <details>, a picture's element) is looked at.
"use strict";
const { spawn } = require("child_process");
const fs = require("fs");
const path = require("path");
const [folder, chromium, hugi, site] = process.argv.slice(2);
const { chromium: browsers } = require(path.resolve(folder, "node_modules/playwright-core"));
const PATIENCE = 30000;

function check(name, good, ...details) {
  process.stdout.write((good ? "ok " : "not ok ") + name + "\n");
  if (!good) details.forEach((detail) => process.stdout.write("    " + String(detail).slice(0, 2000).replace(/\n/g, "\n    ") + "\n"));
}

function write(name, text) {
  const full = path.join(site, name);
  fs.mkdirSync(path.dirname(full), { recursive: true });
  fs.writeFileSync(full, text);
}

const body = (extra) =>
  "---\ntitle: 첫 글\ndate: 2025-05-01\ntags: [AWS]\n---\n" + "긴 문단이다. ".repeat(900) + "\n\n" +
  "{% comment %}{% endcomment %}\n<details><summary>더 보기</summary>숨은 글</details>\n\n" +
  "![점](dot.png)\n\n## 끝\n\n" + extra + "\n\n" + "뒤에 오는 문단이다. ".repeat(900) + "\n";

async function start() {
  const server = spawn(hugi, ["serve", "-s", site, "--port", "0"], { stdio: ["ignore", "pipe", "ignore"] });
  let said = "";
  const address = await new Promise((found) => server.stdout.on("data", (piece) => {
    said += piece;
    const match = said.match(/the preview is at (\S+)/);
    if (match) found(match[1]);
  }));
  return { server, address };
}

const html = (page) => page.evaluate(() => document.documentElement.outerHTML.replace(/\?[^"]*"/g, '"'));
const born = (page) => page.evaluate(() => performance.timeOrigin);
const shows = (page, text) => page.waitForFunction((wanted) => document.body && document.body.textContent.includes(wanted), text, { timeout: PATIENCE }).catch(() => null);
const until = (page, what, argument) => page.waitForFunction(what, argument, { timeout: PATIENCE }).catch(() => null);

// Is the page as a browser shows it that loads it now?  <details> that were opened are closed there.
async function sameAsLoaded(name, page, browser) {
  const other = await browser.newPage();
  await other.goto(page.url());
  const [ours, theirs] = [(await html(page)).replace(/ open=""/g, ""), await html(other)];
  let at = 0;
  while (at < ours.length && ours[at] === theirs[at]) at++;
  check(name + ": as if loaded again", ours === theirs, ours.slice(at - 60, at + 200), theirs.slice(at - 60, at + 200));
  await other.close();
}

async function edits(page, browser) {
  await page.evaluate(() => {
    document.querySelector("details").open = true;
    window.picture = document.querySelector("img[src*=dot]");
    scrollTo({ top: document.querySelector("h2").offsetTop, behavior: "instant" });
  });
  const before = await born(page), place = await page.evaluate(() => scrollY);
  const steps = [
    ["a word", body("ein neues Wort")], ["a paragraph more", body("ein neues Wort\n\nnoch ein Absatz")], ["two less", body("wieder kurz")],
    ["a list", body("- eins\n- zwei\n- drei Punkte")], ["another title", body("Titel anders").replace("첫 글", "다른 제목")],
    ["another tag", body("mit Tag").replace("[AWS]", "[AWS, 서울]")], ["what looks like a tag", body("`<script>` &lt;b&gt; im Text")],
  ];
  for (const [name, text] of steps) {
    write("content/posts/first/index.md", text);
    const wanted = text.split("## 끝\n\n")[1].split("\n\n뒤에")[0].split("\n").pop().replace(/^- |`/g, "").replace("&lt;b&gt;", "<b>");
    check(name + " is shown", await shows(page, wanted), wanted);
    await sameAsLoaded(name, page, browser);
  }
  check("the page was never loaded again", (await born(page)) === before);
  check("it is where it was scrolled to", Math.abs((await page.evaluate(() => scrollY)) - place) < 120, place, await page.evaluate(() => scrollY));
  check("what was opened stays open", await page.evaluate(() => document.querySelector("details").open));
  check("a picture that did not change is the same element", await page.evaluate(() => window.picture === document.querySelector("img[src*=dot]")));
  check("the title is the new one", (await page.title()).includes("첫 글"));
}

async function looks(page) {
  const before = await born(page);
  write("themes/default/assets/main.css", "body{background:rgb(1, 2, 3)}\n");
  check("a stylesheet is swapped", await until(page, () => getComputedStyle(document.body).backgroundColor === "rgb(1, 2, 3)"));
  check("without loading the page", (await born(page)) === before);
  const edit = (text) => { write("content/posts/first/index.md", body(text)); return shows(page, text); };
  check("an edit after new styles", await edit("nach dem neuen Stil"));
  check("and one more", await edit("noch einer danach"));
  await page.waitForTimeout(500);
  check("still does not load the page", (await born(page)) === before);
  write("static/own.css", "main{color:rgb(7, 8, 9)}\n");
  write("themes/default/partials/footer.liquid", '<footer>fest <link rel="stylesheet" href="{{ "/own.css" | relative_url }}"></footer>\n');
  const colour = (wanted) => until(page, (text) => getComputedStyle(document.querySelector("main")).color === text, wanted);
  check("a stylesheet of static/", await colour("rgb(7, 8, 9)"));
  const since = await born(page);
  for (const wanted of ["rgb(10, 11, 12)", "rgb(13, 14, 15)"]) {
    write("static/own.css", "main{color:" + wanted + "}\n");
    check("is swapped where it keeps its address: " + wanted, await colour(wanted));
  }
  for (let i = 0; i < 30; i++) {
    write("static/own.css", "main{color:rgb(20, 20, " + i + ")}\n");
    await page.waitForTimeout(10 * (i % 5));
  }
  check("often and soon", await colour("rgb(20, 20, 29)"));
  check("with one element", await until(page, () => document.querySelectorAll("link[href*=own]").length === 1));
  check("an edit after that", await edit("nach static/"));
  write("static/own.css", "main{color:rgb(16, 17, 18)}\n");
  check("and a swap after the edit", await colour("rgb(16, 17, 18)"));
  check("do not load the page", (await born(page)) === since);
}

// A photo's address says what it holds: the old one is gone when the page shows the new one.
async function photos(page) {
  const before = await born(page), shown = () => document.querySelector("img[src*=dot]").currentSrc;
  const old = await page.evaluate(shown), file = path.join(site, "content/posts/first/dot.png");
  fs.copyFileSync(path.join(__dirname, "../sites/social-cards/site/content/posts/photo/night.png"), file);
  check("another photo in its place", await until(page, (address) => {
    const picture = document.querySelector("img[src*=dot]");
    return picture && picture.currentSrc !== address && picture.complete && picture.naturalWidth > 0;
  }, old));
  write("content/posts/first/index.md", body("nach dem Foto"));
  await shows(page, "nach dem Foto");
  await page.waitForTimeout(500);
  check("is put in place", (await born(page)) === before, old, await page.evaluate(shown));
}

async function mistakes(page) {
  const overlay = () => document.querySelector("hugi-errors") && document.querySelector("hugi-errors").shadowRoot.textContent;
  write("themes/default/partials/footer.liquid", "<footer>{{ site.title | upcse }}</footer>\n");
  await until(page, overlay);
  const said = await page.evaluate(overlay);
  check("a broken template is told over the page", /footer\.liquid:1:\d+/.test(said) && said.includes("upcase"), said);
  check("which stays", await page.evaluate(() => document.body.textContent.includes("뒤에 오는")));
  write("themes/default/partials/footer.liquid", "<footer>{{ site.title | upcase }} geheilt</footer>\n");
  check("and is mended", (await shows(page, "geheilt")) && (await until(page, () => !document.querySelector("hugi-errors"))));
}

async function scripts(page) {
  write("content/posts/first/index.md", body("mit Skript <script>window.ran = (window.ran || 0) + 1</script>"));
  check("a script that came", await until(page, () => window.ran === 1));
  const before = await born(page);
  write("content/posts/first/index.md", body("anders, mit Skript <script>window.ran = (window.ran || 0) + 1</script>"));
  await shows(page, "anders, mit Skript");
  check("a page with scripts is loaded again", (await born(page)) !== before && (await page.evaluate(() => window.ran)) === 1);
  check("and comes back to where it was", await until(page, () => scrollY > 1000));
}

// A browser has six lines to a host, for all its windows.
async function windows(page, browser) {
  const context = await browser.newContext(), pages = [];
  for (let i = 0; i < 20; i++) {
    const one = await context.newPage();
    await one.goto(page.url(), { waitUntil: "load", timeout: PATIENCE });
    pages.push(one);
  }
  const all = async (text) => (await Promise.all(pages.map((one) => shows(one, text)))).filter(Boolean).length;
  const edit = async (text) => { write("content/posts/first/index.md", body(text)); return all(text); };
  check("twenty windows are open", pages.length === 20);
  let followed = await edit("zwanzig Fenster");
  check("and all follow", followed === 20, followed);
  await Promise.all(pages.map((one) => one.waitForLoadState("networkidle").catch(() => null)));
  await pages[0].close();           // the first holds the line for the others
  pages.shift();
  followed = await edit("neunzehn Fenster");
  check("also when the first is closed", followed === 19, followed);
  await pages.shift().goto("about:blank");
  await pages[0].reload();
  followed = await edit("achtzehn Fenster");
  check("has left, or is loaded again", followed === 18, followed);
  write("content/posts/first/index.md", "---\ntitle: 첫 글\ndate: gestern\n---\n");
  const warned = await Promise.all(pages.map((one) => until(one, () => document.querySelector("hugi-errors"))));
  check("all are told of a mistake", warned.filter(Boolean).length === 18);
  const late = await context.newPage();
  await late.goto(page.url());
  check("also one that comes late", await until(late, () => document.querySelector("hugi-errors")));
  followed = await edit("geheilte Fenster");
  check("and of its end", followed === 18 && (await shows(late, "geheilte Fenster")), followed);
  // Nobody looks at them: they leave, and catch up once somebody does.
  const look = (one, hidden) => one.evaluate((is) => {
    Object.defineProperty(document, "hidden", { value: is, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, hidden);
  await Promise.all(pages.slice(0, 17).map((one) => look(one, true)));
  write("content/posts/first/index.md", body("verdeckte Fenster"));
  check("one that is looked at follows when others are not", (await shows(pages[17], "verdeckte Fenster")) && (await shows(late, "verdeckte Fenster")));
  check("they do not", !(await pages[0].textContent("body")).includes("verdeckte Fenster"));
  await Promise.all(pages.slice(0, 17).map((one) => look(one, false)));
  check("until somebody looks", (await all("verdeckte Fenster")) === 18);
  await context.close();
}

(async () => {
  write("hugi.yaml", "title: 시험\nbase_url: https://example.com/blog/\n");
  write("content/posts/second.md", "---\ntitle: 둘째 글\ndate: 2025-05-02\n---\n본문\n");
  write("content/posts/first/index.md", body("erster Stand"));
  const { server, address } = await start();
  const browser = await browsers.launch({ executablePath: chromium, args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
  try {
    const page = await browser.newPage();
    await page.goto(address + "posts/first/");
    await page.waitForTimeout(500);
    for (const test of [edits, looks, photos, mistakes, windows, scripts]) await test(page, browser);
  } finally {
    await browser.close();
    server.kill("SIGINT");
  }
  check("the preview ends", (await new Promise((ended) => server.on("exit", ended))) === 0);
})().catch((error) => { check("the preview is used to its end", false, error.stack); process.exit(1); });
