//===- FileRecords.cpp - the records of a run, and its state --------------===//

#include "runtime/command/FileRecords.h"
#include "runtime/execution/Settings.h"
#include "runtime/files/AnimatedPng.h"
#include "runtime/files/ArrayRecord.h"
#include "runtime/files/OutputFormats.h"
#include "runtime/files/VtiSeries.h"

using namespace pdert;

//===----------------------------------------------------------------------===//
// States
//===----------------------------------------------------------------------===//

void FileRecords::prepareState(pde_context &ctx) {
  ctx.restart.isSaving = !options.saveState.empty();
  ctx.restart.every = readSteps("--every", options.every);
  ctx.restart.stopAfter = readSteps("--stop-after", options.stopAfter);
  if (!ctx.restart.isSaving && !(options.every + options.stopAfter).empty())
    fail(
        "--every and --stop-after are for --save-state, but no state is saved");
  if (!options.resume.empty()) {
    resumed = std::make_unique<StateFile>(options.resume);
    resumed->resume(ctx.restart);
  }
  ctx.restart.check(ctx);
  for (size_t record = 0; resumed && record < records.size(); ++record)
    if (record < resumed->numRecords())
      records[record].summary = resumed->summary(record);
}

void FileRecords::saveState(const std::string &state) const {
  std::vector<RecordSoFar> soFar;
  for (const Record &record : records)
    soFar.push_back(
        {record.summary, record.file ? record.file->asArray() : nullptr});
  writeState(options.saveState, state, soFar);
}

//===----------------------------------------------------------------------===//
// Records
//===----------------------------------------------------------------------===//

/// The sizes of an entry of a record's array: of numbers, with the step.
static std::vector<int64_t> entrySizes(const pde_context &ctx,
                                       const pde_record &record) {
  if (record.columns)
    return {record.columns + 1};
  auto sizes = ctx.sizesOf(record.port);
  int32_t rank = ctx.program.grids[record.port.grid].rank;
  return std::vector<int64_t>(sizes.begin(), sizes.begin() + rank);
}

/// The names of a row's numbers: E, or E.0, E.1 and so on.
static std::vector<std::string> columnNames(const pde_record &record) {
  std::vector<std::string> names = {"step"};
  std::string name = record.port.name;
  for (int32_t column = 0; column < record.columns; ++column)
    names.push_back(record.columns == 1 ? name
                                        : name + "." + std::to_string(column));
  return names;
}

std::unique_ptr<RecordFile> FileRecords::make(const pde_context &ctx,
                                              int32_t record, AtomicFile &file,
                                              const std::string &path,
                                              int depth) {
  const pde_record &described = ctx.program.records[record];
  switch (formatOf(path)) {
  case FileFormat::Pvd:
    return std::make_unique<VtiSeries>(
        file, path, [=](const std::string &snapshot) -> AtomicFile & {
          snapshotFiles.push_back(
              {record, std::make_unique<AtomicFile>(snapshot)});
          return *snapshotFiles.back().second;
        });
  case FileFormat::Png:
    return std::make_unique<AnimatedPng>(file, depth);
  default:
    return std::make_unique<ArrayRecord>(
        file, formatOf(path),
        described.columns ? PDE_F64 : static_cast<pde_type>(ctx.program.type),
        entrySizes(ctx, described), columnNames(described));
  }
}

void FileRecords::open(const pde_context &ctx, int32_t record, AtomicFile &file,
                       const std::string &path, int depth) {
  records[record].file = make(ctx, record, file, path, depth);
  ArrayRecord *array = records[record].file->asArray();
  if (options.saveState.empty() && !resumed)
    return;
  if (!array || !file.isRegular())
    fail("a run that goes on later has records in .npy and .csv files of their "
         "own only");
  if (resumed)
    resumed->copy(record, *array);
}

void FileRecords::add(pde_context &ctx, int32_t record, int64_t step,
                      const void *data, const GridPositions &positions) {
  const pde_record &described = ctx.program.records[record];
  RecordSummary &known = records[record].summary;
  ++known.entries;
  known.lastStep = step;
  if (described.columns) {
    auto *numbers = static_cast<const double *>(data);
    known.lastNumber = numbers[0];
    row.assign(1, static_cast<double>(step));
    row.insert(row.end(), numbers, numbers + described.columns);
    data = row.data();
  }
  if (!records[record].file)
    return;
  const pde_port &port = described.port;
  std::vector<int64_t> sizes = entrySizes(ctx, described);
  Field entry = {port.name,
                 static_cast<pde_type>(ctx.program.type),
                 data,
                 sizes.data(),
                 static_cast<int>(sizes.size()),
                 described.columns ? GridPositions()
                                   : positionsOf(port, positions)};
  records[record].file->add(step, entry);
}

void FileRecords::finish(int32_t record) {
  if (records[record].file)
    records[record].file->finish();
}
