//===- InterpretLayers.cpp - layers on symbols, one axis ------------------===//
//
// The meaning of the runtime's layers (runtime/pde_runtime.h), said once more
// and independently of it.
//
//===----------------------------------------------------------------------===//

#include "compiler/symbolic/Interpreter.h"

using namespace mlir;

namespace pdec::symbolic {

/// One call of a layer.
class LayerInterpreter {
public:
  LayerInterpreter(Interpreter &run, const std::vector<Lane> &args,
                   Location loc)
      : run(run), args(args), loc(loc), e(run.expressions) {}

  Lane call(StringRef name);

private:
  using Tensor = std::vector<ExprId>;
  Interpreter &run;
  const std::vector<Lane> &args;
  Location loc;
  Expressions &e;

  struct Margin {
    int64_t lowKind, highKind, low, high;
    ExprId lowValue, highValue;
  };
  struct Weights {
    std::vector<int64_t> offsets;
    std::vector<ExprId> values;
    ExprId scale;
    int64_t first, last;
  };

  const Tensor &tensor(unsigned i) { return run.tensors.at(args[i].number); }
  Lane give(Tensor values) {
    Lane handle = run.newBlock();
    run.tensors[handle.number] = std::move(values);
    return handle;
  }
  ExprId rounded(ExprId id) { return e.round(id, run.interface.isF32, loc); }
  int64_t number(const Lane &base, int64_t offset) {
    return run.load(base, offset).number;
  }
  ExprId expr(const Lane &base, int64_t offset) {
    return rounded(run.load(base, offset).number);
  }
  Margin margin(const Lane &base);
  Weights weights(const Lane &base);
  ExprId product(ExprId weight, ExprId value) {
    return e.make("arith.mulf", {weight, value}, loc);
  }
  ExprId sum(ExprId a, ExprId b) { return e.make("arith.addf", {a, b}, loc); }

