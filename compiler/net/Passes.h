//===- Passes.h - the network way --------------------------------*- C++
//-*-===//

#ifndef PDEC_NET_PASSES_H
#define PDEC_NET_PASSES_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Pass/Pass.h"

#include <memory>

namespace pdec::net {

#define GEN_PASS_DECL
#include "compiler/net/Passes.h.inc"

#define GEN_PASS_REGISTRATION
#include "compiler/net/Passes.h.inc"

} // namespace pdec::net

#endif // PDEC_NET_PASSES_H
