//===- InterpretChannels.cpp - operators between lists, on symbols --------===//
//
// A sum of fused products is one expression of all of them in their order: what
// both forms compute is the same if they take the same products in one order.
//
//===----------------------------------------------------------------------===//

#include "compiler/symbolic/LayerInterpreter.h"
#include "runtime/pde_runtime.h"

#include <cstring>

using namespace mlir;

namespace pdec::symbolic {

/// Positions of a box of three axes in row-major order.
static void forEachOf(const int64_t *sizes,
                      function_ref<void(const Position &)> body) {
  forEachPosition({sizes, sizes + PDE_MAX_RANK}, body);
}

static Position reversed(const Position &tap, const int64_t *taps) {
  Position result;
  for (size_t axis = 0; axis < tap.size(); ++axis)
    result.push_back(taps[axis] - 1 - tap[axis]);
  return result;
}

//===----------------------------------------------------------------------===//
// On memory
//===----------------------------------------------------------------------===//

namespace {

/// A call of pde_convolve or pde_correlate.
struct ChannelsCall {
  pde_channels c;

  std::vector<int64_t> block() const {
    return {c.out, c.in, c.taps[0], c.taps[1], c.taps[2]};
  }
  /// The entry of a block.
  int64_t entry(int64_t o, int64_t i, const Position &tap) const {
    return linear(block(), {o, i, tap[0], tap[1], tap[2]});
  }
  /// Where tap `sign` * (first + tap) from `at` lies among `sizes` cells;
  /// negative: outside.
  int64_t place(const Position &at, const Position &tap, int64_t sign,
                const int64_t *sizes) const {
    int64_t result = 0;
    for (int axis = 0; axis < PDE_MAX_RANK; ++axis) {
      int64_t size = sizes[axis];
      int64_t cell = at[axis] + sign * (c.first[axis] + tap[axis]);
      if (c.periodic[axis])
        cell = (cell % size + size) % size;
      if (cell < 0 || cell >= size)
        return -1;
      result = result * size + cell;
    }
    return result;
  }
};

} // namespace

static pde_channels recordAt(function_ref<int64_t(int64_t)> read) {
  pde_channels record;
  int64_t numbers[sizeof(pde_channels) / sizeof(int64_t)];
  for (auto [i, number] : llvm::enumerate(numbers))
    number = read(i * sizeof(int64_t));
  std::memcpy(&record, numbers, sizeof record);
  return record;
}

void Interpreter::convolve(const std::vector<Lane> &args, Location loc) {
  ChannelsCall call{
      recordAt([&](int64_t at) { return load(args[1], at).number; })};
  bool isBack = args[2].number != 0;
  const int64_t *made = isBack ? call.c.read : call.c.made;
  const int64_t *given = isBack ? call.c.made : call.c.read;
  ExprId zero = expressions.constant(0, loc);
  for (int64_t result = 0; result < (isBack ? call.c.in : call.c.out);
       ++result) {
    Lane target = load(args[6], 8 * result);
    int64_t cell = 0;
    forEachOf(made, [&](const Position &at) {
      std::vector<ExprId> products;
      for (int64_t k = 0; k < (isBack ? call.c.out : call.c.in); ++k) {
        Lane source = load(args[5], 8 * k);
        forEachOf(call.c.taps, [&](const Position &next) {
          Position tap = isBack ? reversed(next, call.c.taps) : next;
          int64_t entry =
              isBack ? call.entry(k, result, tap) : call.entry(result, k, tap);
          int64_t from = call.place(at, tap, isBack ? -1 : 1, given);
          products.push_back(
              load(args[3], (args[4].number + entry) * elementBytes).number);
          products.push_back(
              from < 0 ? zero : load(source, from * elementBytes).number);
        });
      }
      store(
          target, cell++ * elementBytes,
          real(expressions.make("fused sum", std::move(products), false, loc)));
    });
  }
}

void Interpreter::correlate(const std::vector<Lane> &args, Location loc) {
  ChannelsCall call{
      recordAt([&](int64_t at) { return load(args[1], at).number; })};
  auto put = [&](int64_t entry, ExprId value) {
    store(args[4], entry * elementBytes, real(value));
  };
  for (int64_t entry = 0; entry < args[6].number; ++entry)
    put(entry, expressions.constant(0, loc));
  for (int64_t o = 0; o < call.c.out; ++o)
    for (int64_t i = 0; i < call.c.in; ++i)
      forEachOf(call.c.taps, [&](const Position &tap) {
        std::vector<ExprId> products;
        int64_t cell = 0;
        forEachOf(call.c.made, [&](const Position &at) {
          int64_t from = call.place(at, tap, 1, call.c.read);
          products.push_back(
              load(load(args[2], 8 * o), cell++ * elementBytes).number);
          products.push_back(
              load(load(args[3], 8 * i), from * elementBytes).number);
        });
        put(args[5].number + call.entry(o, i, tap),
            expressions.make("fused sums", std::move(products), false, loc));
      });
}

//===----------------------------------------------------------------------===//
// On tensors
//===----------------------------------------------------------------------===//

const Tensor &LayerInterpreter::tensorAt(const Lane &list, int64_t i) {
  return run.tensors.at(run.load(list, 8 * i).number);
}

/// y(to) = sum of W[o][i][m] * x(to + m); its transpose takes x(to - m), zero
/// outside.
Tensor LayerInterpreter::convolved(const std::vector<int64_t> &block,
                                   int64_t result, bool isBack) {
  std::vector<int64_t> taps(block.begin() + 2, block.end());
  const Tensor &weights = tensor(4), &first = tensorAt(args[6], 0);
  Tensor made{first.sizes, {}};
  for (auto [size, count] : llvm::zip(made.sizes, taps))
    size += isBack ? count - 1 : 1 - count;
  forEachPosition(made.sizes, [&](const Position &to) {
    std::vector<ExprId> products;
    for (int64_t k = 0; k < block[isBack ? 0 : 1]; ++k) {
      const Tensor &x = tensorAt(args[6], k);
      forEachPosition(taps, [&](const Position &by) {
        Position from = to,
                 entry = isBack ? Position{k, result} : Position{result, k};
        bool isInside = true;
        for (size_t axis = 0; axis < to.size(); ++axis) {
          // Either way positions that are read ascend.
          int64_t tap = isBack ? taps[axis] - 1 - by[axis] : by[axis];
          from[axis] += isBack ? -tap : tap;
          isInside &= from[axis] >= 0 && from[axis] < x.sizes[axis];
          entry.push_back(tap);
        }
        products.push_back(
            weights.cells[args[5].number + linear(block, entry)]);
        products.push_back(isInside ? x.cells[linear(x.sizes, from)]
                                    : e.constant(0, loc));
      });
    }
    made.cells.push_back(e.make("fused sum", std::move(products), false, loc));
  });
  return made;
}

/// The block of the array that a call names: out, in, taps.
std::vector<int64_t> LayerInterpreter::block() {
  return numbers(args[2], 2 + args[1].number);
}

Lane LayerInterpreter::convolve() {
  bool isBack = args[3].number != 0;
  std::vector<int64_t> extents = block();
  for (int64_t result = 0; result < extents[isBack ? 1 : 0]; ++result)
    run.store(args[7], 8 * result, give(convolved(extents, result, isBack)));
  return {};
}

Tensor LayerInterpreter::correlate() {
  std::vector<int64_t> extents = block();
  Tensor made{{args[6].number}, {}};
  made.cells.assign(args[6].number, e.constant(0, loc));
  int64_t place = args[5].number;
  forEachPosition(extents, [&](const Position &entry) {
    const Tensor &y = tensorAt(args[3], entry[0]);
    const Tensor &x = tensorAt(args[4], entry[1]);
    std::vector<ExprId> products;
    forEachPosition(y.sizes, [&](const Position &at) {
      Position from = at;
      for (size_t axis = 0; axis < at.size(); ++axis)
        from[axis] += entry[2 + axis];
      products.push_back(y.cells[linear(y.sizes, at)]);
      products.push_back(x.cells[linear(x.sizes, from)]);
    });
    made.cells[place++] = e.make("fused sums", std::move(products), false, loc);
  });
  return made;
}

} // namespace pdec::symbolic
