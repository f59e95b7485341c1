// liquidjs.js TURNS OUT DIR... - what tests/tools/liquid_bench.c does, with liquidjs.
// Parsed once, partials too; renderSync, which is its fastest way.
const fs = require('fs'), path = require('path');
const { Liquid } = require('liquidjs');
const [turns, out, ...folders] = process.argv.slice(2);
for (const folder of folders) {
  const name = path.basename(folder), templates = {};
  for (const file of fs.readdirSync(path.join(folder, 'templates')))
    templates[file] = fs.readFileSync(path.join(folder, 'templates', file), 'utf8');
  const data = JSON.parse(fs.readFileSync(path.join(folder, 'data.json'), 'utf8'));
  const engine = new Liquid({ templates, cache: true, preserveTimezones: true });
  const template = engine.parse(templates['index.liquid']);
  fs.writeFileSync(path.join(out, name + '.liquidjs'), engine.renderSync(template, data));
  for (let i = 0; i < turns / 2; i++) engine.renderSync(template, data);
  const start = process.cpuUsage();
  for (let i = 0; i < turns; i++) engine.renderSync(template, data);
  const spent = process.cpuUsage(start);
  console.log(name, ((spent.user + spent.system) / turns).toFixed(2));
}
