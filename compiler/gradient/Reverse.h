//===- Reverse.h - back through operations ----------------------*- C++ -*-===//

#ifndef PDEC_GRADIENT_REVERSE_H
#define PDEC_GRADIENT_REVERSE_H

#include "compiler/gradient/Activity.h"
#include "compiler/gradient/Fields.h"
#include "compiler/gradient/Gradient.h"
#include "compiler/gradient/Scalars.h"

#include "compiler/pde/PdeAlong.h"
#include "compiler/pde/PdeChannels.h"
#include "compiler/pde/PdeSolutions.h"

#include "llvm/ADT/MapVector.h"

namespace pdec::gradient {

/// Goes back through operations, from the last to the first, and collects for
/// each value the derivative of a number with respect to it: its cotangent, of
/// the value's type, but f64 for all numbers. What is needed for that is made
/// where the builder stands, of values that are known there.
class Reverse {
public:
  using Value = mlir::Value;

  /// `isAgain`: what is made may be differentiated.
  Reverse(mlir::OpBuilder &builder, Activity &activity, bool isAgain)
      : builder(builder), activity(activity), isAgain(isAgain),
        isGuarded(hasChoices(builder.getBlock()->getParentOp())) {}

  /// Adds to the cotangent of a value that varies; others have none.
  void add(Value of, Value cotangent);
  /// Null if nothing depends on the value.
  Value cotangent(Value of) const { return cotangents.lookup(of); }
  /// The same, zero for nothing.
  Value cotangentOrZero(Value of, mlir::Location loc);

  /// False where an operation has no derivative.
  bool goBack(mlir::Operation &op);

  /// Of a failure.
  mlir::Operation *obstacle = nullptr;
  std::string reason;

  const llvm::MapVector<Value, Value> &all() const { return cotangents; }

private:
  mlir::OpBuilder &builder;
  Activity &activity;
  bool isAgain, isGuarded;
  llvm::MapVector<Value, Value> cotangents;

  bool refuse(mlir::Operation *op, std::string why);
  bool isVaried(Value value) const { return activity.isVaried(value); }
  Fields fields(mlir::Location loc) { return Fields(builder, loc); }

  // ReverseFields.cpp
  void goBackScalar(mlir::Operation &op, Value p);
  void goBackMap(pde::MapOp op, Value p);
  /// What leads a cotangent back through an operator, to a field of this type.
  Value transposed(pde::SidedOpInterface op, pde::FieldType type, Value p);
  void goBackApply(pde::ApplyOp op, Value p);
  void goBackAdjoint(pde::AdjointOp op, Value p);
  void goBackRestrict(pde::RestrictOp op, Value p);
  void goBackProlong(pde::ProlongOp op, Value p);
  void goBackCoordinate(pde::CoordinateOp op, Value p);
  void goBackReduce(pde::ReduceOp op, Value p);
  void goBackEntry(pde::EntryOp op, Value p);
  void goBackStencil(pde::StencilOp stencil, Value p, bool keepsReach,
                     llvm::function_ref<Value(Value)> applied);

  // AlongLines.cpp
  void goBackAlong(pde::AlongOp op, Value p);

  // ReverseChannels.cpp
  void addAll(mlir::ValueRange of, mlir::ValueRange cotangents);
  bool isAnyVaried(mlir::ValueRange values) const;
  void goBackConvolve(pde::ConvolveOp op);
  void goBackCorrelate(pde::CorrelateOp op, Value p);

  // ReverseSides.cpp
  bool goBackSides(pde::ApplyOp op, Value p);
  void goBackSides(pde::AdjointOp op, Value p);
  bool addTangents(Value field, llvm::function_ref<void(Value, Value)> tell);

  // ReverseLoops.cpp
  bool goBackSteps(mlir::Operation *loop, Value count);
  bool goBackFixpoint(pde::FixpointOp op);
  bool goBackImplicitly(pde::FixpointOp op);
  bool fail(const Reverse &inner);

  // Solutions.cpp
  bool goBackSolution(pde::SolutionOp op);
};

/// Whether each operand for the sides of an apply is a weight of cells inside;
/// what is none has nothing to do with the field.
llvm::SmallVector<bool> weightsAmong(pde::ApplyOp op);

/// A map whose cell is the derivative of that of `map` with respect to one of
/// its arguments or a number that it uses, times the factor `p` where there is
/// one. Null if there is none. `isGuarded`: as goBack(), of numbers.
mlir::Value derivativeOf(mlir::OpBuilder &builder, pde::MapOp map,
                         mlir::Value with, mlir::Value p, bool isGuarded);

/// What an operation along an axis makes of a field, of the kind or of another
/// one.
mlir::Value madeAlong(mlir::OpBuilder &builder, mlir::Location loc,
                      pde::AlongKind kind, mlir::Value field, int64_t axis,
                      pde::FieldType made);

/// What an operator between lists, which is as `like`, a convolve or correlate,
/// says, makes of other weights and fields.
llvm::SmallVector<mlir::Value>
convolved(mlir::OpBuilder &builder, mlir::Operation *like, mlir::Value weights,
          mlir::ValueRange fields, pde::FieldType made, size_t count,
          bool isBack);

/// The numbers from around a map that its cells use, in order.
llvm::SmallVector<mlir::Value> capturesOf(pde::MapOp map);

/// What an adjoint, or an apply, is given for its sides where these are the
/// linear part of those of `op`.
llvm::SmallVector<mlir::Value> linearSides(mlir::OpBuilder &builder,
                                           pde::SidedOpInterface op);

} // namespace pdec::gradient

#endif // PDEC_GRADIENT_REVERSE_H
