//===- FileRecords.h - the records of a run, and its state ------*- C++ -*-===//

#ifndef PDE_RUNTIME_FILERECORDS_H
#define PDE_RUNTIME_FILERECORDS_H

#include "runtime/command/Report.h"
#include "runtime/command/StateFile.h"
#include "runtime/execution/Options.h"
#include "runtime/files/AtomicFile.h"
#include "runtime/files/RecordFile.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace pdert {

/// What a run records: in files, and as it is summed up. The state of a run
/// holds its records so far, which is why both are here. Members throw a
/// Failure; those that have to do with one record's file leave it to the caller
/// to name that.
class FileRecords {
public:
  FileRecords(const pde_program &program, const Options &options)
      : options(options), records(program.num_records) {}

  /// Sets up what the options say of the run's state.
  void prepareState(pde_context &ctx);
  void saveState(const std::string &state) const;

  /// The file that a record is written to. What another run had recorded when
  /// it ended is written at once. An image has `depth` bits a level.
  void open(const pde_context &ctx, int32_t record, AtomicFile &file,
            const std::string &path, int depth);

  void add(pde_context &ctx, int32_t record, int64_t step, const void *data,
           const GridPositions &positions);
  /// Ends the file, if there is one.
  void finish(int32_t record);

  std::string summary(const pde_context &ctx, int32_t record) const {
    return recordLine(ctx, record, records[record].summary);
  }

  /// Snapshots that are files of their own, and of which record.
  const std::vector<std::pair<int32_t, std::unique_ptr<AtomicFile>>> &
  snapshots() const {
    return snapshotFiles;
  }

private:
  struct Record {
    RecordSummary summary;
    std::unique_ptr<RecordFile> file; ///< null: it is summed up only
  };
  std::unique_ptr<RecordFile> make(const pde_context &ctx, int32_t record,
                                   AtomicFile &file, const std::string &path,
                                   int depth);

  const Options &options;
  std::vector<Record> records;
  std::vector<std::pair<int32_t, std::unique_ptr<AtomicFile>>> snapshotFiles;
  std::unique_ptr<StateFile> resumed; ///< null: the run begins anew
  std::vector<double> row;            ///< of numbers, with the step
};

} // namespace pdert

#endif // PDE_RUNTIME_FILERECORDS_H
