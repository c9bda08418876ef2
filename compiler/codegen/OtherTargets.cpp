//===- OtherTargets.cpp - what of LLVM the linker does not bring along ----===//
//
// The linker can compile bitcode, for all machines that LLVM knows, and so it
// would make this program twice as large. Ours is given objects of this machine
// alone: of the others, which the build names in PDEC_OTHER_TARGETS, nothing is
// registered. Polly, which Debian has in a package of its own, optimises
// bitcode only.
//
//===----------------------------------------------------------------------===//

#include "llvm/Passes/PassPlugin.h"

llvm::PassPluginLibraryInfo getPollyPluginInfo() { return {}; }

#define OTHER(TARGET)                                                          \
  extern "C" void LLVMInitialize##TARGET##TargetInfo() {}                      \
  extern "C" void LLVMInitialize##TARGET##Target() {}                          \
  extern "C" void LLVMInitialize##TARGET##TargetMC() {}                        \
  extern "C" void LLVMInitialize##TARGET##AsmParser() {}                       \
  extern "C" void LLVMInitialize##TARGET##AsmPrinter() {}

PDEC_OTHER_TARGETS
