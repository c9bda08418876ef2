//===- Dot.h - networks as pictures -----------------------------*- C++ -*-===//

#ifndef PDEC_EXPORTERS_DOT_H
#define PDEC_EXPORTERS_DOT_H

#include "mlir/IR/BuiltinOps.h"

#include <functional>
#include <string>

namespace pdec::exporters {

/// The text of a line of a file, or empty; for names in the picture.
using LineOf = std::function<std::string(llvm::StringRef file, unsigned line)>;

/// What is proved of a block of time steps, in one short line, or empty.
using ProvedOf = std::function<std::string(mlir::Operation *block)>;

/// A module in the net dialect as Graphviz text: a node for each block, named
/// for what it is in numerics.
std::string exportDot(mlir::ModuleOp module, const LineOf &lineOf,
                      const ProvedOf &provedOf);

} // namespace pdec::exporters

#endif // PDEC_EXPORTERS_DOT_H
