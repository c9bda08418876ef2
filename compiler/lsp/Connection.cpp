//===- Connection.cpp - messages of a client ------------------------------===//

#include "compiler/lsp/Connection.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringRef.h"

#include <algorithm>
#include <cerrno>
#include <poll.h>
#include <unistd.h>

namespace pdec::lsp {

/// Scripts have at most a MiB, and JSON writes a byte as up to six.
static constexpr size_t mostBytes = 16 << 20;
/// A head that is longer is none.
static constexpr size_t mostHead = 4096;

static size_t endOfHead(llvm::StringRef text) {
  size_t end = text.find("\r\n\r\n"), plain = text.find("\n\n");
  if (end != llvm::StringRef::npos && end < plain)
    return end + 4;
  return plain == llvm::StringRef::npos ? plain : plain + 2;
}

/// What the head's line Content-Length says; 0 if it says nothing.
static size_t lengthIn(llvm::StringRef head) {
  llvm::SmallVector<llvm::StringRef, 4> lines;
  head.split(lines, '\n');
  for (llvm::StringRef line : lines) {
    auto [name, value] = line.split(':');
    size_t length = 0;
    if (name.trim().equals_insensitive("content-length") &&
        !value.trim().getAsInteger(10, length))
      return length;
  }
  return 0;
}

std::optional<Connection::Frame> Connection::frame() const {
  llvm::StringRef text = buffer;
  size_t head = endOfHead(text.take_front(mostHead));
  if (head == llvm::StringRef::npos)
    return text.size() < mostHead
               ? std::nullopt
               : std::optional(Frame{mostHead, 0, /*isSound=*/false});
  size_t body = lengthIn(text.take_front(head));
  if (body == 0 || body > mostBytes)
    return Frame{head, body, /*isSound=*/false};
  if (text.size() < head + body)
    return std::nullopt;
  return Frame{head, body, true};
}

bool Connection::readMore() {
  char bytes[1 << 16];
  ssize_t count;
  do
    count = read(descriptor, bytes, sizeof bytes);
  while (count < 0 && errno == EINTR);
  isAtEnd = count <= 0;
  buffer.append(bytes, size_t(std::max<ssize_t>(count, 0)));
  return !isAtEnd;
}

bool Connection::waitFor(int milliseconds) {
  while (!isAtEnd && !frame()) {
    pollfd waiting = {descriptor, POLLIN, 0};
    int ready = poll(&waiting, 1, milliseconds);
    if (ready < 0 && errno == EINTR)
      continue;
    if (ready <= 0)
      return false;
    readMore();
  }
  return true;
}

bool Connection::skip(size_t bytes) {
  while (bytes > buffer.size()) {
    bytes -= buffer.size();
    buffer.clear();
    if (!readMore())
      return false;
  }
  buffer.erase(0, bytes);
  return true;
}

std::optional<std::string> Connection::next() {
  while (!frame())
    if (!readMore())
      return std::nullopt;
  Frame found = *frame();
  if (!found.isSound)
    return skip(found.head + found.body) ? std::optional(std::string())
                                         : std::nullopt;
  std::string text = buffer.substr(found.head, found.body);
  buffer.erase(0, found.head + found.body);
  return text;
}

} // namespace pdec::lsp
