//===- ArrayRecord.h - a record as an array that grows ---------*- C++ -*-===//

#ifndef PDE_RUNTIME_ARRAYRECORD_H
#define PDE_RUNTIME_ARRAYRECORD_H

#include "runtime/files/AtomicFile.h"
#include "runtime/files/InputFile.h"
#include "runtime/files/RecordFile.h"

#include <string>
#include <string_view>
#include <vector>

namespace pdert {

/// An array whose first axis grows while it is written. An .npy file says at
/// its beginning how long it is, so that the file must be one that can be gone
/// back in; a .csv file holds rows of numbers, below their names.
class ArrayRecord : public RecordFile {
public:
  /// `sizes` are those of an entry. `columns` names the numbers of a row.
  ArrayRecord(AtomicFile &file, FileFormat format, pde_type type,
              std::vector<int64_t> sizes,
              const std::vector<std::string> &columns);

  void add(int64_t step, const Field &entry) override;
  void finish() override;
  ArrayRecord *asArray() override { return this; }

  /// A piece of what another run's file holds, which has `entries` in all.
  void addSaved(std::string_view piece, int64_t entries);
  /// What was added so far, in bytes of the file, and a part of that.
  int64_t length() const { return added; }
  void readBack(int64_t offset, void *data, size_t length) const;
  FileFormat format() const { return written; }

private:
  std::string header(int64_t count) const;
  void addRow(const double *row);

  AtomicFile &file;
  FileFormat written;
  pde_type type;
  std::vector<int64_t> sizes;
  size_t entryBytes, headerBytes = 0;
  int64_t count = 0, added = 0;
};

} // namespace pdert

#endif // PDE_RUNTIME_ARRAYRECORD_H
