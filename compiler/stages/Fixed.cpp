//===- Fixed.cpp - parameters and sizes that --set and --size fix ---------===//

#include "compiler/stages/Fixed.h"
#include "compiler/codegen/Description.h"
#include "runtime/execution/DerivedGrids.h"
#include "runtime/execution/Settings.h"
#include "runtime/system/Text.h"

#include "llvm/Support/Path.h"

namespace pdec::driver {

using codegen::Description;
using exporters::OnnxFixed;
using pde::Interface;

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
  Description description(
      interface, llvm::sys::path::filename(options.file).str(), "network");
  try {
    return read(description.program(), options);
  } catch (const pdert::Failure &failure) {
    return llvm::createStringError(failure.message);
  }
}

std::map<std::string, std::string> sizeRules(const Interface &interface) {
  Description description(interface, "", "network");
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
