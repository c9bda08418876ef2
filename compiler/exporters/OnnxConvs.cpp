//===- OnnxConvs.cpp - convolutions and their transposes ------------------===//
//
// In the profile Conv, an operator and its adjoint are a Conv and a
// ConvTranspose that name one kernel. Chains of slices, products and sums keep
// the order of the taps; they also do where a kernel would be mostly zeros.
//
//===----------------------------------------------------------------------===//

#include "compiler/exporters/OnnxConvs.h"

#include <limits>
#include <numeric>

using namespace mlir;

namespace pdec::exporters {

/// A kernel with more elements than this is not made.
static constexpr int64_t largestKernel = 4096;

/// A tap's offset along the axes, from the smallest one on.
static SmallVector<int64_t> placeOf(net::WeightsOp op, unsigned tap,
                                    ArrayRef<int64_t> first) {
  auto offset = llvm::cast<DenseI64ArrayAttr>(op.getOffsets()[tap]);
  SmallVector<int64_t> place(offset.asArrayRef());
  for (auto [axis, from] : llvm::enumerate(first))
    place[axis] -= from;
  return place;
}

/// The smallest offset along each axis, and how far the others reach from it.
static void spanOf(net::WeightsOp op, SmallVector<int64_t> &first,
                   SmallVector<int64_t> &extent) {
  unsigned rank = op.getResult().getType().getRank();
  first.assign(rank, std::numeric_limits<int64_t>::max());
  SmallVector<int64_t> last(rank, std::numeric_limits<int64_t>::min());
  for (auto offset : op.getOffsets().getAsRange<DenseI64ArrayAttr>())
    for (unsigned axis = 0; axis < rank; ++axis) {
      first[axis] = std::min(first[axis], offset[axis]);
      last[axis] = std::max(last[axis], offset[axis]);
    }
  extent.clear();
  for (unsigned axis = 0; axis < rank; ++axis)
    extent.push_back(last[axis] - first[axis]);
}

Shape extentOf(Value weights) {
  Shape first, extent;
  spanOf(weights.getDefiningOp<net::WeightsOp>(), first, extent);
  return extent;
}

//===----------------------------------------------------------------------===//
// Weights
//===----------------------------------------------------------------------===//

/// The shape of the dense kernel and each tap's place in it; nothing if it is
/// too large.
struct Kernel {
  std::vector<int64_t> shape = {1, 1};
  int64_t count = 1;
  std::vector<int64_t> cells;
};
static std::optional<Kernel> layOut(net::WeightsOp op) {
  SmallVector<int64_t> first, extent;
  spanOf(op, first, extent);
  Kernel kernel;
  for (int64_t reach : extent) {
    kernel.shape.push_back(reach + 1);
    if (reach >= largestKernel)
      return std::nullopt;
    kernel.count *= reach + 1;
    if (kernel.count > largestKernel)
      return std::nullopt;
  }
  for (unsigned tap = 0; tap < op.getValues().size(); ++tap) {
    int64_t cell = 0;
    for (auto [axis, offset] : llvm::enumerate(placeOf(op, tap, first)))
      cell = cell * (extent[axis] + 1) + offset;
    kernel.cells.push_back(cell);
  }
  return kernel;
}

/// The kernel as an initializer; empty if a weight is computed.
Name OnnxConvs::constantKernel(net::WeightsOp op) {
  std::optional<Kernel> kernel = layOut(op);
  if (!kernel)
    return "";
  std::vector<double> cells(kernel->count, 0);
  for (auto [cell, value] : llvm::zip(kernel->cells, op.getValues())) {
    std::optional<double> constant = values.realOf(value);
    if (!constant)
      return "";
    cells[cell] = *constant;
  }
  return build.model.constant(build.element, kernel->shape, cells);
}

/// The kernel, put together from the taps' scalars.
Name OnnxConvs::computedKernel(net::WeightsOp op, ArrayRef<Name> taps) {
  std::optional<Kernel> kernel = layOut(op);
  if (!kernel)
    return "";
  std::vector<Name> parts(kernel->count,
                          build.model.constant(build.element, {1}, {0}));
  for (auto [cell, tap] : llvm::zip(kernel->cells, taps))
    parts[cell] = build.node("Unsqueeze", {tap, build.model.integers({0})});
  Name row = build.node("Concat", parts, {Attribute::integer("axis", 0)});
  return build.node("Reshape", {row, build.model.integers(kernel->shape)}, {},
                    "weights");
}

void OnnxConvs::noteWeights(net::WeightsOp op) {
  Weights made;
  bool isConv = build.lead > 0;
  if (isConv)
    made.kernel = constantKernel(op);
  if (made.kernel.empty()) {
    for (Value value : op.getValues())
      made.taps.push_back(values.inElement(value));
    if (isConv)
      made.kernel = computedKernel(op, made.taps);
  }
  if (op.getScale() && values.realOf(op.getScale()) != 1.0)
    made.scale = values.inElement(op.getScale());
  weights[op.getResult()] = made;
}

Name OnnxConvs::scaled(const Name &sum, Value operand) {
  const Name &scale = weights[operand].scale;
  return scale.empty() ? sum
                       : build.node("Mul", {scale, sum}, {}, "conv_scale");
}

/// One more term of a sum; a weight of one forms no product.
Name OnnxConvs::addTerm(const Name &sum, Value weight, const Name &tap,
                        const Name &x) {
  std::optional<double> constant = values.realOf(weight);
  if (constant == -1.0)
    return sum.empty() ? build.node("Neg", {x}) : build.node("Sub", {sum, x});
  Name term = constant == 1.0 ? x : build.node("Mul", {tap, x});
  return sum.empty() ? term : build.node("Add", {sum, term});
}

static bool isStrided(ArrayRef<int64_t> strides) {
  return llvm::any_of(strides, [](int64_t stride) { return stride != 1; });
}

/// The kernel's shape, too, which some importers do not take from the kernel.
static std::vector<Attribute> attributesOf(net::WeightsOp op,
                                           ArrayRef<int64_t> strides) {
  std::vector<int64_t> kernel;
  for (int64_t reach : extentOf(op))
    kernel.push_back(reach + 1);
  std::vector<Attribute> attributes = {Attribute::list("kernel_shape", kernel)};
  if (isStrided(strides))
    attributes.push_back(
        Attribute::list("strides", {strides.begin(), strides.end()}));
  return attributes;
}

//===----------------------------------------------------------------------===//
// Convolution
//===----------------------------------------------------------------------===//

/// Each tap sees the cells that its offset shifts under the result.
Name OnnxConvs::convChain(net::WeightsOp op, const Name &x,
                          ArrayRef<int64_t> strides) {
  OnnxModel &model = build.model;
  SmallVector<int64_t> first, extent;
  spanOf(op, first, extent);
  std::vector<int64_t> axes(extent.size());
  std::iota(axes.begin(), axes.end(), build.lead);
  Name sum;
  for (unsigned tap = 0; tap < op.getValues().size(); ++tap) {
    SmallVector<int64_t> place = placeOf(op, tap, first);
    std::vector<int64_t> ends;
    for (auto [reach, offset] : llvm::zip(extent, place))
      ends.push_back(offset == reach ? std::numeric_limits<int64_t>::max()
                                     : offset - reach);
    Name part =
        build.node("Slice", {x, model.integers({place.begin(), place.end()}),
                             model.integers(ends), model.integers(axes),
                             model.integers({strides.begin(), strides.end()})});
    sum = addTerm(sum, op.getValues()[tap], weights[op].taps[tap], part);
  }
  return sum;
}

Name OnnxConvs::conv(net::ConvOp op) {
  auto shared = op.getWeights().getDefiningOp<net::WeightsOp>();
  Name x = values.name(op.getX());
  SmallVector<int64_t> strides =
      stridesOf(op.getStrides(), shapes.of(op.getX()).size());
  const Name &kernel = weights[shared].kernel;
  Name sum = kernel.empty() ? convChain(shared, x, strides)
                            : build.node("Conv", {x, kernel},
                                         attributesOf(shared, strides));
  return scaled(sum, op.getWeights());
}

//===----------------------------------------------------------------------===//
// Transposed convolution
//===----------------------------------------------------------------------===//

/// Cuts off what stands behind the last cell.
static SmallVector<net::MarginAttr> cutsBehind(MLIRContext *context,
                                               ArrayRef<int64_t> strides) {
  SmallVector<net::MarginAttr> cuts;
  for (int64_t stride : strides)
    cuts.push_back(
        net::MarginAttr::get(context, 0, net::Continuation::Dirichlet,
                             1 - stride, net::Continuation::Dirichlet));
  return cuts;
}

/// The cells with stride - 1 zeros behind each but the last.
Name OnnxConvs::spread(net::ConvTransposeOp op, ArrayRef<int64_t> strides) {
  OnnxModel &model = build.model;
  int64_t lead = build.lead, rank = strides.size();
  Name x = values.name(op.getX());
  Shape shape = shapes.of(op.getX());
  std::vector<int64_t> behind, pads(2 * (lead + 2 * rank), 0), factors(lead, 1);
  for (int64_t axis = 0; axis < rank; ++axis) {
    behind.push_back(lead + 2 * axis + 1);
    pads[lead + 2 * rank + lead + 2 * axis + 1] = strides[axis] - 1;
    factors.push_back(strides[axis]);
  }
  // A column of zeros behind each cell, then both axes as one.
  Name columns = build.node("Unsqueeze", {x, model.integers(behind)});
  columns = build.node("Pad", {columns, model.integers(pads), build.number(0)});
  Shape wanted;
  for (auto [size, stride] : llvm::zip(shape, strides))
    wanted.push_back(size * stride);
  Name dims = isKnown(shape) ? build.dims(wanted)
                             : build.node("Mul", {build.node("Shape", {x}),
                                                  model.integers(factors)});
  return build.cutMargins(build.node("Reshape", {columns, dims}),
                          cutsBehind(op.getContext(), strides), -1);
}

/// Each tap puts the cells where its offset shifts them, zeros around; from the
/// last tap to the first.
Name OnnxConvs::transposeChain(net::WeightsOp op, const Name &x) {
  SmallVector<int64_t> first, extent;
  spanOf(op, first, extent);
  Name sum, zero = build.number(0);
  for (unsigned tap = op.getValues().size(); tap-- > 0;) {
    SmallVector<int64_t> low = placeOf(op, tap, first), high;
    for (auto [reach, offset] : llvm::zip(extent, low))
      high.push_back(reach - offset);
    Name part = build.padConstant(x, low, high, zero);
    sum = addTerm(sum, op.getValues()[tap], weights[op].taps[tap], part);
  }
  return sum;
}

Name OnnxConvs::convTranspose(net::ConvTransposeOp op) {
  auto shared = op.getWeights().getDefiningOp<net::WeightsOp>();
  Name x = values.name(op.getX());
  SmallVector<int64_t> strides =
      stridesOf(op.getStrides(), shapes.of(op.getX()).size());
  const Name &kernel = weights[shared].kernel;
  if (kernel.empty() && isStrided(strides))
    x = spread(op, strides);
  Name sum = kernel.empty() ? transposeChain(shared, x)
                            : build.node("ConvTranspose", {x, kernel},
                                         attributesOf(shared, strides));
  return scaled(sum, op.getWeights());
}

} // namespace pdec::exporters
