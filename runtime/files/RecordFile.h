//===- RecordFile.h - what an evolution records, on its way ----*- C++ -*-===//

#ifndef PDE_RUNTIME_RECORDFILE_H
#define PDE_RUNTIME_RECORDFILE_H

#include "runtime/files/Field.h"

#include <cstdint>
#include <memory>

namespace pdert {

class ArrayRecord;
class AtomicFile;

/// What an evolution records, entry by entry: no entry is kept in memory.
/// Members throw a Failure.
class RecordFile {
public:
  virtual ~RecordFile() = default;

  /// A field, or numbers behind the count of steps in one row.
  virtual void add(int64_t step, const Field &entry) = 0;
  /// Once, before the file is closed.
  virtual void finish() = 0;

  /// The same, if another run can go on with it; else null.
  virtual ArrayRecord *asArray() { return nullptr; }
};

} // namespace pdert

#endif // PDE_RUNTIME_RECORDFILE_H
