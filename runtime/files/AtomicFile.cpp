//===- AtomicFile.cpp - files that appear whole or not at all -------------===//

#include "runtime/files/AtomicFile.h"
#include "runtime/system/StandardStreams.h"
#include "runtime/system/Text.h"

#include <atomic>
#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

using namespace pdert;

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

std::unique_ptr<AtomicFile> AtomicFile::standardOutput() {
  std::unique_ptr<AtomicFile> file(new AtomicFile);
  file->regular = false;
  file->descriptor = openStandardOutput();
  return file;
}

AtomicFile::~AtomicFile() {
  if (descriptor >= 0)
    ::close(descriptor);
  removeTemporary();
}

uint64_t AtomicFile::device() const {
  struct stat status;
  return regular && fstat(descriptor, &status) == 0 ? status.st_dev : 0;
}

void AtomicFile::checkSpace(double bytes) const {
  struct statvfs status;
  if (!regular || fstatvfs(descriptor, &status) != 0 || status.f_blocks == 0)
    return;
  double available = static_cast<double>(status.f_bavail) * status.f_frsize;
  if (available < bytes)
    fail("No space left on device: %s are needed, but %s are free",
         bytesText(bytes).c_str(), bytesText(available).c_str());
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
  buffer.reserve(1 << 18); // not before: there may be many files
  if (buffer.size() + length > buffer.capacity()) {
    writeThrough(buffer.data(), buffer.size());
    buffer.clear();
    if (length >= buffer.capacity())
      return writeThrough(bytes, length);
  }
  buffer.insert(buffer.end(), bytes, bytes + length);
}

void AtomicFile::overwrite(const void *data, size_t length) {
  writeThrough(buffer.data(), buffer.size());
  buffer.clear();
  if (lseek(descriptor, 0, SEEK_SET) != 0)
    failWithSystemReason(errno);
  writeThrough(static_cast<const char *>(data), length);
  if (lseek(descriptor, 0, SEEK_END) < 0)
    failWithSystemReason(errno);
}

void AtomicFile::readBack(int64_t offset, void *data, size_t length) {
  writeThrough(buffer.data(), buffer.size());
  buffer.clear();
  auto *bytes = static_cast<char *>(data);
  while (length > 0) {
    ssize_t count = pread(descriptor, bytes, length, offset);
    if (count < 0 && errno == EINTR)
      continue;
    if (count <= 0)
      failWithSystemReason(count < 0 ? errno : EIO);
    bytes += count;
    offset += count;
    length -= count;
  }
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

/// The target keeps its old contents under the temporary name, where the file
/// system can exchange names.
bool AtomicFile::replaceTarget() {
  const char *from = temporaryPath.c_str(), *to = targetPath.c_str();
  if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_EXCHANGE) == 0) {
    place = Place::Exchanged;
    return true;
  }
  bool isNew = errno == ENOENT;
  if (rename(from, to) != 0)
    return false;
  place = isNew ? Place::New : Place::Final;
  listed.reset();
  temporaryPath.clear();
  return true;
}

void AtomicFile::publish() {
  if (!regular)
    return;
  struct stat status;
  // Exchanging names would move a folder away.
  if (stat(targetPath.c_str(), &status) == 0 && S_ISDIR(status.st_mode))
    failWithSystemReason(EISDIR);
  if (!keepsTarget && replaceTarget())
    return;
  bool isTaken =
      errno == EBUSY || errno == EPERM || errno == EACCES || errno == EXDEV;
  if (!keepsTarget && !isTaken)
    failWithSystemReason(errno);
  copyToTarget();
  place = Place::Final;
}

bool AtomicFile::putBack() {
  bool isDone = place == Place::Temporary;
  if (place == Place::Exchanged)
    isDone = rename(temporaryPath.c_str(), targetPath.c_str()) == 0;
  if (place == Place::New)
    isDone = unlink(targetPath.c_str()) == 0;
  return isDone || !regular;
}

void AtomicFile::removeTemporary() {
  if (!temporaryPath.empty())
    unlink(temporaryPath.c_str());
  listed.reset();
  temporaryPath.clear();
}

/// Room for `length` bytes before anything of the file is lost.
static int reserve(int descriptor, off_t length) {
  struct stat before;
  if (fstat(descriptor, &before) != 0)
    return errno;
  int error = length > 0 ? posix_fallocate(descriptor, 0, length) : 0;
  bool isFull = error == ENOSPC || error == EFBIG || error == EDQUOT;
  if (isFull && ftruncate(descriptor, before.st_size) != 0)
    return errno;
  return isFull ? error : 0;
}

void AtomicFile::copyToTarget() {
  int from = open(temporaryPath.c_str(), O_RDONLY | O_CLOEXEC);
  if (from < 0)
    failWithSystemReason(errno);
  struct stat status;
  int error = fstat(from, &status) != 0 ? errno : 0;
  descriptor = open(targetPath.c_str(), O_WRONLY | O_CLOEXEC);
  if (!error)
    error = descriptor < 0 ? errno : reserve(descriptor, status.st_size);
  std::vector<char> piece(1 << 18);
  for (ssize_t count = 1; !error && count > 0;) {
    count = read(from, piece.data(), piece.size());
    if (count < 0)
      error = errno;
    else
      writeThrough(piece.data(), count);
  }
  ::close(from);
  if (!error && ftruncate(descriptor, status.st_size) != 0)
    error = errno;
  if (error)
    failWithSystemReason(error);
  close();
}
