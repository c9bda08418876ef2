//===- Source.h - script texts and ranges in them ---------------*- C++ -*-===//

#ifndef PDEC_SUPPORT_SOURCE_H
#define PDEC_SUPPORT_SOURCE_H

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pdec {

/// The text of one script or library file. Columns count code points, from 1,
/// as editors do; offsets count bytes, from 0.
class SourceFile {
public:
  SourceFile(std::string name, std::string text);

  const std::string &name() const { return fileName; }
  std::string_view text() const { return content; }

  struct Position {
    int line, column; ///< from 1
  };
  Position position(uint32_t offset) const;
  /// The text of a line, without its end.
  std::string_view line(int number) const;

private:
  std::string fileName, content;
  std::vector<uint32_t> lineStarts;
};

/// The bytes [begin, end) of a file. A null file is no place at all.
struct SourceRange {
  const SourceFile *file = nullptr;
  uint32_t begin = 0, end = 0;

  explicit operator bool() const { return file != nullptr; }
};

} // namespace pdec

#endif // PDEC_SUPPORT_SOURCE_H
