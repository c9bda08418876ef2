//===- Evaluator.h - the state of an evaluation -----------------*- C++ -*-===//

#ifndef PDEC_REFERENCE_EVALUATOR_H
#define PDEC_REFERENCE_EVALUATOR_H

#include "compiler/pde/PdeAlong.h"
#include "compiler/pde/PdeChannels.h"
#include "compiler/reference/Evaluate.h"
#include "compiler/reference/OperatorMatrix.h"
#include "compiler/reference/ScalarArithmetic.h"

#include <Eigen/Core>

#include <random>

namespace pdec::reference {

/// A value of the program: a scalar, or a field with its extra rows.
struct Known {
  Number number;
  Eigen::VectorXd field;
};

class Evaluator {
public:
  Evaluator(const pde::Interface &interface, const Data &data)
      : interface(interface), data(data), runsDone(interface.loops.size()),
        signs(data.disturbanceSeed) {
    result.outputs.resize(interface.outputs.size() + interface.records.size());
  }

  /// Stops early once the run has failed.
  void runBlock(mlir::Block &block);
  Evaluation take() { return std::move(result); }

private:
  const pde::Interface &interface;
  const Data &data;
  Evaluation result;
  llvm::DenseMap<mlir::Value, Known> values;
  std::vector<size_t> runsDone; ///< of each loop with a condition
  bool isReplaying = false;     ///< passes that have been made before
  std::mt19937 signs;           ///< of disturbances

  /// Operators as matrices: loops use them again as long as the scalars, which
  /// may depend on the pass, stay the same.
  struct Cached {
    llvm::SmallVector<double> scalars;
    OperatorMatrix matrix;
  };
  /// The stencil, the types of the rows and of the columns, the rules, and the
  /// application if no other one has its matrix.
  using MatrixKey = std::tuple<mlir::Operation *, const void *, const void *,
                               const void *, mlir::Operation *>;
  std::map<MatrixKey, Cached> matrices;

  double real(mlir::Value value) { return values[value].number.real; }
  int64_t integer(mlir::Value value) { return values[value].number.integer; }
  const Eigen::VectorXd &field(mlir::Value value) {
    return values[value].field;
  }
  Position sizesOf(pde::FieldType type) const;
  Rows rowsOf(pde::FieldType type) const;

  // Evaluate.cpp
  void run(mlir::Operation &op);
  bool runDeclaration(mlir::Operation &op);
  Number scalar(mlir::Operation &op);
  void runRecord(mlir::Operation &op);
  void runInput(pde::InputOp op);

  // EvaluateControl.cpp
  bool runControl(mlir::Operation &op);
  std::vector<Known> valuesOf(mlir::ValueRange range);
  void bind(mlir::ValueRange range, const std::vector<Known> &known);
  void runPass(mlir::Block &body, int64_t pass,
               const std::vector<Known> &carried);
  void runSteps(pde::StepsOp op);
  void runFixpoint(pde::FixpointOp op);
  void runReverse(pde::ReverseOp op);
  bool decide(pde::FixpointOp op, int64_t pass, int64_t most, size_t numRun);

  // EvaluateFields.cpp
  bool runField(mlir::Operation &op);
  void setField(mlir::Value value, Eigen::VectorXd cells);
  double disturbed(double number);
  const OperatorMatrix &matrixOf(const MatrixKey &key,
                                 llvm::ArrayRef<double> scalars,
                                 llvm::function_ref<OperatorMatrix()> make);
  llvm::SmallVector<double> weightsOf(pde::StencilOp stencil);
  GivenSides givenSides(pde::SidedOpInterface op);
  const OperatorMatrix &operatorOf(pde::SidedOpInterface op);
  const SparseMatrix &restrictionOf(mlir::Operation &op, mlir::Value stencil,
                                    pde::FieldType coarse, pde::FieldType fine);
  void runApply(pde::ApplyOp op);
  void runCoordinate(pde::CoordinateOp op);
  void runNoise(pde::NoiseOp op);
  void runReduce(pde::ReduceOp op);
  void runEntry(pde::EntryOp op);
  void runMap(pde::MapOp op);

  // EvaluateChannels.cpp
  std::optional<int64_t> blockOf(mlir::ValueRange indices,
                                 llvm::ArrayRef<int64_t> extents,
                                 int64_t count);
  std::vector<const Eigen::VectorXd *> fieldsOf(mlir::ValueRange list);
  void runConvolve(pde::ConvolveOp op);
  void runCorrelate(pde::CorrelateOp op);
  void runAlong(pde::AlongOp op); ///< EvaluateAlong.cpp
};

} // namespace pdec::reference

#endif // PDEC_REFERENCE_EVALUATOR_H
