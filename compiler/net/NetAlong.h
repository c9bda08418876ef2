//===- NetAlong.h - layers along an axis ------------------------*- C++ -*-===//

#ifndef PDEC_NET_NETALONG_H
#define PDEC_NET_NETALONG_H

#include "compiler/net/NetDialect.h"
#include "compiler/pde/PdeAlong.h"

#define GET_OP_CLASSES
#include "compiler/net/NetAlong.h.inc"

#endif // PDEC_NET_NETALONG_H
