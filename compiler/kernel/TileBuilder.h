//===- TileBuilder.h - makes the function of a tile -------------*- C++ -*-===//

#ifndef PDEC_KERNEL_TILEBUILDER_H
#define PDEC_KERNEL_TILEBUILDER_H

#include "compiler/kernel/CodeBuilder.h"
#include "compiler/kernel/TileArguments.h"

#include "mlir/IR/IRMapping.h"

namespace pdec::kernel {

/// Builds one function. A tile owns a box of cells of the result. What a sweep
/// keeps in scratch memory is computed for the tile and its surroundings. To
/// advance s steps a tile starts from a box wider by s halos and computes, step
/// by step, what the remaining steps still need. Neighbours compute the overlap
/// again, so that tiles never wait for each other.
///
/// Tiles of several axes advance as a wavefront: as soon as a step has computed
/// a few rows of the first axis, the next one computes those rows whose halos
/// are complete. What lies between the steps are rings of rows, and small,
/// however long the tile is. So do the stages of a chain, one behind the other,
/// in a tile that computes a sweep once.
class TileBuilder {
public:
  TileBuilder(pde::SweepOp sweep, llvm::StringRef name);
  mlir::func::FuncOp build();

private:
  using Value = mlir::Value;
  using ValueRange = mlir::ValueRange;
  using FieldType = pde::FieldType;
  using Reach = pde::Reach;
  template <typename T, unsigned N = 2>
  using SmallVector = llvm::SmallVector<T, N>;

  /// A range of rows on each axis.
  struct Box {
    SmallVector<Value, 3> begin, end;
  };
  /// Stages that are computed cell by cell together: what they are, and the
  /// results of the sweep that they are; none of those kept in scratch memory.
  struct Group {
    StageAttr stage;
    SmallVector<Value> values;
    SmallVector<unsigned> results; ///< empty: kept in scratch memory

    bool isScratch() const { return results.empty(); }
  };
  /// Where a field lies, as kernel.memory says it.
  struct Place {
    Value base;
    SmallVector<Value> strides, rings;
  };
  /// Scratch memory for some fields of one shape, one behind the other.
  struct Buffer {
    Place first;
    int64_t cells;
  };
  /// Where the levels of a carried field lie: what the first step reads, what
  /// the last one writes, and what those between them go through. A field that
  /// is the level before of another one has nothing between.
  struct Levels {
    Place current, target;
    std::optional<unsigned> other;
    Buffer between;
    int64_t count; ///< of fields between
  };
  /// What a step of a tile computes: its box; of that, where it goes ahead in a
  /// wavefront, only a piece: as many rows of the first axis from `row` on.
  struct Step {
    Value number;
    Box box;
    Value row, isLast;
  };
  /// A periodic field that is copied, to a memory that goes on beyond the
  /// sides, with the rows that are read around a step's box.
  struct Copy {
    Place from, to;
    FieldType type;
    RowsAttr rows;
  };

  pde::SweepOp sweep;
  TileAttr tile;
  TileArguments arguments;
  std::vector<Group> groups;
  /// Results that are levels of other fields: only the last step writes them.
  std::vector<Group> handedOn;
  pde::GridOp grid;
  mlir::func::FuncOp function;
  CodeBuilder code;
  int64_t elementBytes;
  /// Cells that a carried field is read beyond a step's box.
  SmallVector<Reach, 3> halo;
  /// Rows of a piece, by which a wavefront goes ahead.
  int64_t piece = 0;
  /// Cells of scratch memory that buffers have taken so far.
  int64_t scratchCells = 0;

  // Values of the function.
  SmallVector<Value, 3> sizes;
  Box own;
  Value numSteps;
  /// What stands in the function for the sweep's values: fields in memory, and
  /// scalars.
  mlir::IRMapping inFunction;
  std::vector<Levels> levels;
  std::vector<Copy> copies;

  unsigned rank() const { return tile.rank(); }
  unsigned numStates() { return sweep.getNumResults(); }
  bool isWavefront() const { return rank() > 1 && tile.takesSteps(); }
  bool isCopied() { return copiesPeriodic(grid, tile.takesSteps()); }
  Value argument(unsigned position) { return function.getArgument(position); }
  /// The rows that are read around a box; null: none.
  RowsAttr readsOf(unsigned operand) {
    auto reads = sweep->getAttrOfType<mlir::ArrayAttr>(readsName);
    return mlir::dyn_cast<RowsAttr>(reads[operand]);
  }

  // TileFunction.cpp
  void findGroups();
  void findHalo();
  Box ownBox();
  void mapCaptures();
  void cloneScalars();
  void narrow(Box &box, Reach reach, const Step &step);
  Box around(const Step &step, RowsAttr reach, FieldType type);
  Box rowsOf(const Group &group, const Step &step);
  SmallVector<Value, 3> sizesOf(unsigned result);
  Box coarserRowsOf(const Group &group, const Step &step);
  void emitBox(const Group &group, const Box &box, ValueRange outputs);
  Value scratchFor(const Group &group, const Step &step, mlir::Type type);
  void advance(const Step &step, ValueRange outputs);
  void handOn(const Step &step, ValueRange outputs);
  void emitResults(const Group &group, const Step &step, ValueRange outputs);
  void emitOnce();
  void emitChain(ValueRange outputs);

  // TileMemory.cpp
  mlir::Type pointer();
  Value address(Value base, Value cell);
  Place placeOf(Value memory, FieldType type, ValueRange gridSizes);
  Value fieldIn(const Place &place, mlir::Type type, ValueRange ends = {});
  Place choose(Value condition, const Place &a, const Place &b);
  int64_t extent(unsigned axis, Reach around);
  int64_t ringOf(int64_t rows);
  Buffer takeBuffer(llvm::function_ref<Reach(unsigned)> need,
                    int64_t fields = 1, int64_t behind = 0, int64_t ring = 0);
  Place at(const Buffer &buffer, Value number);
  Value modulo(Value row, Value size);
  void copyCells(Value from, Value to, Value begin, Value end);
  void copyRows(const Copy &copy, const Box &box, unsigned axis, Value from,
                Value to);
  void runCopies(const Step &step);
  void copyCaptures();

  // TileSteps.cpp
  Reach rowsOfLevel(unsigned state, unsigned axis);
  int64_t timesHandedOn(unsigned state);
  void choosePiece();
  Levels takeLevels(unsigned state);
  Place levelAfter(const Levels &levels, Value step);
  Place levelBefore(unsigned state, Value step);
  Box boxAfter(Value step);
  void emitStep(Value number, Value row);
  void emitAllSteps(llvm::function_ref<Value(Value)> rowOf);
  void emitWavefront();
  void emitSteps();
};

} // namespace pdec::kernel

#endif // PDEC_KERNEL_TILEBUILDER_H
