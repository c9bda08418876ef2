//===- CsvThousands.h - numbers with their thousands set off ----*- C++ -*-===//

#ifndef PDE_RUNTIME_CSVTHOUSANDS_H
#define PDE_RUNTIME_CSVTHOUSANDS_H

#include <string_view>

namespace pdert {

/// How a number such as 1,234.5 is made up.
struct Grouped {
  int groups =
      0; ///< of digits in front of the point; 0 if it is no such number
  bool isPlain = false; ///< all groups have three digits, and no point follows
};

/// Looks at `text` as one number whose thousands are set off by `mark`; a
/// number of at most three digits has one group.
Grouped groupedNumber(std::string_view text, char mark);

} // namespace pdert

#endif // PDE_RUNTIME_CSVTHOUSANDS_H
