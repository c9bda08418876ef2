//===- NetChannels.h - layers of many channels ------------------*- C++ -*-===//

#ifndef PDEC_NET_NETCHANNELS_H
#define PDEC_NET_NETCHANNELS_H

#include "compiler/net/NetDialect.h"

#define GET_OP_CLASSES
#include "compiler/net/NetChannels.h.inc"

#endif // PDEC_NET_NETCHANNELS_H
