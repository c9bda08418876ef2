//===- StateFile.cpp - the state of a run on files ------------------------===//

#include "runtime/command/StateFile.h"
#include "runtime/execution/StateBytes.h"
#include "runtime/files/Publish.h"

#include <algorithm>

using namespace pdert;

/// What is copied at a time; both sides sum up the same pieces.
static constexpr int64_t pieceBytes = int64_t(1) << 18;

/// Hands the pieces of `length` bytes over: read(offset, piece), then use.
/// Returns their checksum.
template <typename Read, typename Use>
static uint64_t forEachPiece(int64_t length, Read &&read, Use &&use) {
  std::string piece;
  uint64_t sum = 0;
  for (int64_t offset = 0; offset < length; offset += pieceBytes) {
    piece.resize(std::min(pieceBytes, length - offset));
    read(offset, piece);
    sum = checksum(piece, sum);
    use(piece);
  }
  return sum;
}

static void appendRecord(AtomicFile &file, const RecordSoFar &record,
                         int32_t format) {
  std::string head;
  append(head, record.summary.entries);
  append(head, record.summary.lastStep);
  append(head, record.summary.lastNumber);
  append(head, format);
  int64_t length = record.file ? record.file->length() : 0;
  append(head, length);
  file.write(head.data(), head.size());
  if (!record.file)
    return;
  uint64_t sum = forEachPiece(
      length,
      [&](int64_t offset, std::string &piece) {
        record.file->readBack(offset, piece.data(), piece.size());
      },
      [&](const std::string &piece) {
        file.write(piece.data(), piece.size());
      });
  file.write(&sum, sizeof sum);
}

void pdert::writeState(const std::string &path, const std::string &state,
                       const std::vector<RecordSoFar> &records) {
  try {
    AtomicFile file(path);
    file.write(state.data(), state.size());
    for (const RecordSoFar &record : records)
      appendRecord(file, record,
                   record.file ? static_cast<int32_t>(record.file->format())
                               : StateFile::noFile);
    file.close();
    publishTogether({&file},
                    [](size_t, const std::string &reason) { return reason; });
  } catch (const Failure &failure) {
    fail("cannot save the state to %s: %s", quoted(path).c_str(),
         failure.message.c_str());
  }
}

StateFile::StateFile(const std::string &path) : path(path) {
  try {
    file = std::make_unique<File>(path);
  } catch (const Failure &failure) {
    fail("cannot resume from %s: %s", quoted(path).c_str(),
         failure.message.c_str());
  }
}

void StateFile::resume(Restart &restart) {
  // Its records, which may be long, are left where they are.
  auto readFirst = [&](uint64_t count) {
    std::string first(std::min<uint64_t>(count, file->size()), 0);
    file->readAt(0, first.data(), first.size());
    return first;
  };
  uint64_t length = Restart::lengthBy(readFirst(Restart::headBytes));
  readRecords(restart.resume(readFirst(length), quoted(path)));
}

void StateFile::readRecords(int64_t place) {
  auto take = [&](auto &value) {
    if (place + int64_t(sizeof value) > file->size())
      fail("cannot resume from %s: it is cut off", quoted(path).c_str());
    file->readAt(place, &value, sizeof value);
    place += sizeof value;
  };
  while (place < file->size()) {
    Saved &record = records.emplace_back();
    take(record.summary.entries);
    take(record.summary.lastStep);
    take(record.summary.lastNumber);
    take(record.format);
    take(record.length);
    record.begin = place;
    if (record.length < 0 || record.length > file->size() - place)
      fail("cannot resume from %s: it is cut off", quoted(path).c_str());
    place += record.length;
    if (record.format != noFile)
      take(record.sum);
  }
}

void StateFile::copy(size_t record, ArrayRecord &to) const {
  // A host that saves a state has the records itself.
  const Saved saved = record < records.size() ? records[record] : Saved();
  if (saved.format == noFile)
    fail("the run that saved %s wrote none, so that its beginning is missing",
         quoted(path).c_str());
  if (saved.format != static_cast<int32_t>(to.format()))
    fail("the run that saved %s wrote it in another format",
         quoted(path).c_str());
  uint64_t sum = forEachPiece(
      saved.length,
      [&](int64_t offset, std::string &piece) {
        file->readAt(saved.begin + offset, piece.data(), piece.size());
      },
      [&](const std::string &piece) {
        to.addSaved(piece, saved.summary.entries);
      });
  if (sum != saved.sum)
    fail("%s is damaged", quoted(path).c_str());
}
