//===- Check.h - syntax tree to program -------------------------*- C++ -*-===//

#ifndef PDEC_CHECK_CHECK_H
#define PDEC_CHECK_CHECK_H

#include "compiler/ast/Ast.h"
#include "compiler/program/Program.h"
#include "compiler/support/Diagnostics.h"

#include <memory>

namespace pdec {

struct NameTable;

/// The programs that training runs. Loss: what is minimised of one sample, and
/// its derivatives. Start and Step: the optimiser on a grid of all weights, its
/// first state, and from state to state.
enum class TrainingPart { None, Loss, Start, Step };

/// Checks a script and inlines all that is known when it is compiled. Null if
/// there were errors. The tree may go afterwards; its file must stay, because
/// the program's ranges lie in it. `names`, if given, is filled in either case.
std::unique_ptr<Program> check(const ast::Script &script,
                               DiagnosticEngine &diagnostics,
                               NameTable *names = nullptr,
                               TrainingPart part = TrainingPart::None);

/// Warns of parameters, inputs and named values at the top of the script itself
/// that nothing in it reads.
void warnOfUnused(const ast::Script &script, DiagnosticEngine &diagnostics);

} // namespace pdec

#endif // PDEC_CHECK_CHECK_H
