//===- Suggest.cpp - did you mean? ----------------------------------------===//

#include "compiler/support/Suggest.h"

#include <algorithm>

using namespace pdec;

/// The number of letters to insert, delete, replace or swap with their
/// neighbour (optimal string alignment), at most `limit + 1`.
static size_t editDistance(std::string_view a, std::string_view b,
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

std::string pdec::nearestName(std::string_view word,
                              const std::vector<std::string> &candidates) {
  // Hostile names may be long; nobody misspells those.
  if (word.size() > 64)
    return {};
  // One slip for each three letters; short words are too near to everything.
  size_t limit = word.size() < 3 ? word.size() / 2 : word.size() / 3;
  size_t best = limit + 1;
  std::string result;
  for (const std::string &candidate : candidates) {
    if (candidate == word)
      continue;
    size_t distance = editDistance(word, candidate, limit);
    if (distance < best && distance < candidate.size()) {
      best = distance;
      result = candidate;
    }
  }
  return result;
}
