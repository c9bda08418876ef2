//===- Help.h - what --help prints ------------------------------*- C++ -*-===//

#ifndef PDE_RUNTIME_HELP_H
#define PDE_RUNTIME_HELP_H

#include "runtime/execution/Options.h"
#include "runtime/pde_runtime.h"

#include <string>

namespace pdert {

/// The lines of an option.
std::string optionText(const OptionInfo &option);

/// Usage, the script's own names with their legal values, the options.
std::string helpText(const pde_program &program, const std::string &command);

} // namespace pdert

#endif // PDE_RUNTIME_HELP_H
