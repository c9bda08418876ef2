//===- File.cpp - reading regular files -----------------------------------===//

#include "runtime/files/File.h"
#include "runtime/system/StandardStreams.h"
#include "runtime/system/Text.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

using namespace pdert;

/// Opens a regular file.
static int openFile(const std::string &path) {
  // Without O_NONBLOCK, opening a FIFO would wait for a writer.
  int descriptor = open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (descriptor < 0)
    failWithSystemReason(errno);
  struct stat status;
  int error = fstat(descriptor, &status) != 0 ? errno
              : S_ISDIR(status.st_mode)       ? EISDIR
                                              : 0;
  if (error || !S_ISREG(status.st_mode))
    close(descriptor);
  if (error)
    failWithSystemReason(error);
  if (!S_ISREG(status.st_mode))
    fail("it is not a regular file");
  return descriptor;
}

File::File(const std::string &path)
    : descriptor(isStandardStream(path) ? openStandardInput()
                                        : openFile(path)) {
  struct stat status;
  numBytes = fstat(descriptor, &status) == 0 ? status.st_size : 0;
}

File::File(const File &whole, int64_t offset, int64_t length)
    : descriptor(fcntl(whole.descriptor, F_DUPFD_CLOEXEC, 0)), numBytes(length),
      start(whole.start + offset) {
  if (descriptor < 0)
    failWithSystemReason(errno);
}

File::File(File &&other) noexcept
    : descriptor(std::exchange(other.descriptor, -1)), numBytes(other.numBytes),
      start(other.start) {}

File::~File() {
  if (descriptor >= 0)
    close(descriptor);
}

size_t File::readSomeAt(int64_t offset, void *data, size_t length) const {
  ssize_t count;
  do
    count = pread(descriptor, data, std::min(length, size_t(1) << 30),
                  start + offset);
  while (count < 0 && errno == EINTR);
  if (count < 0)
    failWithSystemReason(errno);
  return count;
}

void File::readAt(int64_t offset, void *data, size_t length) const {
  while (length > 0) {
    size_t count = readSomeAt(offset, data, length);
    if (count == 0)
      fail("the file became shorter while it was read");
    data = static_cast<char *>(data) + count;
    offset += count;
    length -= count;
  }
}
