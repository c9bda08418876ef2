//===- Interpreter.h - runs a lowered program on symbols --------*- C++ -*-===//
//
// Runs a module as the kernel way or the network way left it (func, scf, arith,
// math, vector, llvm memory operations and runtime calls) on a small grid, with
// symbols for all real data. Indices, sizes and counts are numbers, reals are
// expressions; a program's control flow depends on the former only, so one run
// holds for all data.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_SYMBOLIC_INTERPRETER_H
#define PDEC_SYMBOLIC_INTERPRETER_H

#include "compiler/pde/Interface.h"
#include "compiler/symbolic/Expressions.h"

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

/// What a run is told: sizes by grid, integer parameters by position.
struct Setting {
  std::vector<int64_t> sizes;
  std::vector<int64_t> integers;
};

class Interpreter {
public:
  Interpreter(mlir::ModuleOp root, const pde::Interface &interface,
              const Setting &setting, Expressions &expressions);

  /// The cells of each output.
  std::vector<std::vector<ExprId>> run();

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
  std::map<int64_t, std::vector<ExprId>> tensors;

  using Frame = llvm::DenseMap<mlir::Value, Lanes>;

  // Interpreter.cpp
  void callFunction(mlir::func::FuncOp function,
                    const std::vector<Lane> &arguments);
  std::vector<Lanes> runBlock(mlir::Block &block, Frame &frame);
  void runFor(mlir::scf::ForOp loop, Frame &frame);
  void runOperation(mlir::Operation &op, Frame &frame);
  bool runMemory(mlir::Operation &op, Frame &frame);
  bool runVector(mlir::Operation &op, Frame &frame);
  Lane runScalar(mlir::Operation &op, const std::vector<Lane> &args);
  Lane runInteger(mlir::Operation &op, const std::vector<Lane> &args);
  Lane newBlock();
  Lane load(const Lane &address, int64_t offset);
  void store(const Lane &address, int64_t offset, const Lane &lane);
  static int64_t bytesOf(mlir::Type type);

  // InterpretRuntime.cpp
  Lane callRuntime(llvm::StringRef name, const std::vector<Lane> &args,
                   mlir::Location loc);
  Lane callLayer(llvm::StringRef name, const std::vector<Lane> &args,
                 mlir::Location loc);
  void writeOutput(int64_t output, const Lane &data);
  Lane readInput(int64_t input, mlir::Location loc);
};

Lane integer(int64_t value);
Lane real(ExprId id);

} // namespace pdec::symbolic

#endif // PDEC_SYMBOLIC_INTERPRETER_H
