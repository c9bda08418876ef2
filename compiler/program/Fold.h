//===- Fold.h - the arithmetic of constants ---------------------*- C++ -*-===//

#ifndef PDEC_PROGRAM_FOLD_H
#define PDEC_PROGRAM_FOLD_H

#include "compiler/program/Program.h"

#include <cstdint>
#include <optional>

namespace pdec {

/// The value of a unary function of real numbers.
double foldReal(NodeKind kind, double a);
/// The value of an arithmetic operation on real numbers.
double foldReal(NodeKind kind, double a, double b);
bool foldCompare(NodeKind kind, double a, double b);
bool foldCompare(NodeKind kind, int64_t a, int64_t b);

/// x^e as code generation computes it: whole exponents up to 64 by repeated
/// squaring from their lowest bit up, with a reciprocal at the end for negative
/// ones, exponents of 1/2 as roots, all others by pow.
double foldPower(double x, double e);

/// The integer operations; nothing if the result has more than 64 bits.
std::optional<int64_t> foldInteger(NodeKind kind, int64_t a, int64_t b);

} // namespace pdec

#endif // PDEC_PROGRAM_FOLD_H
