//===- Publish.h - files that appear together or not at all -----*- C++ -*-===//

#ifndef PDE_RUNTIME_PUBLISH_H
#define PDE_RUNTIME_PUBLISH_H

#include "runtime/files/AtomicFile.h"

#include <functional>
#include <string_view>

namespace pdert {

/// Gives closed files their names, all or none: where one fails, those before
/// it are put back. Signals wait meanwhile. The Failure's message is
/// tell(i, reason) for file i; it names those that cannot be put back.
void publishTogether(
    const std::vector<AtomicFile *> &files,
    const std::function<std::string(size_t, const std::string &)> &tell);

/// A file to be written; a new one gets the permissions `mode`, less what the
/// user's mask takes away.
struct WholeFile {
  std::string path;
  std::string_view content;
  unsigned mode = 0666;
};

/// Writes files, all or none. Returns "cannot write 'PATH': REASON", or
/// nothing.
std::string writeTogether(const std::vector<WholeFile> &files);

} // namespace pdert

#endif // PDE_RUNTIME_PUBLISH_H
