//===- File.h - reading regular files ---------------------------*- C++ -*-===//

#ifndef PDE_RUNTIME_FILE_H
#define PDE_RUNTIME_FILE_H

#include <cstddef>
#include <cstdint>
#include <string>

namespace pdert {

/// A regular file open for reading, or all of standard input. Members throw a
/// Failure whose message is the reason alone; the caller knows which file it
/// is.
class File {
public:
  explicit File(const std::string &path);
  /// A part of another one, as a file of its own.
  File(const File &whole, int64_t offset, int64_t length);
  ~File();
  File(File &&other) noexcept;
  File &operator=(const File &) = delete;

  /// In bytes, when the file was opened.
  int64_t size() const { return numBytes; }

  /// Fills `data` from `offset` on; fewer bytes there are a Failure.
  void readAt(int64_t offset, void *data, size_t length) const;

  /// Reads up to `length` bytes; returns how many, 0 at the end.
  size_t readSomeAt(int64_t offset, void *data, size_t length) const;

private:
  int descriptor;
  int64_t numBytes;
  int64_t start = 0; ///< in the file, of a part
};

} // namespace pdert

#endif // PDE_RUNTIME_FILE_H
