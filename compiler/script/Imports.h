//===- Imports.h - the files that a script imports --------------*- C++ -*-===//

#ifndef PDEC_SCRIPT_IMPORTS_H
#define PDEC_SCRIPT_IMPORTS_H

#include "compiler/ast/Ast.h"
#include "compiler/support/Diagnostics.h"

#include <string>

namespace pdec::driver {

/// Reads the files that a script imports, and those that these import, each
/// once, into the tree. A path leads on from the folder of the file in which it
/// stands. What is wrong is reported where it is.
void readImports(ast::Script &script, DiagnosticEngine &diagnostics);

/// The texts of these files, one after the other.
std::string importedText(const ast::Script &script);

} // namespace pdec::driver

#endif // PDEC_SCRIPT_IMPORTS_H
