//===- MadeFolder.h - folders for outputs -----------------------*- C++ -*-===//

#ifndef PDE_RUNTIME_MADEFOLDER_H
#define PDE_RUNTIME_MADEFOLDER_H

#include "runtime/system/Signals.h"

#include <memory>

namespace pdert {

/// A folder that is made if it is missing, and removed again unless the run
/// succeeds.
class MadeFolder {
public:
  /// Makes the folder, whose own folder must exist; leaves errors to whoever
  /// makes files in it.
  explicit MadeFolder(const std::string &path);
  ~MadeFolder();
  MadeFolder(const MadeFolder &) = delete;
  MadeFolder &operator=(const MadeFolder &) = delete;

  /// From now on it stays.
  void keep() { listed.reset(); }

private:
  std::string path;
  std::unique_ptr<RemovedBySignals> listed; ///< null: it stays
};

} // namespace pdert

#endif // PDE_RUNTIME_MADEFOLDER_H
