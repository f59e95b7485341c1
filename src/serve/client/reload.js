// reload.js - what `hugi serve` adds to the pages it shows; nothing of it is published.
//
// The server sends its state after each build, and when this page connects.  If this very page
// changed, what differs is put in place; a page with scripts of its own is loaded again where it was
// scrolled to; if only stylesheets changed, they are swapped; if the build failed, what `hugi build`
// would print is shown above the last good page.
(function () {
  "use strict";
  var self = document.currentScript;
  var own = self.dataset.page.split(" ");     // all of the page, all but its stylesheets
  var address = location.pathname + location.search;
  var known = {};               // ETags of what the page loaded; null: it does not matter any more
  var source = null, overlay = null, checking = false, again = false;

  // --- where the reader was ---------------------------------------------------

  function comeBack() {
    try {
      var place = JSON.parse(sessionStorage.getItem("hugi-place") || "null");
      sessionStorage.removeItem("hugi-place");
      if (place && place[0] === address) scrollTo(place[1], place[2]);
    } catch (e) { /* storage is switched off: the browser's own memory has to do */ }
  }

  function reload() {
    try { sessionStorage.setItem("hugi-place", JSON.stringify([address, scrollX, scrollY])); } catch (e) { /* as above */ }
    location.reload();
  }

  // --- what changed -------------------------------------------------------------

  function head(url) {
    return fetch(url, { method: "HEAD", cache: "no-store" });
  }

  function loaded() {
    var urls = {};
    performance.getEntriesByType("resource").forEach(function (entry) {
      var inside = entry.name.indexOf(location.origin + "/") === 0 && entry.name.indexOf(location.origin + "/.hugi/") < 0;
      if (inside && entry.initiatorType !== "fetch") urls[entry.name] = true;
    });
    return Object.keys(urls).slice(0, 80);
  }

  function remember() {
    styles(document).forEach(function (link) { if (known[link.href] === null) delete known[link.href]; });
    loaded().forEach(function (url) {
      if (!(url in known)) head(url).then(function (answer) { known[url] = answer.ok ? answer.headers.get("ETag") : null; });
    });
  }

  var stylesheet = 'link[rel~="stylesheet"]';
  var leaving = new WeakSet();

  function styles(root) {
    return Array.from(root.querySelectorAll(stylesheet)).filter(function (link) { return !leaving.has(link); });
  }

  // The old one, right before it, goes when the new one is there: nothing flashes.  Where the next change
  // comes sooner there are more of them.
  function swap(link, href, tag) {
    var next = link.cloneNode();
    next.href = href;
    known[link.href] = null;
    if (tag) known[next.href] = tag;
    leaving.add(link);
    next.onload = next.onerror = function () {
      while (leaving.has(next.previousSibling)) next.previousSibling.remove();
      remember();
    };
    link.after(next);
  }

  function swapAll(fresh) {
    var next = styles(fresh), old = styles(document);
    if (next.length !== old.length) return reload();
    next.forEach(function (link, i) {
      if (link.getAttribute("href") !== old[i].getAttribute("href")) swap(old[i], link.getAttribute("href"));
    });
  }

  // What is not there any more is of no interest to a page that does without.
  function isUsed(url) {
    return document.documentElement.outerHTML.indexOf(url.split("?")[0].split("/").pop()) >= 0;
  }

  function freshen(url, tag) {
    var path = url.split("?")[0];
    var links = styles(document).filter(function (link) { return link.href.split("?")[0] === path; });
    if (!links.length) return reload();
    known[url] = null;
    links.forEach(function (link) { swap(link, link.getAttribute("href").split("?")[0] + "?" + encodeURIComponent(tag), tag); });
  }

  // Files that keep their address though they change: photos and styles of static/.
  function checkLoaded() {
    return Promise.all(Object.keys(known).map(function (url) {
      return known[url] && head(url).then(function (answer) {
        var tag = answer.headers.get("ETag");
        if (!known[url] || tag === known[url]) return;
        if (answer.ok || isUsed(url)) freshen(url, tag); else known[url] = null;
      });
    }));
  }

  // --- what differs, in place ----------------------------------------------------
  //
  // Of a page without scripts what is shown follows from its text alone: with the same nodes it is the same
  // page.  What did not change stays as it is, pictures, open <details> and films that play among it.

  function hasScripts(page) {
    return Array.prototype.some.call(page.querySelectorAll("script"), function (script) {
      return !/\.hugi\/reload\.js$/.test(script.src) && !/json/.test(script.type);
    });
  }

  function sameLinks(fresh) {
    function list(page) {
      return Array.prototype.map.call(page.querySelectorAll(stylesheet + ", style, base, meta[http-equiv]"), function (element) {
        return element.outerHTML.replace(/\?[^"]*"/, '"');
      }).join("\n");
    }
    return list(fresh) === list(document);
  }

  // Stylesheets are the same ones, and may have been swapped.
  function patchAttributes(live, fresh) {
    if (live.matches(stylesheet)) return;
    Array.from(live.attributes).forEach(function (attribute) {
      if (!fresh.hasAttribute(attribute.name) && attribute.name !== "open") live.removeAttribute(attribute.name);
    });
    Array.from(fresh.attributes).forEach(function (attribute) {
      if (live.getAttribute(attribute.name) !== attribute.value) live.setAttribute(attribute.name, attribute.value);
    });
  }

  // A reader may have opened <details>, which is no difference.
  function same(live, fresh) {
    if (live.isEqualNode(fresh)) return true;
    if (live.nodeType !== Node.ELEMENT_NODE || !(live.matches("details[open]") || live.querySelector("details[open]"))) return false;
    return live.outerHTML.replace(/ open=""/g, "") === fresh.outerHTML;
  }

  function patch(live, fresh) {
    if (same(live, fresh)) return;
    if (live.nodeName !== fresh.nodeName) return live.replaceWith(document.importNode(fresh, true));
    if (live.nodeType !== Node.ELEMENT_NODE) { live.nodeValue = fresh.nodeValue; return; }
    patchAttributes(live, fresh);
    patchChildren(live, Array.from(live.childNodes), Array.from(fresh.childNodes));
  }

  // The same at the beginning and at the end; what is between, one by one or, where it became more or less, anew.
  function patchChildren(live, old, next) {
    var end = null;
    while (old.length && next.length && same(old[0], next[0])) { old.shift(); next.shift(); }
    while (old.length && next.length && same(old[old.length - 1], next[next.length - 1])) { end = old.pop(); next.pop(); }
    if (old.length === next.length) return old.forEach(function (node, i) { patch(node, next[i]); });
    old.forEach(function (node) { node.remove(); });
    next.forEach(function (node) { live.insertBefore(document.importNode(node, true), end); });
  }

  function patchPage(fresh) {
    var script = fresh.querySelector('script[src$="/.hugi/reload.js"]');
    if (script) self.dataset.page = script.dataset.page;        // now the two are equal
    patch(document.documentElement, fresh.documentElement);
    remember();
  }

  function checkPage() {
    return fetch(address, { cache: "no-store" }).then(function (answer) {
      var page = (answer.headers.get("Hugi-Page") || "").split(" ");
      if (page[0] === own[0]) return checkLoaded();
      if (answer.redirected || page.length < 2) return reload();
      return answer.text().then(function (text) {
        var fresh = new DOMParser().parseFromString(text, "text/html"), looksOnly = page[1] === own[1];
        if (!looksOnly && (hasScripts(document) || hasScripts(fresh) || !sameLinks(fresh))) return reload();
        own = page;
        if (looksOnly) return swapAll(fresh);
        patchPage(fresh);
        return checkLoaded();
      });
    });
  }

  function check() {
    if (checking) { again = true; return; }
    checking = true;
    checkPage().catch(function () { /* the server went away; it will tell when it is back */ }).then(function () {
      checking = false;
      if (again) { again = false; check(); }
    });
  }

  // --- mistakes -------------------------------------------------------------------

  // The page's own policy may forbid styles: a shadow root with a sheet made here needs no leave.
  var looks =
    ":host{all:initial;position:fixed;inset:auto 0 0 0;z-index:2147483647;max-height:70vh;overflow:auto;overscroll-behavior:contain;color-scheme:light dark;" +
    "--ground:#fffaf9;--panel:#fdeceb;--text:#2b1b1c;--quiet:#7c6263;--red:#b3261e;--blue:#0b5c8a;" +
    "background:var(--ground);color:var(--text);border-top:4px solid var(--red);box-shadow:0 -8px 32px #0004;font:15px/1.6 system-ui,'Noto Sans CJK KR','Apple SD Gothic Neo',sans-serif}" +
    "@media (prefers-color-scheme:dark){:host{--ground:#1a1415;--panel:#2b1f21;--text:#f3e8e8;--quiet:#b39c9d;--red:#ff8a80;--blue:#7cc4ef}}" +
    "main{max-width:72rem;margin:0 auto;padding:18px 24px 24px}h1{margin:0 48px 14px 0;font-size:1em;line-height:1.5;color:var(--red)}" +
    "section{margin:0 0 18px}section:last-child{margin:0}p{margin:0 0 6px;overflow-wrap:anywhere}" +
    ".place,pre{font:13px/1.7 ui-monospace,SFMono-Regular,Menlo,Consolas,'D2Coding','Noto Sans Mono CJK KR',monospace}.place{color:var(--quiet)}" +
    ".what{font-weight:600}.warning{color:var(--quiet);font-weight:400}.hint{color:var(--blue)}" +
    "pre{margin:6px 0;padding:10px 14px;border-radius:8px;background:var(--panel);white-space:pre-wrap;overflow-wrap:anywhere}" +
    "mark{background:none;color:var(--red);font-weight:700;text-decoration:underline wavy;text-underline-offset:4px}" +
    "button{position:sticky;float:right;top:10px;margin:10px 12px;width:40px;height:40px;border:0;border-radius:8px;background:#0000;color:inherit;font:22px/1 sans-serif;cursor:pointer}" +
    "button:hover{background:var(--panel)}button:focus-visible{outline:2px solid var(--red)}";

  function element(name, text, kind) {
    var made = document.createElement(name);
    made.textContent = text;
    if (kind) made.className = kind;
    return made;
  }

  // Carets are set in cells of a terminal, where Hangul takes two; what they stand under is found by counting.
  function isWide(character) {
    return /[\u1100-\u115f\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u.test(character);
  }

  function marked(line, carets) {
    var from = carets.search(/\^/), to = carets.length, cell = 0, parts = ["", "", ""];
    Array.from(line).forEach(function (character) {
      parts[cell < from ? 0 : cell < to ? 1 : 2] += character;
      cell += isWide(character) ? 2 : 1;
    });
    var made = element("pre", parts[0].replace(/^  /, ""));
    made.append(element("mark", parts[1] || " "), parts[2]);
    return made;
  }

  // "PATH:LINE:COLUMN: error: MESSAGE", a source line with carets below it, "  = a hint"; else as it is.
  function addReport(text, box) {
    var lines = text.replace(/\n+$/, "").split("\n"), part = box;
    for (var i = 0; i < lines.length; i++) {
      var head = /^(\S.*?): (error|warning|notice): (.*)$/.exec(lines[i]);
      if (head) {
        box.append(part = element("section", ""));
        part.append(element("p", head[1], "place"), element("p", head[3], "what " + head[2]));
      } else if (i + 1 < lines.length && /^ *\^~*$/.test(lines[i + 1])) {
        part.append(marked(lines[i], lines[i + 1]));
        i++;
      } else if (/^  = /.test(lines[i])) {
        part.append(element("p", lines[i].slice(4), "hint"));
      } else {
        part.append(element("p", lines[i].trim(), "place"));
      }
    }
  }

  function hide() {
    if (overlay) overlay.remove();
    overlay = null;
  }

  function show(state) {
    hide();
    overlay = document.createElement("hugi-errors");
    var root = overlay.attachShadow({ mode: "open" }), box = document.createElement("main"), close = element("button", "×");
    var sheet = new CSSStyleSheet();
    sheet.replaceSync(looks);
    root.adoptedStyleSheets = [sheet];
    close.setAttribute("aria-label", "Close");
    close.onclick = hide;
    box.setAttribute("role", "alert");
    box.append(element("h1", "The site has errors" + (state.empty ? ", and there is no good one to show." : "; what you see is the last good one.")));
    addReport(state.report, box);
    root.append(close, box);
    document.documentElement.append(overlay);
  }

  // --- the line to the server -----------------------------------------------------------

  // A browser has six lines to a host, for all its windows: of the pages that are looked at one holds a
  // line, and tells the others what it hears.  A lock says which; where there is none (a site that is seen
  // from another machine is no "secure context") each has a line of its own.
  var shared = "locks" in navigator && "BroadcastChannel" in window;
  var name = "hugi-preview", id = String(Math.random());
  var channel = null, release = null, latest = null;

  function told(text) {
    var state = JSON.parse(text);
    if (state.ok) { hide(); check(); } else show(state);
  }

  function say(message) {
    if (channel) channel.postMessage(message);
  }

  function openLine() {
    if (source) return;
    source = new EventSource("/.hugi/events");
    source.onmessage = function (event) {
      latest = event.data;
      say({ state: latest });
      told(latest);
    };
  }

  // A page that came later is told how things stand.
  function heard(event) {
    var said = event.data;
    if (said.from && latest) say({ state: latest, to: said.from });
    if (said.state && (!said.to || said.to === id)) told(said.state);
  }

  function join() {
    var mine = channel = new BroadcastChannel(name), stop = new AbortController();
    channel.onmessage = heard;
    release = function () { stop.abort(); };
    navigator.locks.request(name, { signal: stop.signal }, function () {
      if (channel !== mine) return;
      openLine();
      return new Promise(function (done) { release = done; });
    }).catch(function (error) {
      if (error.name === "AbortError") return;
      shared = false;           // a frame that belongs to no site
      follow();
    });
    say({ from: id });
  }

  function leave() {
    if (source) source.close();
    if (channel) { channel.close(); release(); }
    source = channel = latest = null;
  }

  // A page nobody looks at leaves, and catches up later.
  function follow() {
    if (document.hidden) leave();
    else if (!shared) openLine();
    else if (!channel) join();
  }

  addEventListener("keydown", function (event) { if (event.key === "Escape") hide(); });
  addEventListener("pagehide", leave);
  addEventListener("pageshow", function (event) { if (event.persisted) follow(); });
  document.addEventListener("visibilitychange", follow);
  function ready() { comeBack(); remember(); follow(); }
  if (document.readyState === "complete") ready(); else addEventListener("load", ready);
})();
