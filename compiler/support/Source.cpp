//===- Source.cpp - lines and columns of script texts ---------------------===//

#include "compiler/support/Source.h"

#include "compiler/support/Utf8.h"

#include <algorithm>

using namespace pdec;

SourceFile::SourceFile(std::string name, std::string text)
    : fileName(std::move(name)), content(std::move(text)) {
  // Editors on some systems put a byte order mark first; it says nothing.
  if (content.compare(0, 3, "\xEF\xBB\xBF") == 0)
    content.erase(0, 3);
  lineStarts.push_back(0);
  for (uint32_t i = 0; i < content.size(); ++i)
    if (content[i] == '\n')
      lineStarts.push_back(i + 1);
}

SourceFile::Position SourceFile::position(uint32_t offset) const {
  offset = std::min<uint32_t>(offset, content.size());
  auto next = std::upper_bound(lineStarts.begin(), lineStarts.end(), offset);
  uint32_t start = *(next - 1);
  std::string_view before(content.data() + start, offset - start);
  return {int(next - lineStarts.begin()), int(countCodePoints(before)) + 1};
}

std::string_view SourceFile::line(int number) const {
  if (number < 1 || size_t(number) > lineStarts.size())
    return {};
  uint32_t begin = lineStarts[number - 1];
  uint32_t end = size_t(number) < lineStarts.size() ? lineStarts[number] - 1
                                                    : content.size();
  if (end > begin && content[end - 1] == '\r')
    --end;
  return std::string_view(content).substr(begin, end - begin);
}
