//===- CellEmitter.h - code for one cell, or a vector of them ---*- C++ -*-===//

#ifndef PDEC_KERNEL_CELLEMITTER_H
#define PDEC_KERNEL_CELLEMITTER_H

#include "compiler/kernel/KernelDialect.h"

#include "mlir/IR/Builders.h"
#include "mlir/IR/IRMapping.h"

#include <map>

namespace pdec::kernel {

/// The indices of a cell, one for each axis. Along periodic axes they may lie
/// beyond the sides.
using Position = llvm::SmallVector<mlir::Value, 3>;

/// Where the cells of a stored value lie: `base` is biased so that cell p is
/// base[p0*strides[0] + ... + p_last].
struct StoredField {
  mlir::Value base;
  llvm::SmallVector<mlir::Value, 2> strides; ///< of all axes but the last
  /// The sizes of the field's grid if it is a leaf in its own memory, which
  /// ends at the sides of periodic axes; scratch memory goes on.
  llvm::SmallVector<mlir::Value, 3> sizes;
  /// Keep those bits of p0, p1, ... that tell their places in rings of rows.
  llvm::SmallVector<mlir::Value, 2> rings;
};

/// What the cells of a row are made of.
struct CellContext {
  explicit CellContext(RowOp row);

  mutable RowOp row; // MLIR handles have no const accessors
  mutable pde::GridOp grid;
  mlir::Type element;
  llvm::SmallVector<mlir::Value, 3> sizes; ///< of the grid
  /// Where the fields lie that the row reads, by what they are in its region.
  llvm::DenseMap<mlir::Value, StoredField> fields;
  /// What the region's scalars are in the code.
  mlir::IRMapping scalars;
  /// Along which axes rows lie at odd places; of vectors, whose code differs in
  /// that where a coarser grid has every second row.
  llvm::SmallVector<bool, 3> isOdd;
};

/// A whole vector that interior cells read of a field, so far from them.
struct VectorRead {
  mlir::Value field;
  llvm::SmallVector<int64_t, 3> offset;
  mutable mlir::LLVM::LoadOp load; // MLIR handles have no const accessors
};

/// Makes the code that computes a value of a row at a cell, or at `width`
/// cells along the last axis. In the interior every read is at a constant
/// distance from the cell; elsewhere indices are computed and each read obeys
/// the boundary rule. Both form every sum in the same order: no bit depends on
/// which of the two computes a cell.
class CellEmitter {
public:
  /// `width` 1 makes scalars; a `mask` guards all vector loads. With
  /// `crossesSides`, vectors of what comes from a coarser grid may reach beyond
  /// its sides along the last axis.
  CellEmitter(mlir::OpBuilder &builder, const CellContext &context,
              unsigned width, mlir::Value mask = {}, bool crossesSides = false);

  /// `value` at an interior cell, or at one so far from it. What several of
  /// them have in common is computed once.
  mlir::Value interior(mlir::Value value, const Position &cell,
                       llvm::ArrayRef<int64_t> offset);
  /// `value` at any of its rows. Vectors are interior along the last axis.
  mlir::Value anywhere(mlir::Value value, const Position &cell);
  /// What interior cells have read so far, in whole vectors.
  llvm::ArrayRef<VectorRead> vectorReads() const { return reads; }
  /// Stores a cell, or a vector of cells under the mask.
  void store(mlir::Value value, const StoredField &field, const Position &cell);

private:
  mlir::OpBuilder &builder;
  const CellContext &context;
  mlir::ValueRange sizes;
  mlir::Type element;
  mlir::Value mask;
  bool crossesSides;
  unsigned width;
  mlir::Location loc;
  Position current;
  bool isInside = false; ///< whether `current` is an interior cell

  /// Code made before, for use again; forgotten where a region ends.
  struct Known {
    std::map<std::pair<void *, std::vector<int64_t>>, mlir::Value> atOffset;
    std::map<std::pair<void *, std::vector<void *>>, mlir::Value> atCell;
    std::map<std::pair<void *, int64_t>, mlir::Value> shifts;
    std::map<std::pair<void *, unsigned>, mlir::Value> inside;
    std::map<int64_t, mlir::Value> constants;
  };
  Known known;
  std::vector<VectorRead> reads;

  using Offset = llvm::SmallVector<int64_t, 3>;
  struct Tap {
    mlir::Value weight;
    std::optional<double> constant;
    Offset offset;
  };

  // CellEmitter.cpp
  unsigned rank() const { return sizes.size(); }
  bool isPeriodic(unsigned axis) const {
    return kernel::isPeriodic(context.grid, axis);
  }
  mlir::Value address(const StoredField &field, const Position &cell);
  unsigned alignment() const { return element.getIntOrFloatBitWidth() / 8; }
  mlir::Value load(mlir::Value value, const Position &cell);
  mlir::Value map(pde::MapOp map, llvm::ArrayRef<mlir::Value> fields);
  mlir::Value coordinate(pde::CoordinateOp op, const Position &cell);
  mlir::Value noise(pde::NoiseOp op, const Position &cell);
  mlir::Value wrapped(mlir::Value row, mlir::Value size);
  mlir::Value numbered(mlir::Value first, unsigned lanes);
  mlir::Value cellsFrom(mlir::Value row, unsigned axis);
  mlir::Value scalar(mlir::Value value);
  mlir::Value spread(mlir::Value value);
  mlir::Value spreadLike(mlir::Value scalar, mlir::Value value);
  mlir::Type widened(mlir::Type type);
  mlir::Value index(int64_t value);
  mlir::Value shifted(mlir::Value row, int64_t offset);
  Position shifted(const Position &cell, llvm::ArrayRef<int64_t> offset);
  mlir::Value rounded(mlir::Value value);
  mlir::Value less(mlir::Value a, mlir::Value b);
  mlir::Value add(mlir::Value a, mlir::Value b);
  mlir::Value subtract(mlir::Value a, mlir::Value b);
  mlir::Value select(mlir::Value condition, mlir::Value a, mlir::Value b);
  mlir::Value either(mlir::Value a, mlir::Value b);
  mlir::Value both(mlir::Value a, mlir::Value b);
  mlir::Value zero();

