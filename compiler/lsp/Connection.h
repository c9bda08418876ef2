//===- Connection.h - messages of a client ----------------------*- C++ -*-===//
//
// Reads the frames of the protocol from a file descriptor. MLIR's own reader
// ends the session at the first message that is none; a client's mistake is
// answered here, and the next message read.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_LSP_CONNECTION_H
#define PDEC_LSP_CONNECTION_H

#include <optional>
#include <string>

namespace pdec::lsp {

class Connection {
public:
  explicit Connection(int descriptor) : descriptor(descriptor) {}

  /// Whether a message, or the end, can be read within a time; negative: at
  /// any time.
  bool waitFor(int milliseconds);
  /// The text of the next message; nothing at the end of all. A message that is
  /// too large, or whose head gives no length, is empty.
  std::optional<std::string> next();

private:
  /// A frame that is here as a whole: the bytes of its head and its body.
  struct Frame {
    size_t head = 0, body = 0;
    bool isSound = true;
  };
  std::optional<Frame> frame() const;
  /// False at the end.
  bool readMore();
  bool skip(size_t bytes);

  int descriptor;
  bool isAtEnd = false;
  std::string buffer;
};

} // namespace pdec::lsp

#endif // PDEC_LSP_CONNECTION_H
