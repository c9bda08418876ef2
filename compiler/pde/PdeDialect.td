//===- PdeDialect.td - the operations of the pde dialect ---*- tablegen -*-===//
//
// The pde dialect says what a discretised PDE computes: fields on grids,
// linear operators with their adjoints, pointwise regions and time steps. It
// fixes every evaluation order; both lowerings keep it. docs/pde-dialect.md
// gives the reasons.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_PDE_DIALECT
#define PDEC_PDE_DIALECT

include "compiler/pde/PdePrograms.td"
include "compiler/pde/PdeFields.td"
include "compiler/pde/PdeFunctions.td"
include "compiler/pde/PdeLoops.td"
include "compiler/pde/PdeDerivatives.td"
include "compiler/pde/PdeSweeps.td"

#endif // PDEC_PDE_DIALECT
