//===- Fixed.cpp - parameters and sizes that options fix ------------------===//

#include "compiler/stages/Fixed.h"
#include "compiler/analysis/Entries.h"
#include "compiler/codegen/Description.h"
#include "runtime/command/Weights.h"
#include "runtime/execution/DerivedGrids.h"
#include "runtime/execution/Settings.h"
#include "runtime/system/Text.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/IR/Matchers.h"
#include "llvm/Support/Path.h"

namespace pdec::driver {

using codegen::Description;
using exporters::OnnxFixed;
using pde::Interface;

static pdert::Weights weightsOf(const pde_program &program,
                                const CompilerOptions &options) {
  pdert::Options run;
  run.params = options.fixedParams;
  run.weights = options.fixedWeights;
  return pdert::Weights(program, run);
}

/// The entries of an array that a file gives; empty: none does.
static std::vector<double> givenEntries(int32_t input,
                                        const pde_program &program,
                                        const pdert::Weights &weights) {
  auto file = weights.open(input);
  if (!file)
    return {};
  std::vector<double> entries(
      program.grids[program.inputs[input].grid].size[0]);
  weights.read(input, *file, entries.data(), PDE_F64);
  return entries;
}

/// Those that are given, and what follows from them; empty: none.
static std::vector<int64_t> givenSizes(const pde_program &program,
                                       const CompilerOptions &options) {
  if (options.fixedSizes.empty())
    return {};
  std::vector<int64_t> sizes = pdert::readSizes(program, options.fixedSizes);
  pdert::completeKnownSizes(program, sizes);
  return sizes;
}

static OnnxFixed read(const pde_program &program,
                      const CompilerOptions &options) {
  OnnxFixed fixed;
  pdert::Weights weights = weightsOf(program, options);
  for (int32_t param = 0; param < program.num_params; ++param)
    if (weights.isGiven(param))
      fixed.params[param] = weights.numbers()[param];
  for (int32_t input = 0; input < program.num_inputs; ++input)
    if (pdert::isArray(program, program.inputs[input]))
      if (auto entries = givenEntries(input, program, weights);
          !entries.empty())
        fixed.arrays[input] = std::move(entries);
  fixed.sizes = givenSizes(program, options);
  return fixed;
}

/// Of a program that will not run: only its names and sizes are asked for.
static codegen::Origin originOf(const std::string &source) {
  codegen::Origin origin;
  origin.source = source;
  origin.form = "network";
  return origin;
}

llvm::Expected<OnnxFixed> fixedValues(const CompilerOptions &options,
                                      const Interface &interface) {
  Description description(
      interface, originOf(llvm::sys::path::filename(options.file).str()));
  try {
    return read(description.program(), options);
  } catch (const pdert::Failure &failure) {
    return llvm::createStringError(failure.message);
  }
}

static void fixParam(pde::ParamOp op, pde_value value) {
  mlir::Builder builder(op.getContext());
  if (op.getValue().getType().isF64())
    op.setInitialAttr(builder.getF64FloatAttr(value.real));
  else
    op.setInitialAttr(builder.getI64IntegerAttr(value.integer));
}

static void fixEntries(pde::InputOp op, llvm::ArrayRef<double> entries) {
  op->setAttr(analysis::entriesName,
              mlir::DenseF64ArrayAttr::get(op.getContext(), entries));
}

static void fixSizes(pde::GridOp op, const OnnxFixed &fixed, int grid) {
  std::vector<mlir::Attribute> axes;
  for (unsigned i = 0; i < op.rank(); ++i) {
    pde::AxisAttr axis = op.axis(i);
    int64_t size = fixed.size(grid, i);
    // Sizes of coarser grids follow.
    axes.push_back(size && !op.getParentAttr()
                       ? pde::AxisAttr::get(op.getContext(), axis.getName(),
                                            axis.getLow(), axis.getHigh(), size,
                                            axis.getCoarsening())
                       : axis);
  }
  op.setAxesAttr(mlir::ArrayAttr::get(op.getContext(), axes));
}

llvm::Expected<mlir::OwningOpRef<mlir::ModuleOp>>
fixedScheme(const CompilerOptions &options, Lowered &lowered) {
  const Interface &interface = lowered.interface;
  auto fixed = fixedValues(options, interface);
  if (!fixed)
    return fixed.takeError();
  mlir::OwningOpRef<mlir::ModuleOp> copy = lowered.module->clone();
  copy->walk([&](pde::ParamOp op) {
    auto given = fixed->params.find(interface.paramIndex(op.getName()));
    if (given != fixed->params.end())
      fixParam(op, given->second);
  });
  copy->walk([&](pde::InputOp op) {
    auto given = fixed->arrays.find(interface.inputIndex(op.getName()));
    if (given != fixed->arrays.end())
      fixEntries(op, given->second);
  });
  for (auto grid : copy->getOps<pde::GridOp>())
    fixSizes(grid, *fixed, interface.gridIndex(grid.getSymName()));
  return copy;
}

/// The entries of an array as a run has them; empty if they are not known.
static std::vector<double> entriesOf(pde::InputOp op, int32_t input,
                                     const pde_program &program,
                                     const pdert::Weights &weights) {
  std::vector<double> entries = givenEntries(input, program, weights);
  if (!entries.empty())
    return entries;
  auto map = op.getInitial().getDefiningOp<pde::MapOp>();
  llvm::APFloat number(0.0);
  bool isConstant =
      map &&
      mlir::matchPattern(map.getBody().front().getTerminator()->getOperand(0),
                         mlir::m_ConstantFloat(&number));
  if (!isConstant)
    return {};
  entries.assign(program.grids[program.inputs[input].grid].size[0],
                 number.convertToDouble());
  return entries;
}

static void fixAsRun(mlir::ModuleOp module, const Interface &interface,
                     const pde_program &program,
                     const CompilerOptions &options) {
  pdert::Weights weights = weightsOf(program, options);
  module.walk([&](pde::ParamOp op) {
    fixParam(op, weights.numbers()[interface.paramIndex(op.getName())]);
  });
  OnnxFixed sizes;
  sizes.sizes = givenSizes(program, options);
  for (auto grid : module.getOps<pde::GridOp>())
    fixSizes(grid, sizes, interface.gridIndex(grid.getSymName()));
  module.walk([&](pde::InputOp op) {
    int32_t input = interface.inputIndex(op.getName());
    if (!pdert::isArray(program, program.inputs[input]))
      return;
    std::vector<double> entries = entriesOf(op, input, program, weights);
    if (!entries.empty())
      fixEntries(op, entries);
  });
}

llvm::Expected<mlir::OwningOpRef<mlir::ModuleOp>>
schemeAsRun(const CompilerOptions &options, Lowered &lowered) {
  Description description(
      lowered.interface,
      originOf(llvm::sys::path::filename(options.file).str()));
  mlir::OwningOpRef<mlir::ModuleOp> copy = lowered.module->clone();
  try {
    fixAsRun(*copy, lowered.interface, description.program(), options);
  } catch (const pdert::Failure &failure) {
    return llvm::createStringError(failure.message);
  }
  return copy;
}

std::map<std::string, std::string> sizeRules(const Interface &interface) {
  Description description(interface, originOf(""));
  std::map<std::string, std::string> rules;
  for (size_t g = 0; g < interface.grids.size(); ++g)
    for (size_t axis = 0; axis < interface.grids[g].axes.size(); ++axis) {
      const Interface::Grid &grid = interface.grids[g];
      std::string rule = pdert::sizeRule(description.program(), g, axis);
      if (grid.parent < 0 && !rule.empty())
        rules[grid.name + "." + grid.axes[axis].name] = rule;
    }
  return rules;
}

} // namespace pdec::driver
