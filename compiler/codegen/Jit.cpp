//===- Jit.cpp - programs in memory ---------------------------------------===//

#include "compiler/codegen/Jit.h"

#include "llvm/ExecutionEngine/Orc/ExecutionUtils.h"

using namespace llvm;
using namespace llvm::orc;

namespace pdec::codegen {

/// The runtime's functions that generated code calls; the executable does not
/// export them, so the JIT is told.
static SymbolMap runtimeSymbols(LLJIT &jit,
                                const RuntimeReplacements &replacements) {
  SymbolMap symbols;
  auto add = [&](const char *name, auto *function) {
    symbols[jit.mangleAndIntern(name)] = {ExecutorAddr::fromPtr(function),
                                          JITSymbolFlags::Exported};
  };
#define PDEC_RUNTIME_SYMBOL(name) add(#name, &name);
#include "compiler/codegen/RuntimeSymbols.inc"
#undef PDEC_RUNTIME_SYMBOL
  for (const auto &[name, address] : replacements)
    symbols[jit.mangleAndIntern(name)] = {address, JITSymbolFlags::Exported};
  return symbols;
}

Expected<JitProgram>
JitProgram::create(std::unique_ptr<Module> module,
                   std::unique_ptr<LLVMContext> context,
                   const TargetMachine &machine, StringRef name,
                   const RuntimeReplacements &replacements) {
  JitProgram result;
  // The same code as in an executable: same processor, same strictness.
  JITTargetMachineBuilder target(machine.getTargetTriple());
  target.setCPU(machine.getTargetCPU().str());
  target.getFeatures() = SubtargetFeatures(machine.getTargetFeatureString());
  target.setOptions(machine.Options);
  target.setCodeGenOptLevel(machine.getOptLevel());
  auto jit = LLJITBuilder().setJITTargetMachineBuilder(target).create();
  if (!jit)
    return jit.takeError();
  result.jit = std::move(*jit);
  JITDylib &main = result.jit->getMainJITDylib();
  if (auto error = main.define(
          absoluteSymbols(runtimeSymbols(*result.jit, replacements))))
    return std::move(error);
  // The mathematics library and what the C compiler's runtime provides.
  auto process = DynamicLibrarySearchGenerator::GetForCurrentProcess(
      result.jit->getDataLayout().getGlobalPrefix());
  if (!process)
    return process.takeError();
  main.addGenerator(std::move(*process));
  if (auto error = result.jit->addIRModule(
          ThreadSafeModule(std::move(module), std::move(context))))
    return std::move(error);
  auto address = result.jit->lookup((name + "_program").str());
  if (!address)
    return address.takeError();
  result.descriptor = address->toPtr<const pde_program *>();
  return result;
}

} // namespace pdec::codegen
