// serve_browser.js FOLDER CHROMIUM URL - opens URL, and prints {"marker", "at"} (milliseconds of the clock) for each
// "MARKER..." in its text once a frame with it has been drawn.  Ends when its input does.
"use strict";
const [folder, chromium, url] = process.argv.slice(2);
const { chromium: browsers } = require(require("path").resolve(folder, "node_modules/playwright-core"));

// In every document, also after it was loaded again: looks before each frame, and tells in the one after.
function watch() {
  let told = "";
  function look() {
    const found = document.body && document.body.textContent.match(/MARKER\w+/);
    const marker = found ? found[0] : "";
    if (marker && marker !== told) requestAnimationFrame(() => window.hugiDrawn({ marker, at: Date.now() }));
    if (marker) told = marker;
    requestAnimationFrame(look);
  }
  look();
}

(async () => {
  const browser = await browsers.launch({ executablePath: chromium, args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"] });
  const page = await browser.newPage();
  await page.exposeFunction("hugiDrawn", (told) => process.stdout.write(JSON.stringify(told) + "\n"));
  await page.addInitScript(watch);
  await page.goto(url);
  process.stdin.on("end", async () => { await browser.close(); process.exit(0); }).resume();
})();
