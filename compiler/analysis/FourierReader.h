//===- FourierReader.h - a pass of an iteration on frequencies --*- C++ -*-===//
//
// Interprets the body of a loop in the pde dialect on fields of a Space. What
// the loop carries is made of frequencies; all else is data, which count where
// they are factors, and as zero where they are added: what comes out is the
// linear part of the pass, which errors go through. The scheme's name is not
// asked for: loops are followed, and iterations in the pass are taken to have
// converged.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_ANALYSIS_FOURIERREADER_H
#define PDEC_ANALYSIS_FOURIERREADER_H

#include "compiler/analysis/FourierSpace.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"

#include <string>
#include <variant>

namespace pdec::analysis::fourier {

/// Why a pass is not analysed. The first reason counts.
struct Reason {
  std::string text;
  mlir::Operation *op = nullptr;
  /// Factors that do not repeat after as many cells as were taken; a longer
  /// period may do.
  bool isPeriodTooShort = false;
};

/// The grids of an iteration: the one of the iterate and coarser versions of
/// it.
struct Levels {
  /// For each grid, how many cells of the finest one a cell is, along each
  /// axis.
  std::map<std::string, Cell> strides;
  unsigned rank = 0;
  /// The most along each axis.
  Cell coarsest = {1, 1, 1};
};

class Reader {
public:
  using States = std::vector<StateRef>;

  /// `repeat` is after how many cells of the coarsest grid factors repeat.
  Reader(mlir::Operation *loop, const Levels &levels, int64_t repeat,
         Space &space);

  /// What a pass makes of the carried fields, or, of a loop with a count, all
  /// passes; empty with a reason if it is no linear map.
  States pass(const States &carried);
  States allPasses(const States &carried);
  /// The numbers that the loop carries: before the first pass, what the next
  /// pass is to have (else they are unknown), and what the last one made.
  std::vector<Number> initialNumbers();
  void setNumbers(std::vector<Number> given) { numbers = std::move(given); }
  std::vector<Number> yieldedNumbers();
  /// The cells of the carried fields.
  const std::vector<Period> &periods() const { return carriedPeriods; }
  const std::optional<Reason> &reason() const { return first; }

private:
  using Quantity = std::variant<Number, DataRef, StateRef>;
  /// One factor for all cells, or one for each cell of the period, and then of
  /// some shifted by periods, to see that they repeat.
  using Factors = std::vector<Number>;
  struct CellValue;

  /// Where an iteration within the pass leads to, for each angle.
  struct Limit;

  mlir::Operation *root;
  const Levels &levels;
  int64_t repeat;
  Space &space;
  Draws draws;
  std::optional<Reason> first;
  std::vector<Period> carriedPeriods;
  std::vector<Number> numbers;
  llvm::DenseMap<mlir::Value, Quantity> values;
  std::map<mlir::Operation *, std::unique_ptr<Body>> bodies;
  /// With the data that they are of, which they keep alive.
  std::map<Data *, std::pair<DataRef, Factors>> samples;
  /// What was made of operations before, by what they read: the same data are
  /// one object, and factors of maps are found once.
  using Key = std::vector<std::variant<Number, DataRef>>;
  struct Made {
    Key key;
    DataRef data;
    std::shared_ptr<const CellValue> value;
  };
  std::map<mlir::Operation *, std::vector<Made>> made;
  llvm::DenseSet<mlir::Operation *> needed;
  /// With what they were found for.
  std::map<mlir::Operation *, std::pair<Key, std::shared_ptr<Limit>>> limits;
  /// Operations that may still be read: loops are followed.
  int64_t budget = 300000;

  void obstruct(std::string text, mlir::Operation *op);
  bool failed() const { return first.has_value(); }

  const Quantity &of(mlir::Value value);
  Number numberOf(mlir::Value value);
  void set(mlir::Value value, Quantity quantity) {
    values[value] = std::move(quantity);
  }
  void setUnknown(mlir::Operation &op);
  Quantity unknownOf(mlir::Type type);
  bool isKnownGrid(mlir::Type type) const;
  Period periodOf(mlir::Type type);
  StateRef stateOf(const Quantity &quantity, mlir::Type type);

  void findNeeded();
  void readBlock(mlir::Block &block);
  void read(mlir::Operation &op);
  void readApplication(mlir::Operation &op);
  Taps tapsOf(mlir::Operation &op);
  void readReduction(pde::ReduceOp op);
  Number extremumOf(const DataRef &data, pde::ReduceOp op);
  Number sizeOf(pde::SizeOp op);
  Number sizeOf(pde::GridOp grid, unsigned axis);
  Number paramOf(pde::ParamOp op);

  void readMap(pde::MapOp op);
  Made &madeOf(mlir::Operation *op, Key key);
  const Body &bodyOf(pde::MapOp op);
  const Factors &sample(const DataRef &data, const Period &period);
  CellValue valueOfCells(pde::MapOp op);
  CellValue valueOfStep(mlir::Operation &op,
                        llvm::ArrayRef<const CellValue *> args);
  Factors combine(mlir::Operation &op, llvm::ArrayRef<const Factors *> args);
  StateRef sumOf(const CellValue &value, pde::MapOp op);
  /// Why these factors cannot be used, if they cannot.
  std::optional<Reason> faultOf(const Factors &factors, size_t numCells) const;

  void readLoop(pde::StepsOp op);
  void readFixpoint(pde::FixpointOp op);
  bool dependsOnState(mlir::Operation &op);
  std::vector<Period> periodsOf(mlir::Block &body);
  States yieldedBy(mlir::Block &body);
  void readOnce(pde::FixpointOp op);
  void readLimit(pde::FixpointOp op);
  std::shared_ptr<Limit> limitOf(pde::FixpointOp op);
  std::shared_ptr<Limit> findLimit(pde::FixpointOp op);
  States drawnPass(pde::FixpointOp op, const States &carried, unsigned seed);
};

} // namespace pdec::analysis::fourier

#endif // PDEC_ANALYSIS_FOURIERREADER_H