  Tensor take();
  Tensor pad();
  Tensor fold();
  Tensor conv();
  Tensor convTranspose();
  Tensor pointwise(StringRef op);
  Tensor scale();
  Tensor activation();
  Tensor coordinate();
  Tensor noise();
};

LayerInterpreter::Margin LayerInterpreter::margin(const Lane &base) {
  return {number(base, 0),  number(base, 4), number(base, 8),
          number(base, 16), expr(base, 24),  expr(base, 32)};
}

LayerInterpreter::Weights LayerInterpreter::weights(const Lane &base) {
  Weights result;
  int64_t taps = number(base, 4);
  Lane offsets = run.load(base, 8), values = run.load(base, 16);
  for (int64_t m = 0; m < taps; ++m) {
    result.offsets.push_back(number(offsets, 8 * m));
    result.values.push_back(expr(values, 8 * m));
  }
  result.scale = expr(base, 24);
  result.first =
      *std::min_element(result.offsets.begin(), result.offsets.end());
  result.last = *std::max_element(result.offsets.begin(), result.offsets.end());
  return result;
}

LayerInterpreter::Tensor LayerInterpreter::take() {
  int64_t size = number(args[2], 0);
  Tensor result;
  for (int64_t i = 0; i < size; ++i)
    result.push_back(run.load(args[3], i * run.elementBytes).number);
  return result;
}

LayerInterpreter::Tensor LayerInterpreter::pad() {
  const Tensor &x = tensor(1);
  Margin m = margin(args[2]);
  int64_t size = x.size();
  Tensor result;
  for (int64_t i = -m.low; i < size + m.high; ++i) {
    int64_t position = i;
    ExprId value = -1;
    while (value < 0) {
      bool isHigh = position >= size;
      if (position >= 0 && !isHigh) {
        value = x[position];
        continue;
      }
      int64_t kind = isHigh ? m.highKind : m.lowKind;
      if (kind == 2)
        value = isHigh ? m.highValue : m.lowValue;
      else if (kind == 1)
        position += isHigh ? -size : size;
      else
        position = (isHigh ? 2 * size - 1 : -1) - position;
    }
    result.push_back(value);
  }
  return result;
}

LayerInterpreter::Tensor LayerInterpreter::fold() {
  const Tensor &x = tensor(1);
  Margin m = margin(args[2]);
  int64_t size = int64_t(x.size()) - m.low - m.high;
  Tensor result(x.begin() + m.low, x.begin() + m.low + size);
  for (int64_t i = 0; i < int64_t(x.size()); ++i) {
    int64_t position = i - m.low;
    bool isHigh = position >= size;
    if (position >= 0 && !isHigh)
      continue;
    int64_t kind = isHigh ? m.highKind : m.lowKind;
    if (kind == 2)
      continue;
    int64_t target = kind == 1 ? position + (isHigh ? -size : size)
                               : (isHigh ? 2 * size - 1 : -1) - position;
    result[target] = sum(result[target], x[i]);
  }
  return result;
}

LayerInterpreter::Tensor LayerInterpreter::conv() {
  const Tensor &x = tensor(1);
  Weights w = weights(args[2]);
  Tensor result;
  for (int64_t i = 0; i + w.last - w.first < int64_t(x.size()); ++i) {
    ExprId total = -1;
    for (size_t m = 0; m < w.values.size(); ++m) {
      ExprId term = product(w.values[m], x[i + w.offsets[m] - w.first]);
      total = m ? sum(total, term) : term;
    }
    result.push_back(product(total, w.scale));
  }
  return result;
}

LayerInterpreter::Tensor LayerInterpreter::convTranspose() {
  const Tensor &x = tensor(1);
  Weights w = weights(args[2]);
  int64_t size = int64_t(x.size()) + w.last - w.first;
  ExprId zero = e.constant(0, loc);
  Tensor result;
  for (int64_t j = 0; j < size; ++j) {
    ExprId total = -1;
    for (size_t m = w.values.size(); m-- > 0;) {
      int64_t position = j - (w.offsets[m] - w.first);
      bool isInside = position >= 0 && position < int64_t(x.size());
      ExprId term = product(w.values[m], isInside ? x[position] : zero);
      total = m + 1 < w.values.size() ? sum(total, term) : term;
    }
    result.push_back(product(total, w.scale));
  }
  return result;
}

LayerInterpreter::Tensor LayerInterpreter::pointwise(StringRef op) {
  Tensor result;
  for (size_t i = 0; i < tensor(1).size(); ++i)
    result.push_back(e.make(op.str(), {tensor(1)[i], tensor(2)[i]}, loc));
  return result;
}

LayerInterpreter::Tensor LayerInterpreter::scale() {
  ExprId factor = rounded(args[2].number);
  Tensor result;
  for (ExprId x : tensor(1))
    result.push_back(product(factor, x));
  return result;
}

/// Through the function itself, on memory like the runtime's.
LayerInterpreter::Tensor LayerInterpreter::activation() {
  Lane pointers = run.newBlock(), y = run.newBlock();
  int64_t size = 0, bytes = run.elementBytes;
  for (int64_t k = 0; k < args[1].number; ++k) {
    const Tensor &x = run.tensors.at(run.load(args[2], 8 * k).number);
    Lane data = run.newBlock();
    size = x.size();
    for (int64_t i = 0; i < size; ++i)
      run.store(data, i * bytes, real(x[i]));
    run.store(pointers, 8 * k, data);
  }
  run.callFunction(args[3].function,
                   {pointers, y, args[4], integer(0), integer(size)});
  Tensor result;
  for (int64_t i = 0; i < size; ++i)
    result.push_back(run.load(y, i * bytes).number);
  return result;
}

LayerInterpreter::Tensor LayerInterpreter::coordinate() {
  int64_t size = number(args[2], 0);
  Tensor result;
  for (int64_t i = 0; i < size; ++i) {
    ExprId distance =
        product(e.constant(double(i), loc), ExprId(args[5].number));
    result.push_back(rounded(sum(ExprId(args[4].number), distance)));
  }
  return result;
}

LayerInterpreter::Tensor LayerInterpreter::noise() {
  int64_t size = number(args[2], 0);
  Tensor result;
  for (int64_t i = 0; i < size; ++i)
    result.push_back(rounded(
        run.callRuntime("pde_noise", {args[3], integer(i)}, loc).number));
  return result;
}

Lane LayerInterpreter::call(StringRef name) {
  if (name == "pde_tensor_take")
    return give(take());
  if (name == "pde_tensor_share")
    return args[1];
  if (name == "pde_tensor_free")
    return {};
  if (name == "pde_tensor_copy_out") {
    Lane data = run.newBlock();
    for (auto [i, value] : llvm::enumerate(tensor(1)))
      run.store(data, i * run.elementBytes, real(value));
    return data;
  }
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
  llvm_unreachable("a runtime function");
}

Lane Interpreter::callLayer(StringRef name, const std::vector<Lane> &args,
                            Location loc) {
  return LayerInterpreter(*this, args, loc).call(name);
}

} // namespace pdec::symbolic
