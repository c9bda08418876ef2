//===- OnnxChannels.cpp - convolutions between channels -------------------===//
//
// A list of tensors is one with a channel for each. In the profile Conv, an
// operator and its adjoint are a Conv and a ConvTranspose of one kernel, which
// is the array itself in another shape; else they are products of matrices, one
// for each tap.
//
//===----------------------------------------------------------------------===//

#include "compiler/exporters/OnnxChannels.h"
#include "compiler/pde/PdeChannels.h"

#include <limits>
#include <numeric>

using namespace mlir;

namespace pdec::exporters {

//===----------------------------------------------------------------------===//
// Arrays
//===----------------------------------------------------------------------===//

/// The number of the block of an array that the indices choose.
Name OnnxChannels::placeOf(ValueRange indices, ArrayRef<int64_t> extents) {
  Name place;
  for (auto [index, extent] : llvm::zip(indices, extents)) {
    Name own = values.name(index);
    if (!place.empty())
      own = build.node(
          "Add",
          {build.node("Mul", {place, build.model.integer(extent)}), own});
    place = own;
  }
  return place;
}

/// [out, in, taps...]
Name OnnxChannels::kernelOf(net::ConvolveOp op) {
  pde::ChannelShape shape(op.getExtents(), op.getFirst());
  Name array = values.name(op.getWeights());
  std::string key = array;
  for (Value index : op.getIndices())
    key += "," + values.name(index);
  for (int64_t extent : shape.block)
    key += "x" + std::to_string(extent);
  Name &kernel = kernels[{&build.graph(), key}];
  if (!kernel.empty())
    return kernel;
  Name block = array;
  if (!op.getIndices().empty()) {
    Name rows = build.node("Reshape",
                           {array, build.model.integers({-1, shape.count()})});
    block =
        build.node("Gather", {rows, placeOf(op.getIndices(), op.getExtents())},
                   {Attribute::integer("axis", 0)});
  }
  std::vector<int64_t> dims = shape.block.vec();
  return kernel = build.node("Reshape", {block, build.model.integers(dims)}, {},
                             "weights");
}

//===----------------------------------------------------------------------===//
// Channels
//===----------------------------------------------------------------------===//

/// One tensor of all channels: [1, channels, ...], or [channels, ...].
Name OnnxChannels::stack(ValueRange xs) {
  std::vector<Name> parts = values.namesOf(xs);
  if (!build.lead)
    for (Name &part : parts)
      part = build.node("Unsqueeze", {part, build.model.integers({0})});
  int64_t axis = build.lead ? 1 : 0;
  return build.node("Concat", parts, {Attribute::integer("axis", axis)},
                    "channels");
}

/// A channel as a tensor of the network.
Name OnnxChannels::channel(const Name &all, int64_t which) {
  OnnxModel &model = build.model;
  int64_t axis = build.lead ? 1 : 0;
  Name one = build.node("Slice",
                        {all, model.integers({which}),
                         model.integers({which + 1}), model.integers({axis})});
  return build.lead ? one : build.node("Squeeze", {one, model.integers({0})});
}

/// [channels, cells]
Name OnnxChannels::flat(const Name &channels, int64_t count) {
  return build.node("Reshape", {channels, build.model.integers({count, -1})});
}

/// The cells that a tap reads, of all channels.
Name OnnxChannels::partAt(const Name &channels, ArrayRef<int64_t> taps,
                          int64_t tap) {
  OnnxModel &model = build.model;
  std::vector<int64_t> starts(taps.size()), ends(taps.size()),
      axes(taps.size());
  for (size_t axis = taps.size(); axis-- > 0; tap /= taps[axis]) {
    starts[axis] = tap % taps[axis];
    ends[axis] = starts[axis] - taps[axis] + 1;
    if (ends[axis] == 0)
      ends[axis] = std::numeric_limits<int64_t>::max();
  }
  std::iota(axes.begin(), axes.end(), build.lead ? build.lead : 1);
  return build.node("Slice", {channels, model.integers(starts),
                              model.integers(ends), model.integers(axes)});
}

/// The sum over the taps of products of matrices. The transpose takes the taps
/// from the last one on, and zeros around the cells.
Name OnnxChannels::products(net::ConvolveOp op, const Name &kernel,
                            Name channels) {
  OnnxModel &model = build.model;
  pde::ChannelShape shape(op.getExtents(), op.getFirst());
  bool isBack = op.getTransposed();
  int64_t read = isBack ? shape.out() : shape.in();
  int64_t made = isBack ? shape.in() : shape.out();
  size_t rank = shape.taps.size();
  if (isBack) {
    std::vector<int64_t> pads(2 * (rank + 1), 0);
    for (size_t axis = 0; axis < rank; ++axis)
      pads[1 + axis] = pads[2 + rank + axis] = shape.taps[axis] - 1;
    channels =
        build.node("Pad", {channels, model.integers(pads), build.number(0)});
  }
  Name entries = build.node(
      "Reshape", {kernel, model.integers({shape.out(), shape.in(), -1})});
  int64_t numTaps = shape.count() / (shape.out() * shape.in());
  Name sum, part;
  for (int64_t next = 0; next < numTaps; ++next) {
    int64_t tap = isBack ? numTaps - 1 - next : next;
    Name matrix = build.node("Gather", {entries, model.integer(tap)},
                             {Attribute::integer("axis", 2)});
    if (isBack)
      matrix = build.node("Transpose", {matrix});
    part = partAt(channels, shape.taps, next);
    Name term = build.node("MatMul", {matrix, flat(part, read)});
    sum = sum.empty() ? term : build.node("Add", {sum, term});
  }
  Shape known = shapes.of(op.getResults()[0]);
  Name dims;
  if (isKnown(known)) {
    std::vector<int64_t> all = {made};
    all.insert(all.end(), known.begin(), known.end());
    dims = model.integers(all);
  } else {
    Name cells = build.node(
        "Slice", {build.node("Shape", {part}), model.integers({1}),
                  model.integers({std::numeric_limits<int64_t>::max()})});
    dims = build.node("Concat", {model.integers({made}), cells},
                      {Attribute::integer("axis", 0)});
  }
  return build.node("Reshape", {sum, dims});
}

void OnnxChannels::convolve(net::ConvolveOp op) {
  pde::ChannelShape shape(op.getExtents(), op.getFirst());
  Name kernel = kernelOf(op), channels = stack(op.getXs()), made;
  if (build.lead)
    made = build.node(op.getTransposed() ? "ConvTranspose" : "Conv",
                      {channels, kernel},
                      {Attribute::list("kernel_shape", shape.taps.vec())});
  else
    made = products(op, kernel, channels);
  for (auto [i, result] : llvm::enumerate(op.getResults()))
    values.setName(result, channel(made, i));
}

//===----------------------------------------------------------------------===//
// Correlations
//===----------------------------------------------------------------------===//

Name OnnxChannels::correlate(net::CorrelateOp op) {
  OnnxModel &model = build.model;
  pde::ChannelShape shape(op.getExtents(), op.getFirst());
  Name ys = flat(stack(op.getYs()), shape.out()), xs = stack(op.getXs());
  int64_t numTaps = shape.count() / (shape.out() * shape.in());
  std::vector<Name> parts;
  for (int64_t tap = 0; tap < numTaps; ++tap) {
    Name cells = flat(partAt(xs, shape.taps, tap), shape.in());
    Name sums = build.node("MatMul", {ys, build.node("Transpose", {cells})});
    parts.push_back(build.node("Unsqueeze", {sums, model.integers({2})}));
  }
  Name block = build.node("Concat", parts, {Attribute::integer("axis", 2)});
  if (!op.getIndices().empty()) {
    // The block in its row, zeros in all others.
    int64_t rows = 1;
    for (int64_t extent : op.getExtents().take_front(op.getIndices().size()))
      rows *= extent;
    std::vector<int64_t> numbers(rows);
    std::iota(numbers.begin(), numbers.end(), 0);
    Name all = build.node("Reshape",
                          {model.integers(numbers), model.integers({rows, 1})});
    Name isIt =
        build.node("Equal", {all, placeOf(op.getIndices(), op.getExtents())});
    Name row =
        build.node("Reshape", {block, model.integers({1, shape.count()})});
    block = build.node("Where", {isIt, row, build.number(0)});
  }
  std::vector<int64_t> dims(build.lead, 1);
  dims.push_back(-1);
  return build.node("Reshape", {block, model.integers(dims)});
}

} // namespace pdec::exporters
