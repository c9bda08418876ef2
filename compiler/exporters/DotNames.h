//===- DotNames.h - numerical names of layers -------------------*- C++ -*-===//

#ifndef PDEC_EXPORTERS_DOTNAMES_H
#define PDEC_EXPORTERS_DOTNAMES_H

#include "compiler/exporters/Dot.h"
#include "compiler/net/NetDialect.h"

namespace pdec::exporters {

/// A scalar as a formula of parameters; "..." where it is too long.
std::string formulaOf(mlir::Value scalar);

/// The name that is applied at a place of the script (`D(u)`), or else defined
/// in its line (`let D = ...`, `fun Phi(s)`), or empty.
std::string nameAt(mlir::Location place, const LineOf &lineOf);

/// "forward difference", "second difference", or empty.
std::string operatorName(net::WeightsOp weights);

/// "[-1 1]", or how many taps there are.
std::string weightsText(net::WeightsOp weights);

/// "reflecting sides", "sides 0 | reflecting".
std::string sidesText(mlir::ArrayAttr margins);

} // namespace pdec::exporters

#endif // PDEC_EXPORTERS_DOTNAMES_H
