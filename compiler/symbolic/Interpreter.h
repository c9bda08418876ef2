//===- Interpreter.h - runs a lowered program on symbols --------*- C++ -*-===//
//
// Runs a module as the kernel way or the network way left it (func, scf, arith,
// math, vector, llvm memory operations and runtime calls) on a small grid, with
// symbols for all real data. Indices, sizes and counts are numbers, reals are
// expressions. Control flow depends on the former only, so one run holds for
// all data; the one exception are loops that end by a condition on data, of
// which a run makes the first two passes.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_SYMBOLIC_INTERPRETER_H
#define PDEC_SYMBOLIC_INTERPRETER_H

#include "compiler/pde/Interface.h"
#include "compiler/symbolic/Expressions.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/LLVMIR/LLVMDialect.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/BuiltinOps.h"

namespace pdec::symbolic {

/// One lane of a value: an integer, a real expression, an address (block and
/// byte offset) or a function.
struct Lane {
  enum Kind { None, Integer, Real, Address, Function } kind = None;
  int64_t number = 0; ///< integer, expression id or block
  int64_t offset = 0; ///< of addresses
  mlir::func::FuncOp function;
};
using Lanes = std::vector<Lane>;

/// Sizes for each grid that a setting holds; unused ones are ignored.
constexpr unsigned maxRank = 3;

/// What a run is told: `maxRank` sizes a grid, those of grids that coarsen
/// others included, and integer parameters by position.
struct Setting {
  std::vector<int64_t> sizes;
  std::vector<int64_t> integers;
};

/// A tensor of one to three axes, the last one contiguous.
struct Tensor {
  std::vector<int64_t> sizes;
  std::vector<ExprId> cells;
};

class Interpreter {
public:
  Interpreter(mlir::ModuleOp root, const pde::Interface &interface,
              const Setting &setting, Expressions &expressions);

  /// The cells of each output, row-major, and what is recorded.
  std::vector<std::vector<ExprId>> run();
  /// What decided over loops, in the order of the run: for each pass of a loop
  /// that ends by a condition its number, pass, measure and bound, and the
  /// condition where it is not known. Both forms have to agree on it, too.
  const std::vector<ExprId> &trace() const { return decisions; }

private:
  friend class LayerInterpreter;
  using Block = std::map<int64_t, Lane>;

  mlir::ModuleOp root;
  const pde::Interface &interface;
  const Setting &setting;
  Expressions &expressions;
  int64_t elementBytes;
  std::vector<Block> memory;
  std::vector<std::vector<ExprId>> outputs;
  /// Tensors behind handles: the block's number is the handle.
  std::map<int64_t, Tensor> tensors;
  std::vector<ExprId> decisions;
  /// Passes of the innermost loop with a condition.
  int64_t passes = 0;

  /// Behind handles, too: stage 0 keeps the state that it begins with, each
  /// other one restores it and goes back through one pass. After a climb stage
  /// 0 goes back through the last pass.
  struct Reversal {
    int64_t passes = 0, stage = -1;
    bool hasClimbed = false;
    std::vector<Lane> starts, sources, targets;
    std::map<int64_t, std::vector<std::pair<int64_t, Lane>>> parts;
  };
  std::map<int64_t, Reversal> reversals;

  using Frame = llvm::DenseMap<mlir::Value, Lanes>;

  // Interpreter.cpp
  void runOperation(mlir::Operation &op, Frame &frame);
  Lanes lanesOf(mlir::arith::ConstantOp constant);
  bool runVector(mlir::Operation &op, Frame &frame);
  Lane runScalar(mlir::Operation &op, const std::vector<Lane> &args);
  Lane runInteger(mlir::Operation &op, const std::vector<Lane> &args);
  Lane runLogic(mlir::Operation &op, const std::vector<Lane> &args);
  Lane combine(bool needsBoth, const Lane &a, const Lane &b,
               mlir::Location loc);
  Lane invert(const Lane &condition, mlir::Location loc);

  // InterpretMemory.cpp
  bool runMemory(mlir::Operation &op, Frame &frame);
  Lane addressOf(mlir::LLVM::GEPOp gep, Frame &frame);
  void runMasked(mlir::LLVM::MaskedLoadOp op, Frame &frame);
  void runMasked(mlir::LLVM::MaskedStoreOp op, Frame &frame);
  void copyCells(mlir::LLVM::MemcpyOp copy, Frame &frame);
  Lane newBlock();
  Lane load(const Lane &address, int64_t offset);
  void store(const Lane &address, int64_t offset, const Lane &lane);
  static int64_t bytesOf(mlir::Type type);

  // InterpretControl.cpp
  std::vector<Lanes> callFunction(mlir::func::FuncOp function,
                                  const std::vector<Lane> &arguments);
  std::vector<Lanes> runBlock(mlir::Block &block, Frame &frame);
  bool runControl(mlir::Operation &op, Frame &frame);
  void runFor(mlir::scf::ForOp loop, Frame &frame);
  void runIf(mlir::scf::IfOp choice, Frame &frame);
  void runWhile(mlir::scf::WhileOp loop, Frame &frame);
  void runCall(mlir::func::CallOp call, Frame &frame);
  bool continues(const Lane &condition, int64_t &passesBefore);

  // InterpretRuntime.cpp
  std::optional<Lane> callPort(llvm::StringRef name,
                               const std::vector<Lane> &args,
                               mlir::Location loc);
  std::optional<Lane> callCounting(llvm::StringRef name,
                                   const std::vector<Lane> &args);
  Lane reduceCells(pde::Reduction kind, int64_t count,
                   llvm::ArrayRef<Lane> places, mlir::Location loc);
  Lane reduceOne(const std::vector<Lane> &args, mlir::Location loc);
  void formSums(const std::vector<Lane> &args, mlir::Location loc);
  std::optional<Lane> callOnCells(llvm::StringRef name,
                                  const std::vector<Lane> &args,
                                  mlir::Location loc);
  Lane callRuntime(llvm::StringRef name, const std::vector<Lane> &args,
                   mlir::Location loc);
  Lane callReversal(llvm::StringRef name, const std::vector<Lane> &args);
  std::optional<Lane> callLending(llvm::StringRef name, Reversal &reversal,
                                  const std::vector<Lane> &args);
  Lane callState(llvm::StringRef name);
  void keepPart(Reversal &reversal, int64_t part, const Lane &address,
                int64_t bytes);
  Lane callLayer(llvm::StringRef name, const std::vector<Lane> &args,
                 mlir::Location loc);
  void writeOutput(int64_t output, const Lane &data);
  std::vector<ExprId> &recorded(int64_t record) {
    return outputs[interface.outputs.size() + record];
  }
  ExprId asExpression(const Lane &number, mlir::Location loc);
  Lane readInput(int64_t input, mlir::Location loc);
  Lane rowRing(const std::vector<Lane> &args);
  Lane reduce(const Lane &kind, std::vector<ExprId> cells, mlir::Location loc);

  /// InterpretAlong.cpp: a line's result of its first `count` cells.
  ExprId ofLine(int64_t kind, std::vector<ExprId> cells, mlir::Location loc);
  void along(const std::vector<Lane> &args, mlir::Location loc);

  // InterpretChannels.cpp
  void convolve(const std::vector<Lane> &args, mlir::Location loc);
  void correlate(const std::vector<Lane> &args, mlir::Location loc);
};

Lane integer(int64_t value);
Lane real(ExprId id);

} // namespace pdec::symbolic

#endif // PDEC_SYMBOLIC_INTERPRETER_H
