//===- OnnxSides.cpp - what sides of margins are given --------------------===//

#include "compiler/exporters/OnnxSides.h"

using namespace mlir;

namespace pdec::exporters {

/// Of a side's scalars those at one place, for the distances 1, 2, ...
static SmallVector<Value> scalarsAt(const pde::SideOperands &side,
                                    unsigned place) {
  SmallVector<Value> found;
  for (unsigned i = place; i < side.scalars.size(); i += side.perDistance)
    found.push_back(side.scalars[i]);
  return found;
}

Name OnnxSides::column(const OnnxSide &side, unsigned place, Element type,
                       bool inwards) {
  SmallVector<Value> ordered = scalarsAt(side.given, place);
  if (side.isHigh == inwards)
    std::reverse(ordered.begin(), ordered.end());
  std::vector<int64_t> shape =
      build.columnShape(side.rank, side.axis, ordered.size());
  OnnxModel &model = build.model;
  if (auto constants = values.realsOf(ordered))
    return model.constant(type, shape, *constants);
  std::vector<Name> parts;
  for (Value scalar : ordered) {
    Name one =
        type == Element::F64 ? values.name(scalar) : values.inElement(scalar);
    parts.push_back(build.node("Unsqueeze", {one, model.integers({0})}));
  }
  Name row = build.node("Concat", parts, {Attribute::integer("axis", 0)});
  return build.node("Reshape", {row, model.integers(shape)});
}

Name OnnxSides::weights(const OnnxSide &side, unsigned place, bool inwards) {
  return column(side, place, build.element, inwards);
}

/// What the value of a side is multiplied by, if it is known.
std::optional<std::vector<double>>
OnnxSides::knownFactors(const OnnxSide &side) {
  std::vector<double> known;
  if (side.rule().factor == ValueFactor::Given) {
    auto given =
        values.realsOf(scalarsAt(side.given, side.given.perDistance - 1));
    if (!given)
      return std::nullopt;
    known = *given;
  } else {
    for (int64_t d = 1; d <= side.count; ++d)
      known.push_back(2 * d - 1);
  }
  if (!side.isHigh)
    std::reverse(known.begin(), known.end());
  return known;
}

Name OnnxSides::factors(const OnnxSide &side, Element type) {
  if (auto known = knownFactors(side))
    return build.model.constant(
        type, build.columnShape(side.rank, side.axis, side.count), *known);
  return column(side, side.given.perDistance - 1, type, /*inwards=*/false);
}

Name OnnxSides::numbers(const OnnxSide &side) {
  auto known = knownFactors(side);
  auto number = values.realOf(side.given.value);
  if (known && number) {
    for (double &value : *known)
      value *= *number;
    return build.model.constant(
        build.element, build.columnShape(side.rank, side.axis, side.count),
        *known);
  }
  Name product = build.node(
      "Mul", {factors(side, Element::F64), values.name(side.given.value)});
  return build.element == Element::F64
             ? product
             : build.converted(product, build.element);
}

} // namespace pdec::exporters
