//===- RunReport.h - all about a run on one page ----------------*- C++ -*-===//

#ifndef PDE_RUNTIME_RUNREPORT_H
#define PDE_RUNTIME_RUNREPORT_H

#include "runtime/execution/Context.h"
#include "runtime/execution/Convergence.h"
#include "runtime/plots/Panel.h"

#include <string>
#include <vector>

namespace pdert {

/// What a report says of an input, an output or a record.
struct DataFact {
  std::string name;
  std::string place; ///< the grid and its cells
  std::string file;  ///< where it came from or went
  std::string values;
};

/// What only the command line knows of a run.
struct RunFacts {
  const pde_context &ctx;
  std::string command; ///< as it was given, with all options
  std::vector<DataFact> inputs, outputs;
  std::vector<std::string> warnings;
  const std::vector<LoopHistory> &histories;
  std::vector<Panel> panels;
  std::string profile;
};

/// A self-contained page of HTML: it loads nothing and runs no script.
std::string runReport(const RunFacts &facts);

} // namespace pdert

#endif // PDE_RUNTIME_RUNREPORT_H
