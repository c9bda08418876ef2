//===- Implied.h - what the bounds of parameters imply ----------*- C++ -*-===//

#ifndef PDEC_CHECK_IMPLIED_H
#define PDEC_CHECK_IMPLIED_H

#include "compiler/program/Program.h"

namespace pdec {

/// Whether a condition follows from what the script says by `where` of its
/// parameters: no run has to check it. False where that is not seen.
bool isImplied(const NodeRef &condition, const std::vector<Param> &params);

} // namespace pdec

#endif // PDEC_CHECK_IMPLIED_H
