//===- Description.h - an interface as the runtime sees it ------*- C++ -*-===//

#ifndef PDEC_CODEGEN_DESCRIPTION_H
#define PDEC_CODEGEN_DESCRIPTION_H

#include "compiler/pde/Interface.h"
#include "runtime/pde_runtime.h"

#include <string>
#include <vector>

namespace pdec::codegen {

/// The pde_program of an interface, with all but the code that it runs. It is
/// what compiled programs carry (Descriptor.cpp), and by what the runtime's
/// functions can be asked about a program that is still being compiled.
class Description {
public:
  /// `source` and `form` are the script's file and "kernel" or "network". The
  /// interface must live as long as the description, which names its names.
  Description(const pde::Interface &interface, std::string source,
              std::string form);
  Description(const Description &) = delete;
  Description &operator=(const Description &) = delete;

  const pde_program &program() const { return described; }

private:
  std::string source, form;
  std::vector<pde_grid> grids;
  std::vector<pde_param> params;
  std::vector<pde_port> inputs, outputs;
  std::vector<pde_loop> loops;
  pde_program described = {};
};

} // namespace pdec::codegen

#endif // PDEC_CODEGEN_DESCRIPTION_H
