//===- PdeSolutions.h - what solves equations -------------------*- C++ -*-===//

#ifndef PDEC_PDE_PDESOLUTIONS_H
#define PDEC_PDE_PDESOLUTIONS_H

#include "compiler/pde/PdeDialect.h"

#define GET_OP_CLASSES
#include "compiler/pde/PdeSolutions.h.inc"

#endif // PDEC_PDE_PDESOLUTIONS_H
