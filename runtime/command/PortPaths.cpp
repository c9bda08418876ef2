//===- PortPaths.cpp - the files that a command line names ----------------===//
//
// Options name files in several ways: NAME=FILE, a FILE alone where there is
// only one port, DIR/ for what no other option names. The result is one path
// for each port, in the order of the script; empty means none. A port with two
// files, or a name that the script does not have, is the user's mistake.
//
//===----------------------------------------------------------------------===//

#include "runtime/command/PortPaths.h"
#include "runtime/execution/DerivedGrids.h"
#include "runtime/execution/Settings.h"
#include "runtime/system/Text.h"

#include <algorithm>

using namespace pdert;

static bool isFolder(const std::string &path) {
  return !path.empty() && path.back() == '/';
}

/// Whether a binding is for all ports that no other names.
static bool isForAll(const NamedValue &binding) {
  return binding.name.empty() && isFolder(binding.value);
}

static std::vector<std::string> pathsOf(const pde_port *ports, int32_t count,
                                        const std::vector<NamedValue> &given,
                                        const char *kind) {
  std::vector<std::string> paths(count);
  for (const NamedValue &binding : given) {
    std::string &path = paths[findPort(ports, count, binding, kind)];
    if (!path.empty())
      fail("%s '%s' is given two files", kind,
           ports[&path - paths.data()].name);
    if (binding.value.empty())
      fail("--%s gives '%s' no file", kind, ports[&path - paths.data()].name);
    path = binding.value;
  }
  return paths;
}

std::vector<std::string> pdert::inputPaths(const pde_program &program,
                                           const Options &options) {
  std::vector<pde_port> ports;
  std::vector<int32_t> places;
  for (int32_t input = 0; input < program.num_inputs; ++input)
    if (!isArray(program, program.inputs[input])) {
      ports.push_back(program.inputs[input]);
      places.push_back(input);
    }
  std::vector<std::string> found =
      pathsOf(ports.data(), ports.size(), options.inputs, "input");
  std::vector<std::string> paths(program.num_inputs);
  for (size_t i = 0; i < places.size(); ++i)
    paths[places[i]] = found[i];
  return paths;
}

/// The folder for what has no file of its own; empty if there is none.
static std::string commonFolder(const std::vector<NamedValue> &given) {
  std::string folder;
  for (const NamedValue &binding : given) {
    if (!isForAll(binding))
      continue;
    if (!folder.empty())
      fail("--output gives all outputs two folders, %s and %s",
           quoted(folder).c_str(), quoted(binding.value).c_str());
    folder = binding.value;
  }
  return folder;
}

std::vector<pde_port> pdert::writtenPorts(const pde_program &program) {
  std::vector<pde_port> ports(program.outputs,
                              program.outputs + program.num_outputs);
  for (int32_t record = 0; record < program.num_records; ++record)
    ports.push_back(program.records[record].port);
  return ports;
}

std::vector<std::string> pdert::outputPaths(const pde_program &program,
                                            const Options &options) {
  std::string folder = commonFolder(options.outputs);
  std::vector<NamedValue> named;
  std::remove_copy_if(options.outputs.begin(), options.outputs.end(),
                      std::back_inserter(named), isForAll);
  std::vector<pde_port> ports = writtenPorts(program);
  std::vector<std::string> paths =
      pathsOf(ports.data(), ports.size(), named, "output");
  for (size_t output = 0; output < ports.size(); ++output) {
    std::string &path = paths[output];
    if (path.empty())
      path = folder;
    // A folder for one output, too: --output u=results/.
    if (isFolder(path))
      path += ports[output].name + std::string(".npy");
  }
  return paths;
}

std::vector<std::string> pdert::outputFolders(const Options &options) {
  std::vector<std::string> folders;
  for (const NamedValue &binding : options.outputs)
    if (isFolder(binding.value) && std::find(folders.begin(), folders.end(),
                                             binding.value) == folders.end())
      folders.push_back(binding.value);
  return folders;
}
