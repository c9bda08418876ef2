//===- Publish.cpp - files that appear together or not at all -------------===//

#include "runtime/files/Publish.h"
#include "runtime/system/Text.h"

using namespace pdert;

/// The order of publication: what cannot be put back comes last.
static std::vector<size_t>
publicationOrder(const std::vector<AtomicFile *> &files) {
  std::vector<size_t> order;
  for (bool isInPlace : {false, true})
    for (size_t i = 0; i < files.size(); ++i)
      if (files[i]->isWrittenInPlace() == isInPlace)
        order.push_back(i);
  return order;
}

/// Takes back what was published, the last first; the end of a message about
/// what stays.
static std::string takeBack(const std::vector<AtomicFile *> &files,
                            const std::vector<size_t> &published) {
  std::string stays;
  for (auto i = published.rbegin(); i != published.rend(); ++i)
    if (!files[*i]->putBack())
      stays += format("; %s is replaced already",
                      quoted(files[*i]->target()).c_str());
  return stays;
}

void pdert::publishTogether(
    const std::vector<AtomicFile *> &files,
    const std::function<std::string(size_t, const std::string &)> &tell) {
  HeldSignals held;
  std::vector<size_t> published;
  for (size_t i : publicationOrder(files))
    try {
      files[i]->publish();
      published.push_back(i);
    } catch (const Failure &failure) {
      throw Failure{tell(i, failure.message) + takeBack(files, published)};
    }
  for (AtomicFile *file : files)
    file->removeTemporary();
}

static std::string writeFailure(const std::string &path,
                                const std::string &reason) {
  return "cannot write " + quoted(path) + ": " + reason;
}

/// Writes a file up to its publication.
static std::unique_ptr<AtomicFile> prepare(const WholeFile &whole) {
  try {
    auto file = std::make_unique<AtomicFile>(whole.path, whole.mode);
    file->write(whole.content.data(), whole.content.size());
    file->close();
    return file;
  } catch (const Failure &failure) {
    throw Failure{writeFailure(whole.path, failure.message)};
  }
}

std::string pdert::writeTogether(const std::vector<WholeFile> &files) {
  try {
    std::vector<std::unique_ptr<AtomicFile>> prepared;
    std::vector<AtomicFile *> pointers;
    for (const WholeFile &file : files) {
      prepared.push_back(prepare(file));
      pointers.push_back(prepared.back().get());
    }
    publishTogether(pointers, [&](size_t i, const std::string &reason) {
      return writeFailure(files[i].path, reason);
    });
    return "";
  } catch (const Failure &failure) {
    return failure.message;
  }
}
