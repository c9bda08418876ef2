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

//===----------------------------------------------------------------------===//
// Files that signals remove
//===----------------------------------------------------------------------===//

/// An entry of the list lives for ever and is used again: a handler may read
/// nothing that needs a lock.
struct RemovedBySignals::Entry {
  std::atomic<const char *> path;
  Entry *next;
};

static std::atomic<void *> listedFiles;

RemovedBySignals::RemovedBySignals(std::string path) : path(std::move(path)) {
  auto *first = static_cast<Entry *>(listedFiles.load());
  for (entry = first; entry; entry = entry->next) {
    const char *none = nullptr;
    if (entry->path.compare_exchange_strong(none, this->path.c_str()))
      return;
  }
  entry = new Entry{this->path.c_str(), first};
  void *before = first;
  while (!listedFiles.compare_exchange_weak(before, entry))
    entry->next = static_cast<Entry *>(before);
}

RemovedBySignals::~RemovedBySignals() { entry->path = nullptr; }

namespace pdert {
void removeListedFiles() {
  auto *entry = static_cast<RemovedBySignals::Entry *>(listedFiles.load());
  for (; entry; entry = entry->next)
    if (const char *path = entry->path.load())
      unlink(path);
}
} // namespace pdert

//===----------------------------------------------------------------------===//
// Targets
//===----------------------------------------------------------------------===//

static std::string folderOf(const std::string &path) {
  size_t slash = path.rfind('/');
  return slash == std::string::npos ? "" : path.substr(0, slash + 1);
}

/// Where a link to a file that does not exist leads; the path itself if it is
/// none.
static std::string followed(std::string path) {
  constexpr int mostLinks = 40;
  for (int links = 0; links < mostLinks; ++links) {
    char target[PATH_MAX];
    ssize_t length = readlink(path.c_str(), target, sizeof target);
    if (length < 0)
      return path;
    if (length == static_cast<ssize_t>(sizeof target))
      failWithSystemReason(ENAMETOOLONG);
    std::string text(target, length);
    path = text.front() == '/' ? text : folderOf(path) + text;
  }
  failWithSystemReason(ELOOP);
}

/// The path with links resolved; its last part need not exist.
static std::string resolve(const std::string &given) {
  char whole[PATH_MAX];
  if (realpath(given.c_str(), whole))
    return whole;
  std::string path = followed(given), folder = folderOf(path);
  if (!realpath(folder.empty() ? "." : folder.c_str(), whole))
    failWithSystemReason(errno);
  std::string name = path.substr(folder.size()), start = whole;
  return (start == "/" ? "" : start) + "/" + name;
}

/// Gives a new file what its permissions lack, less what the mask takes away.
static void allowMore(int descriptor, unsigned mode) {
  mode_t mask = umask(0);
  umask(mask);
  fchmod(descriptor, mode & ~mask);
}

static const char *temporaryFolder() {
  const char *folder = std::getenv("TMPDIR");
  return folder && *folder ? folder : "/tmp";
}

AtomicFile::AtomicFile(const std::string &path, unsigned mode) {
  targetPath = resolve(path);
  struct stat status;
  bool exists = stat(targetPath.c_str(), &status) == 0;
  if (exists && S_ISDIR(status.st_mode))
    failWithSystemReason(EISDIR);
  // Renaming would replace even a file that forbids being written, and the
  // superuser may write any.
  if (exists && access(targetPath.c_str(), W_OK) != 0)
    failWithSystemReason(errno);
  regular = !exists || S_ISREG(status.st_mode);
  if (exists && regular && !(status.st_mode & 0222))
    failWithSystemReason(EACCES);
  buffer.reserve(1 << 18);
  if (!regular) {
    descriptor = open(targetPath.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0)
      failWithSystemReason(errno);
    return;
  }
  if (openTemporary(folderOf(targetPath))) {
    if (exists)
      keepAttributes(status);
    else if (mode != 0666)
      allowMore(descriptor, mode);
    return;
  }
  int reason = errno;
  keepsTarget = exists;
  if (!exists || !openTemporary(std::string(temporaryFolder()) + "/"))
    failWithSystemReason(reason);
}

