//===- Parse.h - text to syntax tree ----------------------------*- C++ -*-===//

#ifndef PDEC_PARSE_PARSE_H
#define PDEC_PARSE_PARSE_H

#include "compiler/ast/Ast.h"
#include "compiler/support/Diagnostics.h"

#include <memory>

namespace pdec {

/// The tree of a script; it refers to the file, which must live longer. After
/// errors it lacks the statements that have them, or is null.
std::unique_ptr<ast::Script> parse(const SourceFile &file,
                                   DiagnosticEngine &diagnostics);

} // namespace pdec

#endif // PDEC_PARSE_PARSE_H
