//===- AtomicFile.h - files that appear whole or not at all -----*- C++ -*-===//

#ifndef PDE_RUNTIME_ATOMICFILE_H
#define PDE_RUNTIME_ATOMICFILE_H

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

struct stat;

namespace pdert {

/// While it lives, signals remove a file, whether it exists or not.
class RemovedBySignals {
public:
  explicit RemovedBySignals(std::string path);
  ~RemovedBySignals();
  RemovedBySignals(const RemovedBySignals &) = delete;
  RemovedBySignals &operator=(const RemovedBySignals &) = delete;

private:
  struct Entry;
  friend void removeListedFiles();
  std::string path;
  Entry *entry;
};

/// A file that is written under a temporary name and gets its own at the end,
/// where links lead, with the permissions and the owner of the file that it
/// replaces. Devices and FIFOs are written directly. Members throw a Failure
/// whose message is the reason alone ("No space left on device").
class AtomicFile {
public:
  /// Makes the temporary file, so that what forbids writing is told at once: in
  /// the folder of the target, or, if that takes no files, in that for
  /// temporary ones.
  explicit AtomicFile(const std::string &path, unsigned mode = 0666);

  /// Removes the temporary file unless it was published.
  ~AtomicFile();
  AtomicFile(const AtomicFile &) = delete;
  AtomicFile &operator=(const AtomicFile &) = delete;

  /// Whether the target is a regular file, or none yet.
  bool isRegular() const { return regular; }

  /// The target with links resolved: equal for equal files.
  const std::string &target() const { return targetPath; }

  /// Throws when the disk has less than `bytes` left.
  void checkSpace(int64_t bytes) const;

  /// Writes through a small buffer; large pieces go directly.
  void write(const void *data, size_t length);

  /// Writes what the buffer holds and closes the file.
  void close();

  /// Gives the closed file its name. Where that is not possible, as for a file
  /// that is a mount of its own, its contents replace those of the target.
  void publish();

private:
  bool openTemporary(const std::string &folder);
  void keepAttributes(const struct stat &status);
  void copyToTarget();
  void writeThrough(const char *data, size_t length);

  std::string targetPath, temporaryPath;
  std::vector<char> buffer;
  int descriptor = -1;
  std::unique_ptr<RemovedBySignals> listed;
  bool regular = true, keepsTarget = false; ///< the target's file stays
};

/// Writes a whole file; returns why that failed, or nothing. A new one gets the
/// permissions `mode`, less what the user's mask takes away.
std::string writeWholeFile(const std::string &path, const void *data,
                           size_t length, unsigned mode = 0666);

/// Lets the signals that end a process remove the temporary files before, and
/// turns SIGPIPE and SIGXFSZ into errors of write. Signals that somebody
/// handles already are left to him. Lasts until it goes out of scope, which
/// restores what was before.
class SignalCleanup {
public:
  SignalCleanup();
  ~SignalCleanup();
  SignalCleanup(const SignalCleanup &) = delete;
  SignalCleanup &operator=(const SignalCleanup &) = delete;

  static constexpr int numSignals = 13;

private:
  void (*previous[numSignals])(int);
};

} // namespace pdert

#endif // PDE_RUNTIME_ATOMICFILE_H
