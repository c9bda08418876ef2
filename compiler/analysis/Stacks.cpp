//===- Stacks.cpp - operators whose weights are an array ------------------===//

#include "compiler/analysis/Stacks.h"

#include "compiler/analysis/RateSignature.h"

#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::analysis {

int64_t Stack::numTaps() const {
  int64_t count = 1;
  for (unsigned axis = 0; axis < rank(); ++axis)
    count *= taps(axis);
  return count;
}

bool Stack::hasEnd(bool isLowest) const {
  return llvm::any_of(strengths, [&](const Strength &strength) {
    return strength.factor && strength.end(isLowest) > 0;
  });
}

bool Stack::isLike(const Stack &other) const {
  return array == other.array && indices == other.indices &&
         extents == other.extents && first == other.first &&
         isMirrored == other.isMirrored;
}

std::string Stack::text(const StepReader &reader) const {
  std::string text = sharedText(array) + '[';
  for (ExpressionRef index : indices)
    text += sharedText(reader, index) + ',';
  for (int64_t number : llvm::concat<const int64_t>(extents, first))
    text += std::to_string(number) + ',';
  for (bool is : isMirrored)
    text += is ? 'm' : '-';
  return text + std::to_string(most);
}

/// How many of the last extents of an array have so many entries in all; those
/// before are the others. Nothing, if none have.
static std::optional<size_t> numLastWith(ArrayRef<int64_t> extents,
                                         int64_t entries) {
  size_t count = 0;
  for (int64_t all = 1; all <= entries && count <= extents.size(); ++count) {
    if (all == entries)
      return count;
    if (count < extents.size())
      all *= extents[extents.size() - 1 - count];
  }
  return std::nullopt;
}

/// Whether offsets are all of a box, in ascending order; gives the box.
static bool areBox(ArrayRef<std::vector<int64_t>> offsets,
                   std::vector<int64_t> &first, std::vector<int64_t> &extents) {
  first = offsets.front();
  const std::vector<int64_t> &last = offsets.back();
  int64_t entries = 1;
  for (auto [low, high] : llvm::zip(first, last)) {
    if (high < low)
      return false;
    extents.push_back(high - low + 1);
    entries *= extents.back();
  }
  if (entries != int64_t(offsets.size()))
    return false;
  std::vector<int64_t> next = first;
  for (const std::vector<int64_t> &offset : offsets) {
    if (offset != next)
      return false;
    for (size_t axis = next.size(); axis-- > 0;) {
      if (++next[axis] <= last[axis])
        break;
      next[axis] = first[axis];
    }
  }
  return true;
}

/// Whether weights are entries of one array, one after the other, which differ
/// in the last indices only.
static bool areConsecutive(StepReader &reader, ArrayRef<ExpressionRef> weights,
                           ArrayRef<int64_t> extents, size_t last) {
  const Atom &start = reader.atom(weights.front()->atom);
  size_t lead = extents.size() - last;
  for (auto [number, weight] : llvm::enumerate(weights)) {
    if (weight->kind != ExpressionKind::Atom)
      return false;
    const Atom &entry = reader.atom(weight->atom);
    if (!entry.array || entry.array != start.array)
      return false;
    int64_t place = 0;
    for (auto [i, index] : llvm::enumerate(entry.indices)) {
      if (i < lead && index != start.indices[i])
        return false;
      if (i < lead)
        continue;
      if (!index->isConstant())
        return false;
      place = place * extents[i] + int64_t(index->constant.low());
    }
    if (place != int64_t(number))
      return false;
  }
  return true;
}

std::optional<std::pair<Stack, int64_t>> Stack::of(StepReader &reader,
                                                   const Atom &application) {
  const std::vector<ExpressionRef> &weights = application.weights;
  if (application.scale || weights.front()->kind != ExpressionKind::Atom)
    return std::nullopt;
  const Atom &entry = reader.atom(weights.front()->atom);
  if (!entry.array)
    return std::nullopt;
  ArrayRef<int64_t> extents = cast<EntryOp>(entry.op).getExtents();
  auto last = numLastWith(extents, weights.size());
  Stack made;
  std::vector<int64_t> taps;
  if (!last || !areBox(application.linear->offsets, made.first, taps) ||
      !areConsecutive(reader, weights, extents, *last))
    return std::nullopt;
  made.array = entry.array;
  made.indices.assign(entry.indices.begin(), entry.indices.end() - *last);
  made.extents.assign(extents.begin(), extents.end() - *last);
  int64_t out = 1, place = 0;
  // Those along the last index that is known are one stack.
  if (!made.indices.empty() && made.indices.back()->isConstant()) {
    place = int64_t(made.indices.back()->constant.low());
    out = made.extents.back();
    made.indices.pop_back();
    made.extents.pop_back();
  }
  made.extents.insert(made.extents.end(), {out, 1});
  made.extents.insert(made.extents.end(), taps.begin(), taps.end());
  made.strengths.resize(out);
  return std::make_pair(std::move(made), place);
}

bool Stack::setSides(const Operator &linear) {
  isMirrored.clear();
  for (auto [i, axis] : llvm::enumerate(linear.axes)) {
    bool isKnown = axis.both([](const Operator::Side &side) {
      return side.isPeriodic() || side.isZero() || side.isMirror();
    });
    if (!isKnown)
      return false;
    bool isAny = taps(i) > 1 && (axis.low.isMirror() || axis.high.isMirror());
    bool isCentred = 2 * first[i] + taps(i) == 1;
    isMirrored.push_back(isAny && isCentred);
    if (isAny && !isCentred)
      most *= 2;
  }
  return true;
}

} // namespace pdec::analysis
