//===- Graphviz.cpp - pictures that another program draws -----------------===//

#include "runtime/report/Graphviz.h"

#include <cstdio>
#include <cstdlib>
#include <unistd.h>

using namespace pdert;

namespace {

/// A file that nobody else can name in time, gone at the end.
class TemporaryFile {
public:
  explicit TemporaryFile(const std::string &text) {
    int descriptor = mkstemp(path);
    if (descriptor < 0)
      return;
    size_t done = 0;
    while (done < text.size()) {
      ssize_t step =
          ::write(descriptor, text.data() + done, text.size() - done);
      if (step <= 0)
        break;
      done += static_cast<size_t>(step);
    }
    isWhole = ::close(descriptor) == 0 && done == text.size();
    isThere = true;
  }
  ~TemporaryFile() {
    if (isThere)
      unlink(path);
  }
  TemporaryFile(const TemporaryFile &) = delete;
  TemporaryFile &operator=(const TemporaryFile &) = delete;

  char path[32] = "/tmp/pde-network-XXXXXX";
  bool isWhole = false;

private:
  bool isThere = false;
};

} // namespace

std::string pdert::drawWithGraphviz(const std::string &graph) {
  TemporaryFile file(graph);
  if (!file.isWhole)
    return "";
  std::string command =
      std::string("dot -Tsvg -Glabeljust=l < ") + file.path + " 2> /dev/null";
  std::FILE *pipe = popen(command.c_str(), "r");
  if (!pipe)
    return "";
  std::string text;
  char buffer[4096];
  while (size_t length = std::fread(buffer, 1, sizeof buffer, pipe))
    text.append(buffer, length);
  bool isFine = pclose(pipe) == 0;
  size_t begin = text.find("<svg");
  return isFine && begin != std::string::npos ? text.substr(begin) : "";
}
