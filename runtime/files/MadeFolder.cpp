//===- MadeFolder.cpp - folders for outputs -------------------------------===//

#include "runtime/files/MadeFolder.h"

#include <sys/stat.h>
#include <unistd.h>

using namespace pdert;

MadeFolder::MadeFolder(const std::string &path) : path(path) {
  struct stat status;
  if (lstat(path.c_str(), &status) == 0)
    return;
  // Listed before it exists, so that no signal can come between.
  listed = std::make_unique<RemovedBySignals>(path);
  if (mkdir(path.c_str(), 0777) != 0)
    listed.reset();
}

MadeFolder::~MadeFolder() {
  if (listed)
    rmdir(path.c_str());
}
