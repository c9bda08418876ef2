//===- Server.h - the language server ---------------------------*- C++ -*-===//

#ifndef PDEC_LSP_SERVER_H
#define PDEC_LSP_SERVER_H

namespace pdec::lsp {

/// Serves one client on standard input and output until it leaves: the exit
/// code of `pdec lsp`, which is 1 for a client that leaves without a word.
int serve();

} // namespace pdec::lsp

#endif // PDEC_LSP_SERVER_H
