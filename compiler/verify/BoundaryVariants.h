//===- BoundaryVariants.h - a script under other boundary rules -*- C++ -*-===//

#ifndef PDEC_VERIFY_BOUNDARYVARIANTS_H
#define PDEC_VERIFY_BOUNDARYVARIANTS_H

#include "compiler/ast/Ast.h"
#include "compiler/program/Program.h"
#include "compiler/support/Diagnostics.h"

#include <memory>
#include <string>

namespace pdec::driver {

/// The boundary clauses that verify tries besides the script's own.
const std::vector<std::string> &boundaryVariants();

/// Hierarchies in variants have at most so many levels: enough for a finest, a
/// coarsest and one between, and the grids stay small.
constexpr int64_t mostLevels = 3;

/// A script, parsed anew, all of whose grids have another boundary.
class BoundaryVariant {
public:
  /// `clause` as in the language, or empty for the script's own boundaries.
  /// Solvers to which the script gives a greater number of levels get
  /// `mostLevels`, unless `allLevels`.
  BoundaryVariant(const std::string &path, const std::string &text,
                  const std::string &clause, bool allLevels = false);

  /// Null if the script makes no sense with this boundary (a field of boundary
  /// faces where one of cells is needed, say).
  const Program *program() const { return checked.get(); }
  bool hasFewerLevels() const { return fewerLevels; }

private:
  bool fewerLevels = false;
  SourceFile source, donor;
  DiagnosticEngine diagnostics;
  std::unique_ptr<ast::Script> script;
  std::unique_ptr<Program> checked;
};

} // namespace pdec::driver

#endif // PDEC_VERIFY_BOUNDARYVARIANTS_H
