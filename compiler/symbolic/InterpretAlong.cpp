//===- InterpretAlong.cpp - lines along an axis, on symbols ---------------===//
//
// What is made of some cells is one expression of these in their order: both
// forms compute the same if they take the same cells in one order.
//
//===----------------------------------------------------------------------===//

#include "compiler/symbolic/LayerInterpreter.h"
#include "runtime/pde_runtime.h"

using namespace mlir;

namespace pdec::symbolic {

ExprId Interpreter::ofLine(int64_t kind, std::vector<ExprId> cells,
                           Location loc) {
  const char *name = kind == PDE_ALONG_MIN   ? "least of a line"
                     : kind == PDE_ALONG_MAX ? "greatest of a line"
                                             : "sum along a line";
  return expressions.make(name, std::move(cells), interface.isF32, loc);
}

/// Of the cells of a line all that the runtime makes.
static std::vector<ExprId>
lineOf(int64_t kind, int64_t size, const std::vector<ExprId> &cells,
       function_ref<ExprId(std::vector<ExprId>)> make) {
  if (kind == PDE_ALONG_SPREAD)
    return std::vector<ExprId>(size, cells.front());
  if (kind != PDE_CUMULATE && kind != PDE_CUMULATE_BACK)
    return {make(cells)};
  std::vector<ExprId> made(cells.size());
  for (size_t k = 0; k < cells.size(); ++k)
    made[k] = kind == PDE_CUMULATE
                  ? make({cells.begin(), cells.begin() + k + 1})
                  : make({cells.rbegin(), cells.rend() - k});
  return made;
}

//===----------------------------------------------------------------------===//
// On memory
//===----------------------------------------------------------------------===//

void Interpreter::along(const std::vector<Lane> &args, Location loc) {
  int64_t kind = args[1].number, length = args[3].number;
  int64_t after = args[4].number;
  int64_t reads = kind == PDE_ALONG_SPREAD ? 1 : length;
  for (int64_t line = 0; line < args[2].number * after; ++line) {
    auto at = [&](int64_t k, int64_t size) {
      return ((line / after * size + k) * after + line % after) * elementBytes;
    };
    std::vector<ExprId> cells;
    for (int64_t k = 0; k < reads; ++k)
      cells.push_back(load(args[5], at(k, reads)).number);
    std::vector<ExprId> made =
        lineOf(kind, length, cells, [&](std::vector<ExprId> some) {
          return ofLine(kind, std::move(some), loc);
        });
    for (auto [k, value] : llvm::enumerate(made))
      store(args[6], at(k, made.size()), real(value));
  }
}

//===----------------------------------------------------------------------===//
// On tensors
//===----------------------------------------------------------------------===//

Tensor LayerInterpreter::along() {
  const Tensor &x = tensor(1);
  int64_t kind = args[2].number, axis = args[3].number;
  std::vector<int64_t> firsts = x.sizes;
  firsts[axis] = 1;
  Tensor made{x.sizes, {}};
  if (kind != PDE_CUMULATE && kind != PDE_CUMULATE_BACK)
    made.sizes[axis] = kind == PDE_ALONG_SPREAD ? args[4].number : 1;
  int64_t count = 1;
  for (int64_t size : made.sizes)
    count *= size;
  made.cells.resize(count);
  forEachPosition(firsts, [&](const Position &first) {
    std::vector<ExprId> cells;
    Position at = first;
    for (; at[axis] < x.sizes[axis]; ++at[axis])
      cells.push_back(x.cells[linear(x.sizes, at)]);
    std::vector<ExprId> line =
        lineOf(kind, made.sizes[axis], cells, [&](std::vector<ExprId> some) {
          return run.ofLine(kind, std::move(some), loc);
        });
    for (at[axis] = 0; at[axis] < made.sizes[axis]; ++at[axis])
      made.cells[linear(made.sizes, at)] = line[at[axis]];
  });
  return made;
}

} // namespace pdec::symbolic
