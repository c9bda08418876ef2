//===- StandardStreams.cpp - standard input and output as files -----------===//

#include "runtime/system/StandardStreams.h"
#include "runtime/system/Text.h"

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>

using namespace pdert;

bool pdert::isStandardStream(const std::string &path) {
  return path == "-" ||
         (path.compare(0, 2, "-.") == 0 && path.find('/') == std::string::npos);
}

std::string pdert::placeText(const std::string &path, const char *stream) {
  return isStandardStream(path) ? stream : quoted(path);
}

void pdert::claimStandardInput(const std::string &reader) {
  static std::string owner; // as the stream itself, there is one in a process
  if (!owner.empty())
    fail("%s comes from there already, and only one can", owner.c_str());
  owner = reader;
}

/// The same file under a number that is none of the standard streams'.
static int duplicate(int descriptor) {
  int copy = fcntl(descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  if (copy < 0)
    failWithSystemReason(errno);
  return copy;
}

/// Passes a piece of standard input on; false at its end.
static bool copyPiece(std::FILE *to, char *piece, size_t length) {
  ssize_t count;
  do
    count = read(STDIN_FILENO, piece, length);
  while (count < 0 && errno == EINTR);
  if (count < 0)
    failWithSystemReason(errno);
  if (std::fwrite(piece, 1, count, to) != static_cast<size_t>(count) ||
      (count == 0 && std::fflush(to) != 0))
    fail("what comes from there does not fit into a temporary file");
  return count > 0;
}

int pdert::openStandardInput() {
  struct stat status;
  if (fstat(STDIN_FILENO, &status) != 0)
    failWithSystemReason(errno);
  if (S_ISREG(status.st_mode) && lseek(STDIN_FILENO, 0, SEEK_CUR) == 0)
    return duplicate(STDIN_FILENO);
  std::unique_ptr<std::FILE, int (*)(std::FILE *)> copy(std::tmpfile(),
                                                        std::fclose);
  if (!copy)
    failWithSystemReason(errno);
  char piece[1 << 16];
  while (copyPiece(copy.get(), piece, sizeof piece)) {
  }
  return duplicate(fileno(copy.get()));
}

int pdert::openStandardOutput() {
  int mode = fcntl(STDOUT_FILENO, F_GETFL);
  if (mode < 0 || (mode & O_ACCMODE) == O_RDONLY)
    failWithSystemReason(EBADF);
  return duplicate(STDOUT_FILENO);
}

void pdert::occupyClosedStreams() {
  for (int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (fcntl(stream, F_GETFL) < 0 && errno == EBADF)
      // The lowest number that is free is this one.
      if (open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY) < 0)
        return;
}
