//===- ReferenceRun.cpp - the plain evaluator on a module -----------------===//
//
//   reference-run MODULE.mlir < DATA
//
// DATA has lines `size GRID N...`, `param NAME VALUE` and `input NAME
// VALUE...`. Prints a line `NAME VALUE...` for each output, or why there are
// none.
//
//===----------------------------------------------------------------------===//

#include "compiler/reference/Evaluate.h"
#include "compiler/stages/Compiler.h"
#include "compiler/verify/VerifySizes.h"

#include <cstdio>
#include <iostream>
#include <sstream>

using namespace pdec;

static reference::Data readData(const pde::Interface &interface) {
  reference::Data data;
  data.sizes.assign(3 * interface.grids.size(), 1);
  data.inputs.resize(interface.inputs.size());
  std::string line, kind, name;
  while (std::getline(std::cin, line)) {
    std::istringstream words(line);
    words >> kind >> name;
    if (kind == "size") {
      int64_t *sizes = &data.sizes[3 * interface.gridIndex(name)];
      while (words >> *sizes)
        ++sizes;
    } else if (kind == "param") {
      words >> data.params[name];
    } else {
      std::string value; // streams do not read nan
      while (words >> value)
        data.inputs[interface.inputIndex(name)].push_back(std::stod(value));
    }
  }
  data.sizes = driver::GridSizes(interface, data.sizes).all();
  return data;
}

int main(int, char **argv) {
  driver::CompilerOptions options;
  options.file = argv[1];
  driver::Failure failure;
  if (!driver::readScript(options, failure))
    return 1;
  auto compiler = driver::Compiler::create(options);
  if (!compiler)
    return 1;
  auto scheme = compiler->read(failure);
  if (!scheme)
    return 1;
  const pde::Interface &interface = scheme->interface;
  auto result =
      reference::evaluate(*scheme->module, interface, readData(interface));
  if (!result.failure.empty()) {
    std::printf("%s\n", result.failure.c_str());
    return 0;
  }
  for (size_t port = 0; port < interface.outputs.size(); ++port) {
    std::printf("%s", interface.outputs[port].name.c_str());
    for (double value : result.outputs[port])
      std::printf(" %.17g", value);
    std::printf("\n");
  }
}
