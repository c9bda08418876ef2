//===- Watch.h - checks of each time step -----------------------*- C++ -*-===//

#ifndef PDE_RUNTIME_WATCH_H
#define PDE_RUNTIME_WATCH_H

#include <cstdint>
#include <map>

namespace pdert {

/// What a run that is watched remembers of its evolutions.
struct Watch {
  bool isOn = false;
  /// Without being on: after which step it was looked last at what the current
  /// evolution carries, and before that.
  int64_t checked = 0, checkedBefore = 0;
  /// By position in pde_program::evolved: the Euclidean norm a step ago.
  std::map<int, double> norms;
};

} // namespace pdert

#endif // PDE_RUNTIME_WATCH_H