  // CellStencils.cpp
  std::vector<Tap> tapsOf(pde::StencilOp stencil);
  mlir::Value weighted(const Tap &tap, mlir::Value value, bool &subtracts);
  mlir::Value
  weightedSum(llvm::ArrayRef<Tap> taps,
              llvm::function_ref<mlir::Value(llvm::ArrayRef<int64_t>)> read);
  mlir::Value scaled(pde::StencilOp stencil, mlir::Value sum);
  mlir::Value read(mlir::Value value, llvm::ArrayRef<int64_t> offset);
  mlir::Value define(mlir::Value value, llvm::ArrayRef<int64_t> offset);
  mlir::Value applyInside(pde::SidedOpInterface op,
                          llvm::ArrayRef<int64_t> offset);

  // CellBoundary.cpp
  mlir::Value anywhereDefinition(mlir::Value value, const Position &cell);
  struct Sides {
    mlir::Value low, high; ///< whether a position is beyond them; may be null
  };
  bool followsRule(unsigned axis) const;
  Sides crossed(unsigned axis, mlir::Value position, std::optional<int64_t> low,
                std::optional<int64_t> high);
  mlir::Value broughtInside(mlir::Operation *op, unsigned axis,
                            mlir::Value position, const Sides &sides);
  struct TapRead;
  mlir::Value applyAnywhere(pde::ApplyOp apply, const Position &cell);
  TapRead tapRead(pde::ApplyOp apply, const Position &cell,
                  llvm::ArrayRef<int64_t> offset);
  mlir::Value continued(const TapRead &read, unsigned axes,
                        const Position &inside);
  mlir::Value beyond(const TapRead &read, unsigned axis, bool high,
                     const Position &inside, mlir::Value value);
  mlir::Value valueBeyond(const TapRead &read, unsigned axis, bool high,
                          const Position &inside);
  Position placeOfValue(const TapRead &read, unsigned axis, bool high,
                        const Position &inside, pde::FieldType type);
  mlir::Value inRows(mlir::Value position, unsigned axis,
                     std::optional<int64_t> low, std::optional<int64_t> high);
  mlir::Value distance(unsigned axis, bool high, mlir::Value position);
  mlir::Value oddNumber(mlir::Value distance);
  mlir::Value atDistance(mlir::Value distance, int64_t most,
                         llvm::function_ref<mlir::Value(int64_t)> scalarAt);
  mlir::Value times(mlir::Value weight, mlir::Value value);

  // CellAdjoint.cpp
  struct Image;
  struct Spill;
  pde::Reach spilledReach(pde::AdjointOp adjoint, unsigned axis);
  mlir::Value transposeAt(pde::AdjointOp adjoint, const Position &cell);
  pde::Reach numImages(pde::AdjointOp adjoint, unsigned axis);
  void addImages(pde::AdjointOp adjoint, unsigned axis, bool high,
                 mlir::Value cell, llvm::SmallVectorImpl<Image> &images);
  Spill spilled(pde::AdjointOp adjoint, mlir::Value which,
                const Position &cell);
  mlir::Value adjointAnywhere(pde::AdjointOp adjoint, const Position &cell);

  // CellTransfers.cpp
  bool mayBeOutside(unsigned axis) const;
  Position cellOf(const Position &position);
  mlir::Value
  loadOrZero(mlir::Value field, pde::GridOp grid, Position position,
             llvm::function_ref<mlir::Value(const Position &)> load);
  mlir::Value everyOther(mlir::Value low, mlir::Value high, unsigned first,
                         unsigned count, unsigned step);
  mlir::Value loadLanes(mlir::Value field, const Position &cell, unsigned lanes,
                        mlir::Value lanesMask);
  mlir::Value lanesInside(mlir::Value first, unsigned lanes, mlir::Value size);
  mlir::Value loadEverySecond(mlir::Value field, const Position &cell,
                              bool fromBefore);
  mlir::Value restricted(pde::RestrictOp op, const Position &position);
  mlir::Value prolongedAlike(pde::ProlongOp op, const Position &halves,
                             llvm::ArrayRef<int64_t> odd, unsigned lanes,
                             mlir::Value lanesMask);
  mlir::Value prolonged(pde::ProlongOp op, const Position &position,
                        llvm::ArrayRef<int64_t> offset);
  mlir::Value prolongedCell(pde::ProlongOp op, const Position &position);
  mlir::Value transferred(pde::FieldOpInterface op, const Position &position,
                          llvm::ArrayRef<int64_t> offset);
};

} // namespace pdec::kernel

#endif // PDEC_KERNEL_CELLEMITTER_H
