//===- Positions.h - places in a text as editors count them -----*- C++ -*-===//
//
// Lines from 0, and in a line units of UTF-16 from 0: a letter beyond U+FFFF
// has two. Ours are bytes.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_LSP_POSITIONS_H
#define PDEC_LSP_POSITIONS_H

#include "compiler/support/Source.h"

#include "mlir/Tools/lsp-server-support/Protocol.h"

#include <string_view>
#include <vector>

namespace pdec::lsp {

using mlir::lsp::Position;
using mlir::lsp::Range;

/// Converts places of one text, which must live longer.
class Positions {
public:
  explicit Positions(std::string_view text);

  Position at(uint32_t offset) const;
  Range range(uint32_t begin, uint32_t end) const {
    return {at(begin), at(end)};
  }
  Range range(const SourceRange &range) const {
    return this->range(range.begin, range.end);
  }
  /// What is behind a line's end, or behind the last line, is that end; what is
  /// within a letter is its start.
  uint32_t offset(const Position &position) const;

private:
  /// Of a line, without the break that ends it.
  uint32_t endOf(size_t line) const;

  std::string_view text;
  std::vector<uint32_t> starts; ///< of the lines
};

} // namespace pdec::lsp

#endif // PDEC_LSP_POSITIONS_H
