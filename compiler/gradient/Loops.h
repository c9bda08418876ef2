//===- Loops.h - what both ways need of loops -------------------*- C++ -*-===//

#ifndef PDEC_GRADIENT_LOOPS_H
#define PDEC_GRADIENT_LOOPS_H

#include "compiler/gradient/Activity.h"
#include "compiler/pde/PdeDialect.h"

#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/SetVector.h"

namespace pdec::gradient {

/// Clones an operation of a pass. Clones of evolutions are none that users wait
/// for, and record nothing.
mlir::Operation *cloneOf(mlir::OpBuilder &builder, mlir::Operation &op,
                         mlir::IRMapping &mapping);

/// Clones what a pass computes; `mapping` says from what.
llvm::SmallVector<mlir::Operation *> clonePass(mlir::OpBuilder &builder,
                                               mlir::Block &body,
                                               mlir::IRMapping &mapping);

/// Adds all that values in the body of a loop are made of; what comes from
/// around it ends the search. `reach` is called with each value.
void addSources(mlir::Operation *loop, llvm::SetVector<mlir::Value> &values,
                llvm::function_ref<void(mlir::Value)> reach);

/// Loops with a condition that are gone back through pass by pass count their
/// passes, as their last results.
void countPasses(mlir::ModuleOp module);

/// The number of the next loop with a condition.
int64_t nextLoop(mlir::Operation *op);

/// Whether a loop is an iteration of one function, whose result does not depend
/// on the way to it: it carries fields only, makes the same in each pass, and
/// numbers of whole fields decide when it ends, nothing else.
bool isFixedPoint(pde::FixpointOp op);

/// The pass of such a loop from its result to itself, made where the builder
/// stands.
struct FixedPass {
  FixedPass(mlir::OpBuilder &builder, pde::FixpointOp loop,
            const Activity &outside);

  Activity activity; ///< the result varies
  llvm::SmallVector<mlir::Operation *> operations;
  llvm::SmallVector<mlir::Value> made; ///< what it hands on
};

/// The linear iteration for a derivative of a fixed point: it ends when a pass
/// changes nothing but by rounding.
class FixedPointLoop {
public:
  FixedPointLoop(mlir::OpBuilder &builder, pde::FixpointOp of,
                 mlir::ValueRange starts);
  /// The builder enters the body, which gets these values.
  mlir::ValueRange open();
  /// Ends the body with what it makes of them.
  void close(mlir::ValueRange next);
  mlir::ValueRange results() { return loop.getResults(); }

private:
  mlir::OpBuilder &builder;
  pde::FixpointOp loop;
};

} // namespace pdec::gradient

#endif // PDEC_GRADIENT_LOOPS_H
