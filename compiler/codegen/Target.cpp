//===- Target.cpp - the machine, optimisation, object code ----------------===//

#include "compiler/codegen/Target.h"

#include "llvm/IR/LegacyPassManager.h"
#include "llvm/MC/MCSubtargetInfo.h"
#include "llvm/MC/TargetRegistry.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Support/SmallVectorMemoryBuffer.h"
#include "llvm/Support/TargetSelect.h"
#include "llvm/TargetParser/Host.h"
#include "llvm/TargetParser/SubtargetFeature.h"

using namespace llvm;

namespace pdec::codegen {

static CodeGenOptLevel codeGenLevel(unsigned optLevel) {
  return *CodeGenOpt::getLevel(std::min(optLevel, 3u));
}

/// The features of the machine that runs the compiler.
static std::string nativeFeatures() {
  SubtargetFeatures features;
  for (const auto &feature : sys::getHostCPUFeatures())
    features.AddFeature(feature.first(), feature.second);
  return features.getString();
}

Expected<std::unique_ptr<TargetMachine>> makeTargetMachine(StringRef cpu,
                                                           unsigned optLevel) {
  InitializeNativeTarget();
  InitializeNativeTargetAsmPrinter();
  std::string triple = sys::getDefaultTargetTriple(), problem;
  const Target *target = TargetRegistry::lookupTarget(triple, problem);
  if (!target)
    return createStringError(problem);
  bool isNative = cpu == "native";
  std::string name = isNative ? sys::getHostCPUName().str() : cpu.str();
  // Asked first: a machine of an unknown kind is made with a warning.
  std::unique_ptr<MCSubtargetInfo> known(
      target->createMCSubtargetInfo(triple, "", ""));
  if (!known->isCPUStringValid(name))
    return createStringError("unknown processor '" + cpu + "'");
  TargetOptions options;
  options.AllowFPOpFusion = FPOpFusion::Strict;
  return std::unique_ptr<TargetMachine>(target->createTargetMachine(
      triple, name, isNative ? nativeFeatures() : "", options, Reloc::PIC_,
      std::nullopt, codeGenLevel(optLevel)));
}

unsigned vectorBytes(const TargetMachine &machine) {
  const MCSubtargetInfo &info = *machine.getMCSubtargetInfo();
  if (info.checkFeatures("+avx512f") && info.checkFeatures("+avx512vl"))
    return 64;
  return info.checkFeatures("+avx") ? 32 : 16;
}

/// What generated code needs. Its loops are vectors already, and its functions
/// few: they are called where sharing them is worth it. LLVM's own pipeline for
/// any program takes several times as long, makes more code for the back end,
/// and gains nothing that can be measured.
static constexpr StringLiteral ownPasses[] = {
    // -O1
    "function(lower-expect,sroa,early-cse<memssa>,simplifycfg,"
    "loop(loop-rotate),loop-mssa(licm),instsimplify,early-cse<memssa>,dce)",
    // -O2
    "cgscc(inline),function-attrs,"
    "function(lower-expect,sroa,early-cse<memssa>,simplifycfg,"
    "instcombine<no-verify-fixpoint>,loop(loop-rotate),loop-mssa(licm),"
    "simplifycfg,gvn,loop-mssa(licm),simplifycfg,dce)"};

static ModulePassManager passesFor(PassBuilder &builder, unsigned optLevel) {
  if (optLevel == 0)
    return builder.buildO0DefaultPipeline(OptimizationLevel::O0);
  if (optLevel > std::size(ownPasses))
    return builder.buildPerModuleDefaultPipeline(OptimizationLevel::O3);
  ModulePassManager passes;
  cantFail(builder.parsePassPipeline(passes, ownPasses[optLevel - 1]));
  return passes;
}

bool roundsToIntegers(const TargetMachine &machine) {
  return machine.getMCSubtargetInfo()->checkFeatures("+sse4.1");
}

void optimize(Module &module, TargetMachine &machine, unsigned optLevel) {
  LoopAnalysisManager loops;
  FunctionAnalysisManager functions;
  CGSCCAnalysisManager components;
  ModuleAnalysisManager modules;
  PipelineTuningOptions tuning;
  // Loops are vectors already.
  tuning.LoopVectorization = false;
  tuning.SLPVectorization = false;
  PassBuilder builder(&machine, tuning);
  builder.registerModuleAnalyses(modules);
  builder.registerCGSCCAnalyses(components);
  builder.registerFunctionAnalyses(functions);
  builder.registerLoopAnalyses(loops);
  builder.crossRegisterProxies(loops, functions, components, modules);
  passesFor(builder, optLevel).run(module, modules);
}

std::string emitCode(Module &module, TargetMachine &machine, FileKind kind) {
  SmallVector<char, 0> bytes;
  raw_svector_ostream stream(bytes);
  legacy::PassManager passes;
  bool failed = machine.addPassesToEmitFile(
      passes, stream, nullptr,
      kind == FileKind::Object ? CodeGenFileType::ObjectFile
                               : CodeGenFileType::AssemblyFile);
  assert(!failed && "the native target emits objects and assembly");
  (void)failed;
  passes.run(module);
  return std::string(bytes.begin(), bytes.end());
}

} // namespace pdec::codegen
