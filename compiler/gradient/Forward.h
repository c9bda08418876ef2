//===- Forward.h - along operations -----------------------------*- C++ -*-===//

#ifndef PDEC_GRADIENT_FORWARD_H
#define PDEC_GRADIENT_FORWARD_H

#include "compiler/gradient/Activity.h"
#include "compiler/gradient/Fields.h"
#include "compiler/gradient/Scalars.h"

#include "compiler/pde/PdeAlong.h"
#include "compiler/pde/PdeChannels.h"
#include "compiler/pde/PdeSolutions.h"

namespace pdec::gradient {

/// Goes along operations, from the first to the last, and makes for each value
/// its tangent: how it changes in a direction in which others do. Tangents are
/// of the values' types, but f64 for all numbers.
class Forward {
public:
  using Value = mlir::Value;

  /// `isAgain`: what is made may be differentiated.
  Forward(mlir::OpBuilder &builder, Activity &activity, bool isAgain)
      : builder(builder), activity(activity), isAgain(isAgain),
        isGuarded(hasChoices(builder.getBlock()->getParentOp())) {}

  /// Adds to the tangent of a value that varies; others have none.
  void add(Value of, Value tangent);
  /// Null for zero.
  Value tangent(Value of) const { return tangents.lookup(of); }
  Value tangentOrZero(Value of, mlir::Location loc);
  /// All that another one knows.
  void addAll(const Forward &other) {
    for (auto [of, tangent] : other.tangents)
      tangents[of] = tangent;
  }

  /// False where an operation has no derivative.
  bool goAlong(mlir::Operation &op);

  /// Of a failure.
  mlir::Operation *obstacle = nullptr;
  std::string reason;

private:
  mlir::OpBuilder &builder;
  Activity &activity;
  bool isAgain, isGuarded;
  llvm::DenseMap<Value, Value> tangents;

  bool refuse(mlir::Operation *op, std::string why);
  bool fail(const Forward &inner) {
    return refuse(inner.obstacle, inner.reason);
  }
  Fields fields(mlir::Location loc) { return Fields(builder, loc); }

  // Forward.cpp
  bool goAlongScalar(mlir::Operation &op);
  void goAlongMap(pde::MapOp op);
  void goAlongApplication(pde::SidedOpInterface op);
  void goAlongSides(pde::SidedOpInterface op);
  void goAlongTransfer(mlir::Operation &op);
  void goAlongCoordinate(pde::CoordinateOp op);
  bool goAlongReduce(pde::ReduceOp op);
  void goAlongEntry(pde::EntryOp op);
  void addOperator(mlir::Operation &op);

  void goAlongLines(pde::AlongOp op); ///< AlongLines.cpp

  // ForwardChannels.cpp
  llvm::SmallVector<Value> tangentsOf(mlir::ValueRange list,
                                      mlir::Location loc);
  void goAlongConvolve(pde::ConvolveOp op);
  void goAlongCorrelate(pde::CorrelateOp op);

  // ForwardLoops.cpp
  bool goAlongLoop(mlir::Operation *op);
  bool goAlongReverse(pde::ReverseOp op);
  bool goAlongFixedPoint(pde::FixpointOp op);
  llvm::SmallVector<Value> withTangents(mlir::ValueRange values,
                                        llvm::ArrayRef<bool> isVaried,
                                        mlir::Location loc);
  void takeResults(mlir::Operation *op, mlir::ValueRange made,
                   llvm::ArrayRef<bool> isVaried);

  // Solutions.cpp
  bool goAlongSolution(pde::SolutionOp op);
};

} // namespace pdec::gradient

#endif // PDEC_GRADIENT_FORWARD_H
