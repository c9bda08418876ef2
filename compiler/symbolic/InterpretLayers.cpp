//===- InterpretLayers.cpp - layers that work cell by cell, on symbols ----===//
//
// What each layer of the runtime means, said once more on symbols and without a
// line of the runtime's: the same order of sums, the same roundings to the
// element type. `args` are those of the call, args[0] the context.
//
//===----------------------------------------------------------------------===//

#include "compiler/symbolic/LayerInterpreter.h"

using namespace mlir;

namespace pdec::symbolic {

/// In row-major order, in which tensors keep their cells.
void forEachPosition(const std::vector<int64_t> &sizes,
                     function_ref<void(const Position &)> body) {
  if (llvm::any_of(sizes, [](int64_t size) { return size < 1; }))
    return;
  Position position(sizes.size(), 0);
  for (;;) {
    body(position);
    size_t axis = sizes.size();
    while (axis > 0 && ++position[axis - 1] == sizes[axis - 1])
      position[--axis] = 0;
    if (axis == 0)
      return;
  }
}

int64_t linear(const std::vector<int64_t> &sizes, const Position &position) {
  int64_t place = 0;
  for (auto [size, index] : llvm::zip(sizes, position))
    place = place * size + index;
  return place;
}

/// Tensors stay until the end of the run: freeing one changes no expression.
Lane LayerInterpreter::give(Tensor tensor) {
  Lane handle = run.newBlock();
  run.tensors[handle.number] = std::move(tensor);
  return handle;
}

std::vector<int64_t> LayerInterpreter::numbers(const Lane &base,
                                               int64_t count) {
  std::vector<int64_t> result;
  for (int64_t i = 0; i < count; ++i)
    result.push_back(number(base, sizeof(int64_t) * i));
  return result;
}

/// A tensor of the sizes that the call names.
Tensor LayerInterpreter::generate(
    function_ref<ExprId(const Position &, int64_t)> cell) {
  Tensor result{numbers(args[2], args[1].number), {}};
  forEachPosition(result.sizes, [&](const Position &position) {
    result.cells.push_back(cell(position, result.cells.size()));
  });
  return result;
}

Tensor LayerInterpreter::take() {
  return generate([&](const Position &, int64_t i) {
    return ExprId(run.load(args[3], i * run.elementBytes).number);
  });
}

Lane LayerInterpreter::copyOut() {
  Lane data = run.newBlock();
  for (auto [i, value] : llvm::enumerate(tensor(1).cells))
    run.store(data, i * run.elementBytes, real(value));
  return data;
}

/// Tensors do not change: the handle is what is kept.
Lane LayerInterpreter::keep() {
  Interpreter::Reversal &reversal = run.reversals[args[1].number];
  if (reversal.stage == 0)
    reversal.parts[args[2].number] = {{0, args[3]}};
  return {};
}

Lane LayerInterpreter::restore() {
  Interpreter::Reversal &reversal = run.reversals[args[1].number];
  return reversal.stage == 0 ? args[3]
                             : reversal.parts[args[2].number].front().second;
}

Tensor LayerInterpreter::pointwise(StringRef op) {
  Tensor result = tensor(1);
  for (auto [cell, other] : llvm::zip(result.cells, tensor(2).cells))
    cell = make(op.str(), cell, other);
  return result;
}

Tensor LayerInterpreter::scale() {
  // Rounded first, then multiplied, as LayerPointwise.cpp does.
  ExprId factor = rounded(args[2].number);
  Tensor result = tensor(1);
  for (ExprId &cell : result.cells)
    cell = product(factor, cell);
  return result;
}

/// Through the function itself, on memory like the runtime's.
Tensor LayerInterpreter::activation() {
  // pde_pointwise(inputs, output, scalars, begin, end), over all cells at once.
  Lane pointers = run.newBlock(), y = run.newBlock();
  int64_t bytes = run.elementBytes;
  Tensor result;
  for (int64_t k = 0; k < args[1].number; ++k) {
    const Tensor &x = run.tensors.at(run.load(args[2], 8 * k).number);
    Lane data = run.newBlock();
    for (auto [i, cell] : llvm::enumerate(x.cells))
      run.store(data, i * bytes, real(cell));
    run.store(pointers, 8 * k, data);
    result = x;
  }
  run.callFunction(args[3].function, {pointers, y, args[4], integer(0),
                                      integer(result.cells.size())});
  for (auto [i, cell] : llvm::enumerate(result.cells))
    cell = run.load(y, i * bytes).number;
  return result;
}

Tensor LayerInterpreter::coordinate() {
  return generate([&](const Position &position, int64_t) {
    // Computed in f64 and rounded once.
    int64_t cell = position[args[3].number] - args[4].number;
    ExprId distance =
        wideProduct(e.constant(double(cell), loc), ExprId(args[6].number));
    return rounded(wideSum(ExprId(args[5].number), distance));
  });
}

Tensor LayerInterpreter::noise() {
  return generate([&](const Position &, int64_t i) {
    return rounded(
        run.callRuntime("pde_noise", {args[3], integer(i)}, loc).number);
  });
}

Lane LayerInterpreter::reduce() {
  std::vector<ExprId> cells = tensor(2).cells;
  if (args[3].number) {
    const std::vector<ExprId> &more = tensor(3).cells;
    cells.insert(cells.end(), more.begin(), more.end());
  }
  return run.reduce(args[1], std::move(cells), loc);
}

Lane LayerInterpreter::call(StringRef name) {
  if (name == "pde_tensor_take")
    return give(take());
  if (name == "pde_tensor_share")
    // One more owner: the handle is the tensor.
    return args[1];
  // For the choice of a schedule, which this one makes by itself.
  if (name == "pde_tensor_bytes")
    return integer(0);
  if (name == "pde_tensor_keep")
    return keep();
  if (name == "pde_tensor_restore")
    return restore();
  if (name == "pde_tensor_free")
    return {};
  if (name == "pde_tensor_copy_out")
    return copyOut();
  if (name == "pde_layer_pad")
    return give(pad());
  if (name == "pde_layer_fold")
    return give(fold());
  if (name == "pde_layer_conv")
    return give(conv());
  if (name == "pde_layer_conv_transpose")
    return give(convTranspose());
  if (name == "pde_layer_add")
    return give(pointwise("arith.addf"));
  if (name == "pde_layer_subtract")
    return give(pointwise("arith.subf"));
  if (name == "pde_layer_scale")
    return give(scale());
  if (name == "pde_layer_activation")
    return give(activation());
  if (name == "pde_layer_coordinate")
    return give(coordinate());
  if (name == "pde_layer_noise")
    return give(noise());
  if (name == "pde_layer_along")
    return give(along());
  if (name == "pde_layer_convolve")
    return convolve();
  if (name == "pde_layer_correlate")
    return give(correlate());
  if (name == "pde_layer_entry")
    return real(tensor(1).cells[args[2].number]);
  if (name == "pde_layer_reduce")
    return reduce();
  llvm_unreachable("a runtime function");
}

Lane Interpreter::callLayer(StringRef name, const std::vector<Lane> &args,
                            Location loc) {
  return LayerInterpreter(*this, args, loc).call(name);
}

} // namespace pdec::symbolic
