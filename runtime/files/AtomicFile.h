//===- AtomicFile.h - files that appear whole or not at all -----*- C++ -*-===//

#ifndef PDE_RUNTIME_ATOMICFILE_H
#define PDE_RUNTIME_ATOMICFILE_H

#include "runtime/system/Signals.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

struct stat;

namespace pdert {

/// A file that is written under a temporary name and gets its own at the end
/// (publishTogether), where links lead, with the permissions and the owner of
/// the file that it replaces. Devices, FIFOs and standard output are written
/// directly. Members throw a Failure whose message is the reason alone ("No
/// space left on device").
class AtomicFile {
public:
  /// Makes the temporary file, so that what forbids writing is told at once: in
  /// the folder of the target, or, if that takes no files, in that for
  /// temporary ones.
  explicit AtomicFile(const std::string &path, unsigned mode = 0666);

  static std::unique_ptr<AtomicFile> standardOutput();

  /// Removes the temporary file, or what publish() left of the old one.
  ~AtomicFile();
  AtomicFile(const AtomicFile &) = delete;
  AtomicFile &operator=(const AtomicFile &) = delete;

  /// Whether the target is a regular file, or none yet.
  bool isRegular() const { return regular; }

  /// The target with links resolved: equal for equal files.
  const std::string &target() const { return targetPath; }

  /// Whether publish() has to write into the file that is there, which a
  /// failure may leave incomplete and putBack() cannot restore.
  bool isWrittenInPlace() const { return keepsTarget; }

  /// The device that holds the new file; 0 for what is no regular file.
  uint64_t device() const;

  /// Throws when the disk has less than `bytes` left.
  void checkSpace(double bytes) const;

  /// Writes through a small buffer; large pieces go directly.
  void write(const void *data, size_t length);

  /// Replaces the first bytes of a regular file, of which more are written.
  void overwrite(const void *data, size_t length);

  /// Reads what was written to a regular file.
  void readBack(int64_t offset, void *data, size_t length);

  /// Writes what the buffer holds and closes the file.
  void close();

  /// Gives the closed file its name. Where that is not possible, as for a file
  /// that is a mount of its own, its contents replace those of the target.
  void publish();

  /// Undoes publish(); false if nothing is left of the old file.
  bool putBack();

  /// Removes what publish() left of the old file.
  void removeTemporary();

private:
  AtomicFile() = default;
  bool replaceTarget();
  bool openTemporary(const std::string &folder);
  void keepAttributes(const struct stat &status);
  void copyToTarget();
  void writeThrough(const char *data, size_t length);

  std::string targetPath, temporaryPath;
  std::vector<char> buffer;
  int descriptor = -1;
  std::unique_ptr<RemovedBySignals> listed;
  bool regular = true, keepsTarget = false; ///< the target's file stays

  /// Where the contents are: under the temporary name; under the target's,
  /// with the old ones under the temporary name; or with none, since there
  /// were none, or for good.
  enum class Place { Temporary, Exchanged, New, Final };
  Place place = Place::Temporary;
};

} // namespace pdert

#endif // PDE_RUNTIME_ATOMICFILE_H
