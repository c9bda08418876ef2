//===- RecordFile.h - what an evolution records, on its way ----*- C++ -*-===//

#ifndef PDE_RUNTIME_RECORDFILE_H
#define PDE_RUNTIME_RECORDFILE_H

#include "runtime/files/AtomicFile.h"
#include "runtime/files/InputFile.h"

#include <string>
#include <vector>

namespace pdert {

/// An array whose first axis grows while it is written: nothing of it is kept
/// in memory. An .npy file says at its beginning how long it is, so that the
/// file must be one that can be gone back in; a .csv file holds rows of
/// numbers, below their names. Members throw a Failure.
class RecordFile {
public:
  /// `sizes` are those of an entry. `columns` names the numbers of a row.
  RecordFile(AtomicFile &file, FileFormat format, pde_type type,
             std::vector<int64_t> sizes,
             const std::vector<std::string> &columns);

  void add(const void *entry);
  /// Once, before the file is closed.
  void finish();

private:
  std::string header(int64_t count) const;
  void addRow(const double *row);

  AtomicFile &file;
  FileFormat format;
  pde_type type;
  std::vector<int64_t> sizes;
  size_t entryBytes, headerBytes = 0;
  int64_t count = 0;
};

} // namespace pdert

#endif // PDE_RUNTIME_RECORDFILE_H
