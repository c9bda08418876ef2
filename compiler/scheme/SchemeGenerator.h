//===- SchemeGenerator.h - the parts of SchemeGen ---------------*- C++ -*-===//

#ifndef PDEC_SCHEME_SCHEMEGENERATOR_H
#define PDEC_SCHEME_SCHEMEGENERATOR_H

#include "compiler/pde/PdeSolutions.h"
#include "compiler/scheme/SchemeGen.h"

#include "mlir/IR/Builders.h"

#include <map>
#include <set>
#include <unordered_map>

namespace pdec::pde {

/// The rule of that name.
Boundary convert(BoundaryKind kind);

/// Emits the graph, each node once, in the outermost loop body in which all
/// that it needs is known.
class Generator {
public:
  Generator(const Program &program, Precision precision,
            mlir::MLIRContext &context)
      : program(program), builder(&context),
        element(precision == Precision::F64
                    ? mlir::Type(builder.getF64Type())
                    : mlir::Type(builder.getF32Type())) {}

  mlir::OwningOpRef<mlir::ModuleOp> run();

private:
  /// Rows beyond the cells of a grid, for each axis.
  struct Extent {
    std::vector<int64_t> low, high;
    int64_t of(size_t axis, bool isHigh) const {
      return isHigh ? high[axis] : low[axis];
    }
  };

  /// A block under construction: operations go before `before`, or at its end.
  struct Level {
    const Loop *loop;
    mlir::Block *block;
    mlir::Operation *before;
  };

  const Program &program;
  mlir::OpBuilder builder;
  mlir::Type element;
  std::vector<Level> levels;
  llvm::DenseMap<const Node *, mlir::Value> values;
  llvm::DenseMap<const Stencil *, mlir::Value> stencils;
  llvm::DenseMap<const Loop *, mlir::Operation *> loops;
  llvm::DenseMap<const Equation *, SolutionOp> solutions;
  llvm::DenseMap<const Loop *, mlir::Block *> bodies;
  std::vector<mlir::Value> params, inputs;
  /// Not a DenseMap: what it holds stays where it is when more comes.
  std::unordered_map<const Node *, std::set<const Loop *>> needed;
  llvm::DenseMap<const Node *, int> uses;
  /// What derivatives are taken with respect to.
  llvm::DenseSet<const Node *> variables;
  std::map<std::tuple<const Node *, int, bool, std::vector<int64_t>,
                      std::vector<int64_t>>,
           mlir::Value>
      outsides;
  std::map<size_t, mlir::Value> identities;
  /// Of all results of an application.
  llvm::DenseMap<const Channels *, mlir::Operation *> convolutions;

  void countUses(const NodeRef &node, std::set<const void *> &seen);
  void countAllUses();
  const std::set<const Loop *> &loopsOf(const Node &node);
  const Level &levelOf(const std::set<const Loop *> &loops);
  void enter(const std::set<const Loop *> &loops);

  mlir::Location location(SourceRange range);
  FieldType fieldType(const pdec::Type &type);
  FieldType gridType(const Grid &grid);
  mlir::Value emit(const NodeRef &node);
  mlir::Value emitScalar(const Node &node, mlir::Location loc);
  mlir::Value emitField(const NodeRef &node, mlir::Location loc);
  mlir::Value emitMap(const NodeRef &node, mlir::Location loc);
  mlir::Value emitConvolve(const Node &node, mlir::Location loc);
  mlir::Value emitStencil(const Stencil &stencil, SourceRange range);
  mlir::Value emitApply(const Node &node, mlir::Location loc);
  mlir::Operation *emitLoop(const Loop &loop);
  void emitRecord(const Recording &recording,
                  const std::vector<NodeRef> &values, mlir::Value step);
  void emitStartRecords(const Loop &loop);
  void emitRecordings(const Loop &loop, mlir::Block &body);
  mlir::Block &openWhereDue(const Recording &recording, mlir::Value step,
                            mlir::Location loc);
  void forget(mlir::Block &block);
  mlir::Value emitRate(const Node &node, mlir::Location loc);
  mlir::Value emitSolution(const Node &node, mlir::Location loc);
  void emitFunction(const Loop &function, mlir::Operation *op,
                    mlir::Region &region, mlir::Location loc);
  mlir::Value emitGradient(const Node &node, mlir::Location loc);
  mlir::Value emitDerivative(const Node &node, mlir::Location loc);
  mlir::Operation *createLoop(const Loop &loop, mlir::Value count,
                              mlir::ValueRange inits);
  void emitBody(const Loop &loop, mlir::Operation *op, mlir::Block &body);
  mlir::Value emitSpread(const Node &node, mlir::Location loc);
  mlir::Value spread(mlir::Value number, FieldType type, mlir::Location loc);
  mlir::Value emitAdjoint(const Node &node, mlir::Location loc);
  mlir::Value applyByRule(mlir::Value stencil, mlir::Value field,
                          FieldType type, const Rule &rule, const Extent &reach,
                          const std::set<const Loop *> &loops,
                          mlir::Location loc);
  mlir::Value applyByParts(const Node &node, mlir::Value stencil,
                           mlir::Location loc);
  mlir::Value onCells(mlir::Value field, const Node &node);
  mlir::Value continued(const NodeRef &leaf, const Extent &rows);
  mlir::Value identity(size_t rank);
  static Extent reachOf(const Node &node);
  llvm::SmallVector<mlir::Value> sideScalars(const Rule &rule, int axis,
                                             bool high, int64_t reach,
                                             bool hasFactors,
                                             mlir::Location loc);
  mlir::Value sideValue(const Rule &rule, int axis, bool high,
                        const Extent &rows, mlir::Location loc);
  mlir::ArrayAttr sidesOf(const Grid &grid, llvm::ArrayRef<Boundary> rules);
  mlir::Value outside(const NodeRef &node, int axis, bool high,
                      const Extent &rows);
  mlir::Value
  emitWithLeaves(const NodeRef &node, const Extent &rows,
                 llvm::function_ref<mlir::Value(const NodeRef &)> leafOf);
  mlir::Value coordinateOnRows(const Node &node, const Extent &rows,
                               mlir::Location loc);
  mlir::Value outsideCoordinate(const Node &node, bool high,
                                mlir::Location loc);
  mlir::Value roundedScalar(mlir::Value scalar, mlir::Location loc);
  mlir::Value real(double value);
  void emitGrid(const Grid &grid);
  mlir::FloatAttr bound(double value);
  void emitParam(size_t index);
  /// Each puts its operations at the end of the program's body.
  void emitAxes(mlir::Block &body);
  void emitInputs(mlir::Block &body);
  void emitOutputs(mlir::Block &body);
};

} // namespace pdec::pde

#endif // PDEC_SCHEME_SCHEMEGENERATOR_H
