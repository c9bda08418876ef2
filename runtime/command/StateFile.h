//===- StateFile.h - the state of a run on files ----------------*- C++ -*-===//
//
// A run's state, and behind it what its records hold so far, as their files
// have it. All of it is written anew each time, and appears whole or not at
// all: a run that is killed leaves the state before.
//
//===----------------------------------------------------------------------===//

#ifndef PDE_RUNTIME_STATEFILE_H
#define PDE_RUNTIME_STATEFILE_H

#include "runtime/command/Report.h"
#include "runtime/files/ArrayRecord.h"
#include "runtime/files/File.h"

#include <memory>
#include <string>
#include <vector>

namespace pdert {

/// A record so far.
struct RecordSoFar {
  RecordSummary summary;
  const ArrayRecord *file; ///< null: it is summed up only
};

/// Throws a Failure that names the file.
void writeState(const std::string &path, const std::string &state,
                const std::vector<RecordSoFar> &records);

/// The file of a state that a run resumes. Members throw a Failure that names
/// it.
class StateFile {
public:
  explicit StateFile(const std::string &path);
  /// Takes the run's own state.
  void resume(Restart &restart);
  /// Those that the run which saved the state had.
  size_t numRecords() const { return records.size(); }
  const RecordSummary &summary(size_t record) const {
    return records[record].summary;
  }
  /// Writes what a record has so far.
  void copy(size_t record, ArrayRecord &file) const;

private:
  struct Saved {
    RecordSummary summary;
    int32_t format = noFile; ///< a FileFormat
    int64_t begin = 0, length = 0;
    uint64_t sum = 0; ///< checksum
  };
  static constexpr int32_t noFile = -1;
  friend void writeState(const std::string &, const std::string &,
                         const std::vector<RecordSoFar> &);
  void readRecords(int64_t place);

  std::string path;
  std::unique_ptr<File> file;
  std::vector<Saved> records;
};

} // namespace pdert

#endif // PDE_RUNTIME_STATEFILE_H
