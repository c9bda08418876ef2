//===- Fixed.cpp - parameters and sizes that --set and --size fix ---------===//

#include "compiler/stages/Fixed.h"
#include "runtime/execution/DerivedGrids.h"
#include "runtime/execution/Settings.h"
#include "runtime/system/Text.h"

#include "llvm/Support/Path.h"

namespace pdec::driver {

using exporters::OnnxFixed;
using pde::Interface;

namespace {

/// An interface as the runtime sees that of a compiled program; ports are left
/// out.
class Description {
public:
  Description(const Interface &interface, std::string source);
  const pde_program &program() const { return described; }

private:
  std::string source;
  std::vector<pde_grid> grids;
  std::vector<pde_param> params;
  pde_program described = {};
};

} // namespace

static pde_grid describe(const Interface::Grid &grid) {
  pde_grid described = {};
  described.name = grid.name.c_str();
  described.rank = grid.axes.size();
  described.parent = grid.parent;
  for (size_t axis = 0; axis < grid.axes.size(); ++axis) {
    described.axis[axis] = grid.axes[axis].name.c_str();
    described.size[axis] = grid.axes[axis].size;
    described.min_size[axis] = grid.axes[axis].minSize;
    described.coarsening[axis] = int32_t(grid.axes[axis].coarsening);
  }
  return described;
}

static pde_param describe(const Interface::Param &param) {
  pde_param described = {};
  described.name = param.name.c_str();
  described.kind = param.isInt ? PDE_INT : PDE_REAL;
  if (param.isInt)
    described.initial.integer = param.integer;
  else
    described.initial.real = param.real;
  described.low = param.low;
  described.high = param.high;
  described.low_open = param.lowOpen;
  described.high_open = param.highOpen;
  return described;
}

Description::Description(const Interface &interface, std::string file)
    : source(std::move(file)) {
  for (const auto &grid : interface.grids)
    grids.push_back(describe(grid));
  for (const auto &param : interface.params)
    params.push_back(describe(param));
  described.name = interface.name.c_str();
  described.source = source.c_str();
  described.num_grids = grids.size();
  described.grids = grids.data();
  described.num_params = params.size();
  described.params = params.data();
}

/// Those parameters that are named, with their values.
static std::map<int, pde_value>
givenParams(const pde_program &program,
            const std::vector<pdert::NamedValue> &given) {
  std::vector<pde_value> values = pdert::readParams(program, given);
  std::map<int, pde_value> result;
  for (int param = 0; param < program.num_params; ++param)
    for (const pdert::NamedValue &binding : given)
      if (binding.name == program.params[param].name)
        result[param] = values[param];
  return result;
}

static OnnxFixed read(const pde_program &program,
                      const CompilerOptions &options) {
  OnnxFixed fixed;
  fixed.params = givenParams(program, options.fixedParams);
  if (options.fixedSizes.empty())
    return fixed;
  fixed.sizes = pdert::readSizes(program, options.fixedSizes);
  pdert::completeKnownSizes(program, fixed.sizes);
  return fixed;
}

llvm::Expected<OnnxFixed> fixedValues(const CompilerOptions &options,
                                      const Interface &interface) {
  Description description(interface,
                          llvm::sys::path::filename(options.file).str());
  try {
    return read(description.program(), options);
  } catch (const pdert::Failure &failure) {
    return llvm::createStringError(failure.message);
  }
}

std::map<std::string, std::string> sizeRules(const Interface &interface) {
  Description description(interface, "");
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
