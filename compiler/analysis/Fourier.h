//===- Fourier.h - local Fourier analysis of iterations ---------*- C++ -*-===//
//
// How fast the iterations of a program converge, on infinite grids with
// constant coefficients. docs/certificates.md says what that is worth.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_ANALYSIS_FOURIER_H
#define PDEC_ANALYSIS_FOURIER_H

#include "compiler/analysis/Certificate.h"
#include "compiler/pde/PdeDialect.h"

namespace pdec::analysis {

/// Of the iterations that end by a condition, and of loops with a count that go
/// through grids; not of those within others.
std::vector<Estimate> estimateConvergence(pde::ProgramOp program);

} // namespace pdec::analysis

#endif // PDEC_ANALYSIS_FOURIER_H
