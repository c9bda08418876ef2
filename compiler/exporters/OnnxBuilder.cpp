//===- OnnxBuilder.cpp - nodes for tensors of the network -----------------===//

#include "compiler/exporters/OnnxBuilder.h"

#include "mlir/IR/TypeUtilities.h"
#include "llvm/Support/ErrorHandling.h"

using namespace mlir;
using pdec::net::MarginAttr;

namespace pdec::exporters {

bool isKnown(const Shape &shape) { return !llvm::is_contained(shape, anySize); }

Element elementOf(Type type) {
  type = getElementTypeOrSelf(type);
  if (type.isF32())
    return Element::F32;
  if (type.isF64())
    return Element::F64;
  return type.isInteger(1) ? Element::Bool : Element::I64;
}

/// Values of TensorProto.DataType.
static int64_t codeOf(Element element) {
  switch (element) {
  case Element::F32:
    return 1;
  case Element::I64:
    return 7;
  case Element::Bool:
    return 9;
  case Element::F64:
    return 11;
  }
  llvm_unreachable("an element type");
}

OnnxBuilder::OnnxBuilder(const pde::Interface &interface, OnnxProfile profile)
    : model(interface.name), lead(profile == OnnxProfile::Conv ? 2 : 0),
      element(interface.isF32 ? Element::F32 : Element::F64),
      current(&model.main()) {}

OnnxGraph &OnnxBuilder::makeIn(OnnxGraph &graph) {
  return *std::exchange(current, &graph);
}

Name OnnxBuilder::node(const std::string &op, const std::vector<Name> &inputs,
                       const std::vector<Attribute> &attributes,
                       const std::string &hint) {
  return current->node(op, inputs, attributes, hint);
}

Name OnnxBuilder::converted(const Name &value, Element to) {
  return node("Cast", {value}, {Attribute::integer("to", codeOf(to))});
}

Name OnnxBuilder::number(double value) {
  return model.constant(element, {}, {value});
}

Name OnnxBuilder::truth(bool value) {
  return model.constant(Element::Bool, {}, {double(value)});
}

//===----------------------------------------------------------------------===//
// Axes and shapes
//===----------------------------------------------------------------------===//

/// The more general operators, Unsqueeze and Squeeze, are not everywhere made
/// for two axes at once.
Name OnnxBuilder::withLead(const Name &x, const Shape &shape,
                           const std::string &hint) {
  if (isKnown(shape))
    return node("Reshape", {x, dims(shape)}, {}, hint);
  return node("Unsqueeze", {x, model.integers({0, 1})}, {}, hint);
}

Name OnnxBuilder::withoutLead(const Name &x, const Shape &shape,
                              const std::string &hint) {
  if (isKnown(shape))
    return node("Reshape", {x, model.integers({shape.begin(), shape.end()})},
                {}, hint);
  return node("Squeeze", {x, model.integers({0, 1})}, {}, hint);
}

Name OnnxBuilder::dims(const Shape &shape) {
  std::vector<int64_t> dims(lead, 1);
  dims.insert(dims.end(), shape.begin(), shape.end());
  return model.integers(dims);
}

std::vector<int64_t> OnnxBuilder::columnShape(int64_t rank, int64_t axis,
                                              int64_t count) {
  std::vector<int64_t> shape(lead + rank, 1);
  shape[lead + axis] = count;
  return shape;
}

//===----------------------------------------------------------------------===//
// Parts of tensors
//===----------------------------------------------------------------------===//

Name OnnxBuilder::slice(const Name &x, int64_t axis, int64_t start, int64_t end,
                        int64_t step) {
  return node("Slice", {x, model.integers({start}), model.integers({end}),
                        model.integers({axis + lead}), model.integers({step})});
}

Name OnnxBuilder::cell(const Name &x, int64_t axis, int64_t place) {
  return slice(x, axis, place, place == -1 ? farEnd : place + 1);
}

Name OnnxBuilder::outermost(const Name &x, int64_t count, int64_t axis,
                            bool isLast) {
  return isLast ? slice(x, axis, -count, farEnd) : slice(x, axis, 0, count);
}

Name OnnxBuilder::mirrored(const Name &x, int64_t count, int64_t axis,
                           bool isHigh) {
  if (count == 1)
    return cell(x, axis, isHigh ? -1 : 0);
  return isHigh ? slice(x, axis, -1, -1 - count, -1)
                : slice(x, axis, count - 1, farStart, -1);
}

Name OnnxBuilder::inner(const Name &x, int64_t axis, int64_t low,
                        int64_t high) {
  return slice(x, axis, low, high ? -high : farEnd);
}

Name OnnxBuilder::copies(const Name &x, int64_t rank, int64_t count,
                         int64_t axis, bool isHigh) {
  Name outermost = cell(x, axis, isHigh ? -1 : 0);
  return count == 1
             ? outermost
             : node("Tile", {outermost,
                             model.integers(columnShape(rank, axis, count))});
}

Name OnnxBuilder::concat(const std::vector<Name> &pieces, int64_t axis,
                         const std::string &hint) {
  if (pieces.size() == 1)
    return pieces.front();
  return node("Concat", pieces, {Attribute::integer("axis", axis + lead)},
              hint);
}

//===----------------------------------------------------------------------===//
// Margins
//===----------------------------------------------------------------------===//

/// As Pad takes them; empty: there are none.
std::vector<int64_t> OnnxBuilder::padsOf(ArrayRef<int64_t> low,
                                         ArrayRef<int64_t> high) const {
  std::vector<int64_t> pads(lead, 0);
  pads.insert(pads.end(), low.begin(), low.end());
  pads.insert(pads.end(), lead, 0);
  pads.insert(pads.end(), high.begin(), high.end());
  if (llvm::all_of(pads, [](int64_t count) { return count == 0; }))
    return {};
  return pads;
}

Name OnnxBuilder::padConstant(const Name &x, ArrayRef<int64_t> low,
                              ArrayRef<int64_t> high, const Name &value) {
  std::vector<int64_t> pads = padsOf(low, high);
  return pads.empty() ? x : node("Pad", {x, model.integers(pads), value});
}

Name OnnxBuilder::padEdge(const Name &x, ArrayRef<int64_t> low,
                          ArrayRef<int64_t> high) {
  std::vector<int64_t> pads = padsOf(low, high);
  return pads.empty() ? x
                      : node("Pad", {x, model.integers(pads)},
                             {Attribute::text("mode", "edge")});
}

Name OnnxBuilder::cutMargins(const Name &x, ArrayRef<MarginAttr> margins,
                             int sign) {
  std::vector<int64_t> starts, ends, axes;
  for (auto [axis, margin] : llvm::enumerate(margins)) {
    int64_t low = std::max<int64_t>(sign * margin.getLow(), 0);
    int64_t high = std::max<int64_t>(sign * margin.getHigh(), 0);
    if (low == 0 && high == 0)
      continue;
    starts.push_back(low);
    ends.push_back(high ? -high : farEnd);
    axes.push_back(axis + lead);
  }
  if (axes.empty())
    return x;
  return node("Slice", {x, model.integers(starts), model.integers(ends),
                        model.integers(axes)});
}

} // namespace pdec::exporters
