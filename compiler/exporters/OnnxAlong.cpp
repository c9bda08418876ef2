//===- OnnxAlong.cpp - layers along an axis as nodes ----------------------===//

#include "compiler/exporters/OnnxCells.h"

#include <limits>

using namespace mlir;

namespace pdec::exporters {

/// One cell of each line; the greatest or least is NaN if any is, which ONNX
/// leaves open.
static Name oneOfLine(OnnxBuilder &build, pde::AlongKind kind, const Name &x,
                      int64_t axis) {
  auto axes = Attribute::list("axes", {axis});
  if (kind == pde::AlongKind::Sum)
    return build.node("ReduceSum", {x, build.model.integers({axis})});
  bool isMin = kind == pde::AlongKind::Min;
  Name found = build.node(isMin ? "ReduceMin" : "ReduceMax", {x}, {axes});
  Name flags = build.converted(build.node("IsNaN", {x}), Element::I64);
  Name any = build.node("Greater", {build.node("ReduceMax", {flags}, {axes}),
                                    build.model.integer(0)});
  Name nan = build.model.constant(Element::F64, {},
                                  {std::numeric_limits<double>::quiet_NaN()});
  return build.node("Where", {any, nan, found});
}

/// As many as a size says along one axis, one along the others.
static Name columnDims(OnnxBuilder &build, const Name &size, int64_t rank,
                       int64_t axis) {
  std::vector<Name> dims;
  for (int64_t i = 0; i < rank + build.lead; ++i)
    dims.push_back(
        i == axis ? build.node("Unsqueeze", {size, build.model.integers({0})})
                  : build.model.integers({1}));
  return dims.size() == 1
             ? dims.front()
             : build.node("Concat", dims, {Attribute::integer("axis", 0)});
}

Name OnnxCells::along(net::AlongOp op) {
  int64_t axis = build.lead + op.getAxis();
  Name x = values.name(op.getX());
  if (op.getKind() == pde::AlongKind::Spread)
    return build.node("Expand",
                      {x, columnDims(build, values.name(op.getSize()),
                                     op.getX().getType().getRank(), axis)});
  // Sums are formed in double.
  bool isRounded = build.element != Element::F64;
  if (isRounded)
    x = build.converted(x, Element::F64);
  Name made;
  if (pde::isOneOfLine(op.getKind()))
    made = oneOfLine(build, op.getKind(), x, axis);
  else
    made = build.node(
        "CumSum", {x, build.model.integer(axis)},
        {Attribute::integer("reverse",
                            op.getKind() == pde::AlongKind::CumulateBack)});
  return isRounded ? build.converted(made, build.element) : made;
}

} // namespace pdec::exporters
