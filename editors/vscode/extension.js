// Starts `pdec lsp` for scripts, and starts it again when its path changes.
"use strict";

const vscode = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

let client;

async function start() {
  const command = vscode.workspace.getConfiguration("pdec").get("path");
  const server = { command, args: ["lsp"] };
  client = new LanguageClient("pdec", "pdec", server, {
    documentSelector: [{ language: "pde" }],
  });
  try {
    await client.start();
  } catch (error) {
    client = undefined;
    vscode.window.showErrorMessage(
      `pdec: '${command} lsp' does not start (${error.message}); the setting ` +
        "'pdec.path' says where the compiler is");
  }
}

async function stop() {
  const running = client;
  client = undefined;
  if (running) await running.stop();
}

async function restart() {
  await stop();
  await start();
}

async function activate(context) {
  context.subscriptions.push(
    vscode.commands.registerCommand("pdec.restart", restart),
    vscode.workspace.onDidChangeConfiguration((event) =>
      event.affectsConfiguration("pdec.path") ? restart() : undefined));
  await start();
}

module.exports = { activate, deactivate: stop };
