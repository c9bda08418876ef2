//===- AtomicFile.h - files that appear whole or not at all -----*- C++ -*-===//

#ifndef PDE_RUNTIME_ATOMICFILE_H
#define PDE_RUNTIME_ATOMICFILE_H

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace pdert {

/// A file that is written under a temporary name in its own folder and gets its
/// name at the end. Devices and FIFOs are written directly. Members throw a
/// Failure whose message is the reason alone ("No space left on device").
class AtomicFile {
public:
  /// Makes the temporary file, so that what forbids writing is told at once.
  explicit AtomicFile(const std::string &path);

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

  /// Gives the closed file its name.
  void publish();

private:
  void openTemporary();
  void writeThrough(const char *data, size_t length);
  void forget();

  std::string targetPath, temporaryPath;
  std::vector<char> buffer;
  int descriptor = -1;
  int slot = -1; ///< in the list of files that a signal removes
  bool regular = true;
};

/// Lets SIGINT, SIGTERM and SIGHUP remove the temporary files before they end
/// the process, and turns SIGPIPE and SIGXFSZ into errors of write. Lasts until
/// it goes out of scope, which restores what was before.
class SignalCleanup {
public:
  SignalCleanup();
  ~SignalCleanup();
  SignalCleanup(const SignalCleanup &) = delete;
  SignalCleanup &operator=(const SignalCleanup &) = delete;

  static constexpr int numSignals = 5;

private:
  void (*previous[numSignals])(int);
};

} // namespace pdert

#endif // PDE_RUNTIME_ATOMICFILE_H
