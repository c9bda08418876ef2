//===- PdeResults.h - numbers and records that users get --------*- C++ -*-===//

#ifndef PDEC_PDE_PDERESULTS_H
#define PDEC_PDE_PDERESULTS_H

#include "compiler/pde/PdeDialect.h"

#define GET_OP_CLASSES
#include "compiler/pde/PdeResults.h.inc"

#endif // PDEC_PDE_PDERESULTS_H
