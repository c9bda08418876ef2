//===- PortPaths.h - the files that a command line names --------*- C++ -*-===//

#ifndef PDE_RUNTIME_PORTPATHS_H
#define PDE_RUNTIME_PORTPATHS_H

#include "runtime/execution/Options.h"
#include "runtime/pde_runtime.h"

#include <vector>

namespace pdert {

/// The file of each input, empty where none is given, and of parameter arrays,
/// which are no inputs to users. Throws a Failure for what
/// the script does not have or what is given twice.
std::vector<std::string> inputPaths(const pde_program &program,
                                    const Options &options);

/// What may go to files: outputs, then what is recorded.
std::vector<pde_port> writtenPorts(const pde_program &program);

/// The same for these. What goes to a folder (DIR/) is DIR/NAME.npy; a folder
/// without a name takes all outputs that no other --output names.
std::vector<std::string> outputPaths(const pde_program &program,
                                     const Options &options);

/// The folders that --output names, each once, as they are written.
std::vector<std::string> outputFolders(const Options &options);

} // namespace pdert

#endif // PDE_RUNTIME_PORTPATHS_H
