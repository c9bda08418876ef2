//===- AtomicFile.cpp - files that appear whole or not at all -------------===//

#include "AtomicFile.h"
#include "Text.h"

#include <atomic>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

using namespace pdert;

/// Temporary files that a signal removes. A handler may read nothing that
/// needs a lock; what finds no slot is only not removed by signals.
static constexpr int numSlots = 256;
static std::atomic<const char *> temporaryFiles[numSlots];

static int claimSlot(const char *path) {
  for (int slot = 0; slot < numSlots; ++slot) {
    const char *none = nullptr;
    if (temporaryFiles[slot].compare_exchange_strong(none, path))
      return slot;
  }
  return -1;
}

/// The path with links resolved; its last part need not exist.
static std::string resolve(const std::string &path) {
  char whole[PATH_MAX];
  if (realpath(path.c_str(), whole))
    return whole;
  size_t slash = path.rfind('/');
  std::string folder = slash == std::string::npos ? "."
                       : slash == 0               ? "/"
                                                  : path.substr(0, slash);
  if (!realpath(folder.c_str(), whole))
    failWithSystemReason(errno);
  std::string name = slash == std::string::npos ? path : path.substr(slash + 1);
  std::string start = whole;
  return (start == "/" ? "" : start) + "/" + name;
}

AtomicFile::AtomicFile(const std::string &path) {
  targetPath = resolve(path);
  struct stat status;
  bool exists = stat(targetPath.c_str(), &status) == 0;
  if (exists && S_ISDIR(status.st_mode))
    failWithSystemReason(EISDIR);
  // Renaming would replace even a file that forbids being written.
  if (exists && access(targetPath.c_str(), W_OK) != 0)
    failWithSystemReason(errno);
  regular = !exists || S_ISREG(status.st_mode);
  buffer.reserve(1 << 18);
  if (regular) {
    openTemporary();
    if (exists)
      fchmod(descriptor, status.st_mode & 0777); // it keeps its permissions
    return;
  }
  descriptor = open(targetPath.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY);
  if (descriptor < 0)
    failWithSystemReason(errno);
}

void AtomicFile::openTemporary() {
  static std::atomic<unsigned> counter(0);
  std::string folder = targetPath.substr(0, targetPath.rfind('/') + 1);
  for (int attempt = 0; attempt < 100; ++attempt) {
    timespec time;
    clock_gettime(CLOCK_REALTIME, &time);
    temporaryPath =
        folder + format(".pde-%x-%x-%lx%lx.tmp",
                        static_cast<unsigned>(getpid()), counter++,
                        static_cast<long>(time.tv_sec), time.tv_nsec);
    // Listed before it exists, so that no signal can come between.
    slot = claimSlot(temporaryPath.c_str());
    descriptor = open(temporaryPath.c_str(),
                      O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor >= 0)
      return;
    int error = errno;
    forget();
    if (error != EEXIST)
      failWithSystemReason(error);
  }
  failWithSystemReason(EEXIST);
}

/// Takes the temporary file off the list of signals.
void AtomicFile::forget() {
  if (slot >= 0)
    temporaryFiles[slot] = nullptr;
  slot = -1;
}

AtomicFile::~AtomicFile() {
  if (descriptor >= 0)
    ::close(descriptor);
  if (!temporaryPath.empty())
    unlink(temporaryPath.c_str());
  forget();
}

void AtomicFile::checkSpace(int64_t bytes) const {
  struct statvfs status;
  if (!regular || fstatvfs(descriptor, &status) != 0 || status.f_blocks == 0)
    return;
  double available = static_cast<double>(status.f_bavail) * status.f_frsize;
  if (available < static_cast<double>(bytes))
    fail("No space left on device: %s are needed, but %s are free",
         bytesText(static_cast<double>(bytes)).c_str(),
         bytesText(available).c_str());
}

void AtomicFile::writeThrough(const char *data, size_t length) {
  while (length > 0) {
    ssize_t count =
        ::write(descriptor, data, std::min(length, size_t(1) << 24));
    if (count < 0 && errno == EINTR)
      continue;
    if (count < 0)
      failWithSystemReason(errno);
    data += count;
    length -= count;
  }
}

void AtomicFile::write(const void *data, size_t length) {
  auto *bytes = static_cast<const char *>(data);
  if (buffer.size() + length > buffer.capacity()) {
    writeThrough(buffer.data(), buffer.size());
    buffer.clear();
    if (length >= buffer.capacity())
      return writeThrough(bytes, length);
  }
  buffer.insert(buffer.end(), bytes, bytes + length);
}

void AtomicFile::close() {
  writeThrough(buffer.data(), buffer.size());
  buffer = std::vector<char>();
  int result = ::close(descriptor);
  descriptor = -1;
  // Some file systems report a full disk only here.
  if (result != 0 && errno != EINTR)
    failWithSystemReason(errno);
}

void AtomicFile::publish() {
  if (!regular)
    return;
  if (rename(temporaryPath.c_str(), targetPath.c_str()) != 0)
    failWithSystemReason(errno);
  forget();
  temporaryPath.clear();
}

extern "C" {
static void removeAndEnd(int signal) {
  for (std::atomic<const char *> &file : temporaryFiles)
    if (const char *path = file.load())
      unlink(path);
  // The default action, so that the parent sees what ended the process.
  std::signal(signal, SIG_DFL);
  raise(signal);
}
}

/// The signals that are handled while a SignalCleanup lives; the first three
/// end the process.
static const int handledSignals[SignalCleanup::numSignals] = {
    SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGXFSZ};
static constexpr int numEnding = 3;

SignalCleanup::SignalCleanup() {
  for (int i = 0; i < numSignals; ++i) {
    int signal = handledSignals[i];
    previous[i] = std::signal(signal, i < numEnding ? removeAndEnd : SIG_IGN);
    // What nohup or a shell lets a process ignore stays ignored.
    if (previous[i] == SIG_IGN)
      std::signal(signal, SIG_IGN);
  }
}

SignalCleanup::~SignalCleanup() {
  for (int i = 0; i < numSignals; ++i)
    if (previous[i] != SIG_ERR)
      std::signal(handledSignals[i], previous[i]);
}
