//===- Description.h - an interface as the runtime sees it ------*- C++ -*-===//

#ifndef PDEC_CODEGEN_DESCRIPTION_H
#define PDEC_CODEGEN_DESCRIPTION_H

#include "compiler/pde/Interface.h"
#include "runtime/pde_runtime.h"

#include <string>
#include <vector>

namespace pdec::codegen {

/// What a program says of where it comes from.
struct Origin {
  std::string source;      ///< the script's file name
  std::string form;        ///< "kernel" or "network"
  std::string certificate; ///< what is proved of it, for people
  std::string identity;    ///< see pde_program
  /// For reports; see pde_origin. Empty where none will be made.
  std::string script, digest, compiler, options, network;
};

/// The pde_program of an interface, with all but the code that it runs. It is
/// what compiled programs carry (Descriptor.cpp), and by what the runtime's
/// functions can be asked about a program that is still being compiled.
class Description {
public:
  /// The interface must live as long as the description, which names its names.
  Description(const pde::Interface &interface, Origin origin);
  Description(const Description &) = delete;
  Description &operator=(const Description &) = delete;

  const pde_program &program() const { return described; }

private:
  Origin origin;
  std::vector<pde_grid> grids;
  std::vector<pde_param> params;
  std::vector<pde_port> inputs, outputs;
  std::vector<pde_loop> loops;
  std::vector<pde_evolved> evolved;
  std::vector<pde_record> records;
  pde_program described = {};
};

} // namespace pdec::codegen

#endif // PDEC_CODEGEN_DESCRIPTION_H
