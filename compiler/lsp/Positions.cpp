//===- Positions.cpp - places in a text as editors count them -------------===//

#include "compiler/lsp/Positions.h"

#include "compiler/support/Utf8.h"

#include <algorithm>

namespace pdec::lsp {

Positions::Positions(std::string_view text) : text(text), starts{0} {
  for (size_t at = 0; at < text.size(); ++at) {
    // \r\n is one break, \r alone and \n alone are one each.
    bool isBreak =
        text[at] == '\n' ||
        (text[at] == '\r' && !(at + 1 < text.size() && text[at + 1] == '\n'));
    if (isBreak)
      starts.push_back(uint32_t(at + 1));
  }
}

static unsigned unitsOf(const CodePoint &letter) {
  return letter.value > 0xFFFF ? 2 : 1;
}

uint32_t Positions::endOf(size_t line) const {
  if (line + 1 == starts.size())
    return uint32_t(text.size());
  uint32_t end = starts[line + 1] - 1;
  bool isPair =
      end > starts[line] && text[end] == '\n' && text[end - 1] == '\r';
  return isPair ? end - 1 : end;
}

Position Positions::at(uint32_t offset) const {
  offset = std::min(offset, uint32_t(text.size()));
  size_t line = std::upper_bound(starts.begin(), starts.end(), offset) -
                starts.begin() - 1;
  int units = 0;
  for (uint32_t at = starts[line]; at < std::min(offset, endOf(line));) {
    CodePoint letter = decodeUtf8(text.substr(at));
    units += int(unitsOf(letter));
    at += letter.length;
  }
  return {int(line), units};
}

uint32_t Positions::offset(const Position &position) const {
  if (position.line < 0)
    return 0;
  if (size_t(position.line) >= starts.size())
    return uint32_t(text.size());
  uint32_t at = starts[position.line], end = endOf(position.line);
  for (int left = position.character; left > 0 && at < end;) {
    CodePoint letter = decodeUtf8(text.substr(at));
    left -= int(unitsOf(letter));
    if (left < 0)
      break;
    at += letter.length;
  }
  return at;
}

} // namespace pdec::lsp
