//===- Extrema.h - which operators are over min or max ----------*- C++ -*-===//

#ifndef PDEC_CHECK_EXTREMA_H
#define PDEC_CHECK_EXTREMA_H

#include "compiler/check/Values.h"

namespace pdec {

/// Whether an operator is a stencil over min or max, or a product of such.
bool isExtremal(const Operator &op);
/// Of the first of these: whether it is over max.
bool isMaximal(const Operator &op);
/// Whether all of them are over max, or over min.
bool isOfOneKind(const Operator &op, bool isMax);

} // namespace pdec

#endif // PDEC_CHECK_EXTREMA_H
