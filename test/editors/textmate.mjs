// Prints which scopes the TextMate grammar gives to scripts: a line of JSON for
// each script, with [line, begin, end, scope] for each token, in UTF-16.
//
//   textmate.mjs MODULES GRAMMAR SCRIPT...
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const [modules, grammarFile, ...scripts] = process.argv.slice(2);
const require = createRequire(path.join(path.resolve(modules), "x.js"));
const textmate = require("vscode-textmate");
const oniguruma = require("vscode-oniguruma");

const wasm = fs.readFileSync(
  path.join(path.dirname(require.resolve("vscode-oniguruma")), "onig.wasm"));
await oniguruma.loadWASM(wasm.buffer.slice(
  wasm.byteOffset, wasm.byteOffset + wasm.byteLength));
const registry = new textmate.Registry({
  onigLib: Promise.resolve({
    createOnigScanner: (patterns) => new oniguruma.OnigScanner(patterns),
    createOnigString: (text) => new oniguruma.OnigString(text),
  }),
  loadGrammar: async () => textmate.parseRawGrammar(
    fs.readFileSync(grammarFile, "utf8"), grammarFile),
});
const grammar = await registry.loadGrammar("source.pde");
for (const script of scripts) {
  let stack = textmate.INITIAL;
  const found = [];
  fs.readFileSync(script, "utf8").split("\n").forEach((text, line) => {
    const result = grammar.tokenizeLine(text, stack);
    stack = result.ruleStack;
    for (const token of result.tokens)
      found.push([line, token.startIndex, token.endIndex,
                  token.scopes[token.scopes.length - 1]]);
  });
  console.log(JSON.stringify(found));
}
