//===- Settings.h - parameters and sizes of a run ---------------*- C++ -*-===//
//
// What a run is set to, checked against what the script allows. All functions
// throw a Failure for what is not allowed.
//
//===----------------------------------------------------------------------===//

#ifndef PDE_RUNTIME_SETTINGS_H
#define PDE_RUNTIME_SETTINGS_H

#include "runtime/execution/Options.h"
#include "runtime/pde_runtime.h"

#include <cstdint>
#include <string>
#include <vector>

namespace pdert {

std::vector<pde_value> initialParams(const pde_program &program);

/// PDE_MAX_RANK sizes for each grid: the script's, 0 where it gives none (or
/// the grid is derived), and 1 on axes that a grid does not have.
std::vector<int64_t> defaultSizes(const pde_program &program);

/// The legal values of a parameter: "> 0 and <= 1"; empty when all are.
std::string rangeText(const pde_param &param);
std::string paramText(const pde_param &param, pde_value value);

/// Of the entries of an array, too.
std::string rangeText(const pde_interval &interval);
bool isWithin(const pde_interval &interval, double value);

/// `clause` ends the sentence: "--set gives -1".
void checkParam(const pde_param &param, pde_value value,
                const std::string &clause);

/// Checks that all sizes are known and large enough, and fills in those of
/// derived grids.
void completeSizes(const pde_program &program, std::vector<int64_t> &sizes);

/// The same where sizes may remain unknown, 0.
void completeKnownSizes(const pde_program &program,
                        std::vector<int64_t> &sizes);

/// The given values, changed as --set says.
std::vector<pde_value> readParams(const pde_program &program,
                                  const std::vector<NamedValue> &given,
                                  std::vector<pde_value> values);

/// The initial parameters, changed as --set says.
std::vector<pde_value> readParams(const pde_program &program,
                                  const std::vector<NamedValue> &given);

/// The sizes that --size gives, PDE_MAX_RANK for each grid; 0 where it gives
/// none.
std::vector<int64_t> readSizes(const pde_program &program,
                               const std::vector<NamedValue> &given);

/// The value of --threads; an empty text stands for all that there are.
int readThreads(const std::string &text);

/// The value of --memory in bytes, such as 512M or 4G; an empty text stands for
/// the default.
int64_t readMemory(const std::string &text);

/// The value of an option that counts steps; 0 without one.
int64_t readSteps(const char *option, const std::string &text);

/// The value of --depth, 8 without one.
int readDepth(const std::string &text);

/// The port that a binding of --input or --output names; `kind` is "input" or
/// "output".
int32_t findPort(const pde_port *ports, int32_t count,
                 const NamedValue &binding, const char *kind);

} // namespace pdert

#endif // PDE_RUNTIME_SETTINGS_H
