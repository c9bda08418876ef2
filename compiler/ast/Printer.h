//===- Printer.h - scripts as text ------------------------------*- C++ -*-===//

#ifndef PDEC_AST_PRINTER_H
#define PDEC_AST_PRINTER_H

#include "compiler/ast/Ast.h"

#include <string>

namespace pdec::ast {

/// The script in the one standard layout, comments kept: what `pdec fmt`
/// prints. Formatting twice changes nothing, nor does it change the tree.
std::string format(const Script &script);

/// The tree, one node a line, indented: for --emit ast.
std::string dump(const Script &script);

} // namespace pdec::ast

#endif // PDEC_AST_PRINTER_H
