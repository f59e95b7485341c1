/* Before the vectors: whatever a script of theirs would call is counted, and so is
 * a request that is not a picture's.  At the end every element is used as a reader would. */
var fired = [];
function note(what) { return function () { fired.push(what + ": " + Array.prototype.join.call(arguments, " ").slice(0, 60)); }; }
["alert", "confirm", "prompt", "print", "open", "fetch"].forEach(function (name) {
  Object.defineProperty(window, name, { value: note(name), writable: false, configurable: false });
});
document.write = note("document.write");
XMLHttpRequest.prototype.open = note("XMLHttpRequest");
navigator.sendBeacon = note("sendBeacon");
/* A link that leads elsewhere must not take the page away; one that runs a script may. */
document.addEventListener("click", function (event) {
  var link = event.target.closest && event.target.closest("a[href], area[href]");
  if (link && !/^\s*(javascript|vbscript|data):/i.test(link.href)) event.preventDefault();
  if (link && /^\s*(javascript|vbscript):/i.test(link.href)) fired.push("link: " + link.href.slice(0, 60));
}, true);
document.addEventListener("submit", function (event) { event.preventDefault(); }, true);

function dangers(root) {
  var found = [];
  root.querySelectorAll("*").forEach(function (element) {
    var name = element.localName;
    if (/^(script|iframe|object|embed|base|meta|link|style|form|frame|applet|animate|set)$/.test(name)) found.push("<" + name + ">");
    Array.prototype.forEach.call(element.attributes, function (attribute) {
      if (/^on/i.test(attribute.name)) found.push(name + " " + attribute.name);
      if (/^(style|srcdoc|formaction|ping|background|xlink:href)$/i.test(attribute.name)) found.push(name + " " + attribute.name);
      var leads = /^(href|src|action|data|poster|cite|srcset)$/i.test(attribute.name);
      if (leads && /^[\s\x00-\x20]*(javascript|vbscript|data:text)/i.test(attribute.value)) found.push(name + " " + attribute.name + "=" + attribute.value.slice(0, 40));
    });
  });
  return found;
}

function use(element) {
  ["mouseover", "mouseenter", "mousemove", "mousedown", "mouseup", "mouseout", "click", "focus", "blur", "input", "change",
    "keydown", "keyup", "wheel", "scroll", "pointerover", "toggle", "animationstart", "transitionend", "paste", "submit"
  ].forEach(function (name) { element.dispatchEvent(new Event(name, { bubbles: true, cancelable: true })); });
  if (element.click) element.click();
  if (element.focus) element.focus();
}

window.addEventListener("load", function () {
  setTimeout(function () {
    var vectors = document.querySelectorAll(".vector"), left = [];
    vectors.forEach(function (vector) {
      vector.querySelectorAll("*").forEach(use);
      dangers(vector).forEach(function (what) { left.push(vector.dataset.number + " " + what); });
    });
    performance.getEntriesByType("resource").forEach(function (entry) {
      if (!/^(img|image|video|audio|css)$/.test(entry.initiatorType)) fired.push("request: " + entry.name.slice(0, 60));
    });
    setTimeout(function () {
      var result = document.createElement("pre");
      result.id = "result";
      result.textContent = "RESULT vectors=" + vectors.length + " fired=" + fired.length + " left=" + left.length +
        "\n" + fired.concat(left).slice(0, 40).join("\n") + "\nEND";
      document.body.appendChild(result);
    }, 500);
  }, 1500);
});
