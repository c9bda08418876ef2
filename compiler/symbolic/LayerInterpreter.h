//===- LayerInterpreter.h - one call of a layer on symbols ------*- C++ -*-===//
//
// The meaning of the runtime's layers (runtime/pde_runtime.h), said once more
// and independently of it: plainly, cell by cell, by positions.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_SYMBOLIC_LAYERINTERPRETER_H
#define PDEC_SYMBOLIC_LAYERINTERPRETER_H

#include "compiler/pde/PdeDialect.h"
#include "compiler/symbolic/Interpreter.h"

namespace pdec::symbolic {

/// A cell of a tensor: one index for each axis.
using Position = std::vector<int64_t>;

/// Calls body(position) for each cell of `sizes` in ascending order.
void forEachPosition(const std::vector<int64_t> &sizes,
                     llvm::function_ref<void(const Position &)> body);
/// The cell's place in memory.
int64_t linear(const std::vector<int64_t> &sizes, const Position &position);

class LayerInterpreter {
public:
  LayerInterpreter(Interpreter &run, const std::vector<Lane> &args,
                   mlir::Location loc)
      : run(run), args(args), loc(loc), e(run.expressions) {}

  Lane call(llvm::StringRef name);

private:
  Interpreter &run;
  const std::vector<Lane> &args;
  mlir::Location loc;
  Expressions &e;

  struct Side {
    pde::Boundary kind;
    int64_t count;
    ExprId value;         ///< in f64
    const Tensor *tensor; ///< instead of a value, or null
    Lane scalars;         ///< weights and factors, in f64
    Position before;      ///< cells of `tensor` before those of x
  };
  struct Margin {
    Side low, high;
  };
  struct Weights {
    std::vector<Position> offsets; ///< from the least on: >= 0
    std::vector<ExprId> values;
    ExprId scale;
    Position extent;
    std::vector<int64_t> strides;
  };

  // InterpretLayers.cpp
  const Tensor &tensor(unsigned i) { return run.tensors.at(args[i].number); }
  Lane give(Tensor tensor);
  ExprId rounded(ExprId id) { return e.round(id, run.interface.isF32, loc); }
  /// In f64, or in the element type.
  ExprId wideProduct(ExprId a, ExprId b) {
    return e.make("arith.mulf", {a, b}, false, loc);
  }
  ExprId wideSum(ExprId a, ExprId b) {
    return e.make("arith.addf", {a, b}, false, loc);
  }
  ExprId make(const std::string &op, ExprId a, ExprId b) {
    return e.make(op, {a, b}, run.interface.isF32, loc);
  }
  ExprId product(ExprId a, ExprId b) { return make("arith.mulf", a, b); }
  ExprId sum(ExprId a, ExprId b) { return make("arith.addf", a, b); }
  int64_t number(const Lane &base, int64_t offset) {
    return run.load(base, offset).number;
  }
  std::vector<int64_t> numbers(const Lane &base, int64_t count);
  Tensor generate(llvm::function_ref<ExprId(const Position &, int64_t)> cell);
  Tensor take();
  Lane copyOut();
  Lane keep();
  Lane restore();
  Tensor pointwise(llvm::StringRef op);
  Tensor scale();
  Tensor activation();
  Tensor coordinate();
  Tensor noise();
  Lane reduce();

  // InterpretChannels.cpp
  const Tensor &tensorAt(const Lane &list, int64_t i);
  std::vector<int64_t> block();
  Tensor convolved(const std::vector<int64_t> &block, int64_t result,
                   bool isBack);
  Lane convolve();
  Tensor correlate();

  Tensor along(); ///< InterpretAlong.cpp

  // InterpretConvolutions.cpp
  std::vector<Margin> margins(size_t rank);
  Weights weights();
  ExprId scalar(const Side &side, int64_t place) {
    return ExprId(number(side.scalars, sizeof(double) * place));
  }
  ExprId padded(const Tensor &x, Position position, size_t axis,
                llvm::ArrayRef<Margin> margins);
  ExprId given(const Tensor &x, const Side &side, ExprId factor,
               Position position, size_t axis, llvm::ArrayRef<Margin> margins);
  ExprId beyond(const Tensor &x, Position position, size_t axis,
                llvm::ArrayRef<Margin> margins);
  struct Part;
  std::vector<Part> partsOf(const Margin &margin, int64_t position,
                            int64_t size);
  void spill(const Tensor &x, const Position &from,
             llvm::ArrayRef<Margin> margins, Tensor &result);
  Tensor pad();
  Tensor fold();
  Tensor conv();
  Tensor convTranspose();
};

} // namespace pdec::symbolic

#endif // PDEC_SYMBOLIC_LAYERINTERPRETER_H
