//===- VtiSeries.h - snapshots as files of ParaView -------------*- C++ -*-===//

#ifndef PDE_RUNTIME_VTISERIES_H
#define PDE_RUNTIME_VTISERIES_H

#include "runtime/files/AtomicFile.h"
#include "runtime/files/RecordFile.h"

#include <functional>
#include <string>
#include <vector>

namespace pdert {

/// A .pvd file, which names a .vti file for each snapshot, in its folder.
class VtiSeries : public RecordFile {
public:
  /// Opens the file of a snapshot, which appears with all others.
  using Open = std::function<AtomicFile &(const std::string &path)>;

  VtiSeries(AtomicFile &file, const std::string &path, Open open);
  void add(int64_t step, const Field &entry) override;
  void finish() override;

private:
  void write(const std::string &text);

  AtomicFile &file;
  std::string stem; ///< of the paths of snapshots
  Open open;
};

} // namespace pdert

#endif // PDE_RUNTIME_VTISERIES_H
