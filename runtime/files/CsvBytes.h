//===- CsvBytes.h - the bytes of a text file, line by line ------*- C++ -*-===//

#ifndef PDE_RUNTIME_CSVBYTES_H
#define PDE_RUNTIME_CSVBYTES_H

#include "runtime/files/File.h"

#include <string_view>
#include <vector>

namespace pdert {

/// Passes through a text file, which may be of any size. Lines end with CR, LF
/// or CR LF.
class CsvBytes {
public:
  static constexpr int endOfFile = -1;

  /// What ahead() shows at least.
  static constexpr size_t leastAhead = 4096;

  /// Passes a byte order mark. Text that is not in UTF-8 is a Failure.
  explicit CsvBytes(const File &file);

  static bool isBlank(int c) { return c == ' ' || c == '\t'; }
  static bool isLineEnd(int c) { return c == '\n' || c == '\r'; }

  /// The next byte or endOfFile.
  int peek() {
    if (at == filled && !fill())
      return endOfFile;
    return static_cast<unsigned char>(buffer[at]);
  }

  /// At least the next leastAhead bytes, or all that the file still has. They
  /// stay until the next call of a member.
  std::string_view ahead() {
    if (filled - at < leastAhead)
      fill();
    return std::string_view(buffer.data() + at, filled - at);
  }

  void skip(size_t count = 1) { at += count; }

  /// Passes blanks; whether there were any.
  bool skipBlanks();

  /// Passes the rest of the line, but not its end.
  void skipLine();

  /// Passes the end of a line, which must come next, or nothing at the end of
  /// the file.
  void endLine();

  /// The first line is 1.
  int64_t line() const { return lineNumber; }

private:
  bool fill();
  void skipMark();

  const File &file;
  std::vector<char> buffer;
  size_t at = 0, filled = 0;
  int64_t offset = 0; ///< of the first byte that is not yet in the buffer
  int64_t lineNumber = 1;
};

} // namespace pdert

#endif // PDE_RUNTIME_CSVBYTES_H
