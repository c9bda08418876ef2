//===- WrittenOut.h - texts of the compiler as files ------------*- C++ -*-===//
//
// Editors open files. So the library's scripts, which are part of the compiler,
// and the explanations of errors are written out when they are first asked for:
// into $XDG_CACHE_HOME/pdec or ~/.cache/pdec, in a folder for each version of
// these texts.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_LSP_WRITTENOUT_H
#define PDEC_LSP_WRITTENOUT_H

#include "compiler/ast/Ast.h"

#include <optional>
#include <string>

namespace pdec::lsp {

/// The URI of a file with the text of a script of the library; nothing if it
/// cannot be written.
std::optional<std::string> uriOfLibrary(const ast::Script &script);
/// Which script of the library has been written to a path; null: none.
const ast::Script *libraryAt(const std::string &path);
/// The URI of a file that explains an error.
std::optional<std::string> uriOfExplanation(const std::string &code);

} // namespace pdec::lsp

#endif // PDEC_LSP_WRITTENOUT_H
