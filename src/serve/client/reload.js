// reload.js - what `hugi serve` adds to the pages it shows; nothing of it is published.
//
// The server sends its state after each build, and when this page connects.  If this very page
// changed, it is loaded again where it was scrolled to; if only stylesheets did, they are swapped; if
// the build failed, what `hugi build` would print is shown above the last good page.
(function () {
  "use strict";
  var own = document.currentScript.dataset.page.split(" ");     // all of the page, all but its stylesheets
  var address = location.pathname + location.search;
  var known = {};               // ETags of what the page loaded
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
    loaded().forEach(function (url) {
      if (!(url in known)) head(url).then(function (answer) { known[url] = answer.headers.get("ETag"); });
    });
  }

  function styles(root) {
    return Array.prototype.slice.call(root.querySelectorAll('link[rel~="stylesheet"]'));
  }

  // The old one goes when the new one is there: nothing flashes.
  function swap(link, href) {
    var next = link.cloneNode();
    next.href = href;
    next.onload = next.onerror = function () { link.remove(); remember(); };
    link.after(next);
  }

  function swapAll(answer) {
    return answer.text().then(function (text) {
      var fresh = styles(new DOMParser().parseFromString(text, "text/html")), old = styles(document);
      if (fresh.length !== old.length) return reload();
      fresh.forEach(function (link, i) {
        if (link.getAttribute("href") !== old[i].getAttribute("href")) swap(old[i], link.getAttribute("href"));
      });
    });
  }

  function freshen(url, tag) {
    var path = url.split("?")[0];
    var links = styles(document).filter(function (link) { return link.href.split("?")[0] === path; });
    if (!links.length) return reload();
    delete known[url];
    links.forEach(function (link) { swap(link, path + "?" + encodeURIComponent(tag)); });
  }

  // Files that keep their address though they change: photos and styles of static/.
  function checkLoaded() {
    return Promise.all(Object.keys(known).map(function (url) {
      return head(url).then(function (answer) {
        var tag = answer.headers.get("ETag");
        if (known[url] && tag !== known[url]) freshen(url, tag);
      });
    }));
  }

  function checkPage() {
    return head(address).then(function (answer) {
      var page = (answer.headers.get("Hugi-Page") || "").split(" ");
      if (page[0] === own[0]) return checkLoaded();
      if (page[1] !== own[1]) return reload();
      own = page;
      return fetch(address, { cache: "no-store" }).then(swapAll);
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
    ":host{all:initial;position:fixed;inset:auto 0 0 0;z-index:2147483647;max-height:70vh;overflow:auto;" +
    "background:#1d1416;color:#f6eaea;border-top:4px solid #e5484d;font:14px/1.6 ui-monospace,SFMono-Regular,Menlo,Consolas,'D2Coding','Noto Sans Mono CJK KR',monospace}" +
    "div{padding:16px 20px 20px}p{margin:0 48px 12px 0;font-weight:700;color:#ff9592}" +
    "pre{margin:0;white-space:pre-wrap;overflow-wrap:anywhere;font:inherit}" +
    "button{position:absolute;top:8px;right:12px;width:36px;height:36px;border:0;border-radius:8px;background:#0000;color:inherit;font:20px/1 sans-serif;cursor:pointer}" +
    "button:focus-visible{outline:2px solid #ff9592}";

  function element(name, text) {
    var made = document.createElement(name);
    made.textContent = text;
    return made;
  }

  function hide() {
    if (overlay) overlay.remove();
    overlay = null;
  }

  function show(text) {
    hide();
    overlay = document.createElement("hugi-errors");
    var root = overlay.attachShadow({ mode: "open" }), box = document.createElement("div"), close = element("button", "×");
    var sheet = new CSSStyleSheet();
    sheet.replaceSync(looks);
    root.adoptedStyleSheets = [sheet];
    close.setAttribute("aria-label", "Close");
    close.onclick = hide;
    box.setAttribute("role", "alert");
    box.append(element("p", "The site has errors; what you see is the last good one."), element("pre", text), close);
    root.append(box);
    document.documentElement.append(overlay);
  }

  // --- the line to the server -----------------------------------------------------------

  function told(event) {
    var state = JSON.parse(event.data);
    if (state.ok) { hide(); check(); } else show(state.report);
  }

  // A browser has six lines to a host: a tab nobody looks at leaves its own to the others, and catches up later.
  function follow() {
    if (document.hidden && source) { source.close(); source = null; }
    if (document.hidden || source) return;
    source = new EventSource("/.hugi/events");
    source.onmessage = told;
  }

  addEventListener("keydown", function (event) { if (event.key === "Escape") hide(); });
  addEventListener("pagehide", function () { if (source) source.close(); source = null; });
  addEventListener("pageshow", follow);
  document.addEventListener("visibilitychange", follow);
  function ready() { comeBack(); remember(); follow(); }
  if (document.readyState === "complete") ready(); else addEventListener("load", ready);
})();
