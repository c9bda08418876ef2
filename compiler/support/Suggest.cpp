//===- Suggest.cpp - did you mean? ----------------------------------------===//

#include "compiler/support/Suggest.h"
#include "compiler/support/EditDistance.h"

using namespace pdec;

std::string pdec::nearestName(std::string_view word,
                              const std::vector<std::string> &candidates) {
  // Hostile names may be long; nobody misspells those.
  if (word.size() > 64)
    return {};
  // One slip for each three letters; shorter words are near to everything.
  size_t limit = word.size() / 3;
  size_t best = limit + 1;
  std::string result;
  for (const std::string &candidate : candidates) {
    if (candidate == word)
      continue;
    size_t distance = editDistance(word, candidate, limit);
    // A letter is forgotten more often than there is one too many.
    bool isLonger = distance == best && distance <= limit &&
                    result.size() < word.size() &&
                    word.size() < candidate.size();
    if ((distance < best || isLonger) && distance < candidate.size()) {
      best = distance;
      result = candidate;
    }
  }
  return result;
}