/// Those of the file that is replaced. Where its owner cannot be given, the
/// file itself stays.
void AtomicFile::keepAttributes(const struct stat &status) {
  struct stat own;
  bool isOwned = fstat(descriptor, &own) == 0 && own.st_uid == status.st_uid &&
                 own.st_gid == status.st_gid;
  keepsTarget =
      !isOwned && fchown(descriptor, status.st_uid, status.st_gid) != 0;
  fchmod(descriptor, status.st_mode & 07777);
}

/// False, with the reason in errno, if the folder takes no file.
bool AtomicFile::openTemporary(const std::string &folder) {
  static std::atomic<unsigned> counter(0);
  for (int attempt = 0; attempt < 100; ++attempt) {
    timespec time;
    clock_gettime(CLOCK_REALTIME, &time);
    temporaryPath =
        folder + format(".pde-%x-%x-%lx%lx.tmp",
                        static_cast<unsigned>(getpid()), counter++,
                        static_cast<long>(time.tv_sec), time.tv_nsec);
    // Listed before it exists, so that no signal can come between.
    listed = std::make_unique<RemovedBySignals>(temporaryPath);
    descriptor = open(temporaryPath.c_str(),
                      O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor >= 0)
      return true;
    int error = errno;
    listed.reset();
    temporaryPath.clear();
    errno = error;
    if (error != EEXIST)
      return false;
  }
  return false;
}

AtomicFile::~AtomicFile() {
  if (descriptor >= 0)
    ::close(descriptor);
  if (!temporaryPath.empty())
    unlink(temporaryPath.c_str());
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
  bool isDone =
      !keepsTarget && rename(temporaryPath.c_str(), targetPath.c_str()) == 0;
  if (!isDone) {
    bool isTaken =
        errno == EBUSY || errno == EPERM || errno == EACCES || errno == EXDEV;
    if (!keepsTarget && !isTaken)
      failWithSystemReason(errno);
    copyToTarget();
    unlink(temporaryPath.c_str());
  }
  listed.reset();
  temporaryPath.clear();
}

void AtomicFile::copyToTarget() {
  int from = open(temporaryPath.c_str(), O_RDONLY | O_CLOEXEC);
  if (from < 0)
    failWithSystemReason(errno);
  descriptor = open(targetPath.c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC);
  int error = descriptor < 0 ? errno : 0;
  std::vector<char> piece(1 << 18);
  for (ssize_t count = 1; !error && count > 0;) {
    count = read(from, piece.data(), piece.size());
    if (count < 0)
      error = errno;
    else
      writeThrough(piece.data(), count);
  }
  ::close(from);
  if (error)
    failWithSystemReason(error);
  close();
}

std::string pdert::writeWholeFile(const std::string &path, const void *data,
                                  size_t length, unsigned mode) {
  try {
    AtomicFile file(path, mode);
    file.write(data, length);
    file.close();
    file.publish();
    return "";
  } catch (const Failure &failure) {
    return failure.message;
  }
}

//===----------------------------------------------------------------------===//
// Signals
//===----------------------------------------------------------------------===//

extern "C" {
static void removeAndEnd(int signal) {
  removeListedFiles();
  // The default action, so that the parent sees what ended the process.
  std::signal(signal, SIG_DFL);
  raise(signal);
}
}

/// The signals that are handled while a SignalCleanup lives; all but the last
/// two end the process.
static const int handledSignals[SignalCleanup::numSignals] = {
    SIGINT,  SIGTERM, SIGHUP,    SIGQUIT, SIGXCPU, SIGALRM, SIGUSR1,
    SIGUSR2, SIGABRT, SIGVTALRM, SIGPROF, SIGPIPE, SIGXFSZ};
static constexpr int numEnding = SignalCleanup::numSignals - 2;

SignalCleanup::SignalCleanup() {
  for (int i = 0; i < numSignals; ++i) {
    int signal = handledSignals[i];
    previous[i] = std::signal(signal, i < numEnding ? removeAndEnd : SIG_IGN);
    // What nohup or a shell lets a process ignore stays ignored.
    if (previous[i] != SIG_DFL)
      std::signal(signal, previous[i]);
  }
}

SignalCleanup::~SignalCleanup() {
  for (int i = 0; i < numSignals; ++i)
    if (previous[i] != SIG_ERR)
      std::signal(handledSignals[i], previous[i]);
}
