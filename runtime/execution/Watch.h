//===- Watch.h - checks of each time step -----------------------*- C++ -*-===//

#ifndef PDE_RUNTIME_WATCH_H
#define PDE_RUNTIME_WATCH_H

#include <map>

namespace pdert {

/// What a run that is watched remembers of its evolutions.
struct Watch {
  bool isOn = false;
  /// By position in pde_program::evolved: the Euclidean norm a step ago.
  std::map<int, double> norms;
};

} // namespace pdert

#endif // PDE_RUNTIME_WATCH_H
