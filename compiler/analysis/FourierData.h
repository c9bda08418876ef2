//===- FourierData.h - fields that do not depend on the iterate -*- C++ -*-===//
//
// Colours, diagonals, right-hand sides: functions of a cell of the infinite
// grid, computed where they are asked for. Sides are left out.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_ANALYSIS_FOURIERDATA_H
#define PDEC_ANALYSIS_FOURIERDATA_H

#include "compiler/analysis/FourierNumbers.h"
#include "compiler/pde/PdeDialect.h"

#include <array>
#include <map>
#include <memory>
#include <vector>

namespace pdec::analysis::fourier {

static constexpr unsigned maxRank = 3;
/// A cell of a grid; 0 along axes that the grid does not have.
using Cell = std::array<int64_t, maxRank>;

/// What an apply, adjoint, restrict or prolong reads: for each cell of the
/// result, cells of the argument with weights.
struct Taps {
  enum Kind { Apply, Adjoint, Restrict, Prolong };
  Kind kind = Apply;
  std::vector<Cell> offsets;
  std::vector<Number> weights; ///< with the scale
  /// Cells of the finer grid for one of the coarser; 1 for apply and adjoint.
  Cell stride = {1, 1, 1};

  /// The cell that a tap reads for a cell of the result; nothing where a
  /// coarser grid has none there.
  std::optional<Cell> source(const Cell &cell, size_t tap) const;
};

class Data;
using DataRef = std::shared_ptr<Data>;

/// The body of a map, or any other region without control flow, with numbers
/// for what it reads: first the arguments of the region, then what is captured
/// from outside, then what each operation makes.
struct Body {
  explicit Body(mlir::Block &block);

  struct Step {
    mlir::Operation *op;
    std::vector<unsigned> args;
  };
  unsigned numArguments = 0;
  std::vector<mlir::Value> captured;
  std::vector<Step> steps;
  unsigned result = 0; ///< where the (only) yielded value is

  unsigned firstStep() const {
    return numArguments + unsigned(captured.size());
  }
};

class Data {
public:
  virtual ~Data() = default;

  Number at(const Cell &cell);
  /// The same number in all cells, where this is clear without looking.
  const std::optional<Number> &constant() const { return everywhere; }

  static DataRef ofNumber(Number number);
  static DataRef ofCoordinate(unsigned axis, Number first, Number spacing);
  static DataRef ofTaps(Taps taps, DataRef argument);
  /// `draws` outlives it.
  static DataRef ofMap(const Body &body, std::vector<DataRef> arguments,
                       std::vector<Number> captured, Draws &draws);

protected:
  std::optional<Number> everywhere;

private:
  std::map<Cell, Number> known;

  virtual Number compute(const Cell &cell) = 0;
};

} // namespace pdec::analysis::fourier

#endif // PDEC_ANALYSIS_FOURIERDATA_H
