//===- Library.h - schemes and fluxes written in the language ---*- C++ -*-===//
//
// Scripts are parsed when they are first asked for; they and their files live
// as long as the process.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_LIBRARY_LIBRARY_H
#define PDEC_LIBRARY_LIBRARY_H

#include "compiler/ast/Ast.h"

#include <set>
#include <vector>

namespace pdec {

using LibraryScripts = std::vector<const ast::Script *>;

/// All of the library, in the order in which its scripts know each other.
const LibraryScripts &libraryScripts();

/// What of it these files can use, and what that uses: the scripts that declare
/// a name which stands in them.
LibraryScripts libraryScriptsFor(const std::set<const SourceFile *> &users);

} // namespace pdec

#endif // PDEC_LIBRARY_LIBRARY_H
