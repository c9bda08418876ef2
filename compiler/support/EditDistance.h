//===- EditDistance.h - how far words are from each other -------*- C++ -*-===//
//
// Plain C++: the runtime reads it, too.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_SUPPORT_EDITDISTANCE_H
#define PDEC_SUPPORT_EDITDISTANCE_H

#include <algorithm>
#include <string_view>
#include <vector>

namespace pdec {

/// The number of letters to insert, delete, replace or swap with their
/// neighbour (optimal string alignment), at most `limit + 1`.
inline size_t editDistance(std::string_view a, std::string_view b,
                           size_t limit) {
  size_t difference =
      a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (difference > limit)
    return limit + 1;
  std::vector<size_t> before, previous(b.size() + 1), row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j)
    previous[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      size_t replaced = previous[j - 1] + (a[i - 1] != b[j - 1]);
      row[j] = std::min({replaced, previous[j] + 1, row[j - 1] + 1});
      bool swapped =
          i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped)
        row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before = previous;
    std::swap(previous, row);
  }
  return previous[b.size()];
}

} // namespace pdec

#endif // PDEC_SUPPORT_EDITDISTANCE_H
