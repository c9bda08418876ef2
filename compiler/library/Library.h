//===- Library.h - schemes and fluxes written in the language ---*- C++ -*-===//

#ifndef PDEC_LIBRARY_LIBRARY_H
#define PDEC_LIBRARY_LIBRARY_H

#include "compiler/ast/Ast.h"

#include <vector>

namespace pdec {

/// The library's scripts, parsed when they are first asked for; they and their
/// files live as long as the process.
const std::vector<const ast::Script *> &libraryScripts();

} // namespace pdec

#endif // PDEC_LIBRARY_LIBRARY_H
