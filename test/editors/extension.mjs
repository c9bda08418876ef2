// The extension of VS Code with stand-ins for its editor and its client: what it
// starts, and when.
//
//   extension.mjs FOLDER
import assert from "node:assert";
import fs from "node:fs";
import { createRequire } from "node:module";
import Module from "node:module";
import path from "node:path";

const folder = path.resolve(process.argv[2]);
const manifest = JSON.parse(
  fs.readFileSync(path.join(folder, "package.json"), "utf8"));

let setting = "pdec";
let fails = false;
const told = [];
const events = {};
class LanguageClient {
  constructor(id, name, server, options) {
    Object.assign(this, { id, name, server, options });
  }
  async start() {
    if (fails) throw new Error("ENOENT");
    told.push(`start ${this.server.command} ${this.server.args}`);
    assert.deepStrictEqual(this.options.documentSelector,
                           [{ language: manifest.contributes.languages[0].id }]);
  }
  async stop() {
    told.push("stop");
  }
}
const standIns = {
  vscode: {
    workspace: {
      getConfiguration: (section) => ({
        get: (name) => {
          assert.ok(`${section}.${name}` in
                    manifest.contributes.configuration.properties);
          return setting;
        },
      }),
      onDidChangeConfiguration: (act) => (events.change = act),
    },
    commands: {
      registerCommand: (name, act) => {
        assert.ok(manifest.contributes.commands.some(
          (command) => command.command === name));
        events.restart = act;
      },
    },
    window: { showErrorMessage: (text) => told.push(text) },
  },
  "vscode-languageclient/node": { LanguageClient },
};
const load = Module._load;
Module._load = (name, ...rest) => standIns[name] ?? load(name, ...rest);

// What the manifest names is there.
for (const { path: file } of manifest.contributes.grammars)
  assert.strictEqual(
    JSON.parse(fs.readFileSync(path.join(folder, file), "utf8")).scopeName,
    manifest.contributes.grammars[0].scopeName);
JSON.parse(fs.readFileSync(
  path.join(folder, manifest.contributes.languages[0].configuration), "utf8"));

const extension = createRequire(import.meta.url)(
  path.join(folder, manifest.main));
const context = { subscriptions: [] };
await extension.activate(context);
assert.strictEqual(context.subscriptions.length, 2);
await events.change({ affectsConfiguration: () => false });
setting = "/opt/pdec";
await events.change({ affectsConfiguration: (name) => name === "pdec.path" });
await events.restart();
fails = true;
await events.restart();
fails = false;
await events.restart();
await extension.deactivate();
await extension.deactivate();
console.log(told.join("\n"));
