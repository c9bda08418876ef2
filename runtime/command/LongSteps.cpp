//===- LongSteps.cpp - steps beyond what is certified ---------------------===//

#include "runtime/command/LongSteps.h"

#include "runtime/execution/Settings.h"
#include "runtime/system/Text.h"

#include <cstdlib>

using namespace pdert;

/// Four digits of a number that must not be exceeded.
static std::string roundedDown(double limit) {
  std::string text = format("%.4g", limit);
  return std::strtod(text.c_str(), nullptr) <= limit
             ? text
             : format("%.4g", limit * (1 - 1e-3));
}

static bool isInitial(const pde_param &param, pde_value value) {
  return param.kind == PDE_INT ? value.integer == param.initial.integer
                               : value.real == param.initial.real;
}

static bool areStated(const pde_program &program,
                      const std::vector<int64_t> &sizes) {
  std::vector<int64_t> stated = defaultSizes(program);
  for (size_t i = 0; i < sizes.size(); ++i)
    if (stated[i] > 0 && sizes[i] != stated[i])
      return false;
  return true;
}

/// "'u' (heat.pde:7)"
static std::string evolvedText(const pde_program &program,
                               const pde_evolved &evolved) {
  std::string field =
      *evolved.field.name ? quoted(evolved.field.name) : "a field";
  return format("%s (%s:%d)", field.c_str(), program.source, evolved.line);
}

std::vector<LongSteps> pdert::longSteps(const pde_program &program,
                                        const std::vector<pde_value> &params,
                                        const std::vector<int64_t> &sizes) {
  std::vector<LongSteps> told;
  if (!areStated(program, sizes))
    return told;
  for (int32_t i = 0; i < program.num_evolved; ++i) {
    const pde_evolved &evolved = program.evolved[i];
    int32_t number = evolved.step_param;
    // Of the script's own value the compiler has told.
    if (number < 0 || isInitial(program.params[number], params[number]) ||
        !(params[number].real > evolved.step_limit))
      continue;
    bool isElseInitial = true;
    for (int32_t other = 0; other < program.num_params; ++other)
      isElseInitial &=
          other == number || isInitial(program.params[other], params[other]);
    if (!isElseInitial)
      continue;
    told.push_back(
        {evolved.line,
         format("%s = %.4g is more than %s, up to which the steps of %s are "
                "certified: it may grow",
                program.params[number].name, params[number].real,
                roundedDown(evolved.step_limit).c_str(),
                evolvedText(program, evolved).c_str())});
  }
  return told;
}

std::string pdert::longStepsText(const pde_program &program,
                                 const std::vector<pde_value> &params,
                                 const std::vector<int64_t> &sizes,
                                 int32_t line, double multiple) {
  bool isStated = areStated(program, sizes);
  for (int32_t i = 0; i < program.num_params; ++i)
    isStated &= isInitial(program.params[i], params[i]);
  for (int32_t i = 0; i < program.num_evolved && !isStated; ++i)
    if (program.evolved[i].line == line)
      return format("the steps of %s are %.4g times as long as what is "
                    "certified for these parameters and sizes: it may grow",
                    evolvedText(program, program.evolved[i]).c_str(), multiple);
  return "";
}
