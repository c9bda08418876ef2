//===- TileArguments.h - what functions of tiles get ------------*- C++ -*-===//

#ifndef PDEC_KERNEL_TILEARGUMENTS_H
#define PDEC_KERNEL_TILEARGUMENTS_H

#include "compiler/kernel/KernelDialect.h"

namespace pdec::kernel {

/// The arguments of the function that computes a tile, in this order: the
/// tile's number, scratch memory; the grid's sizes, the first step, the number
/// of steps, the rows of a tile along the first axis; the current memory of
/// each carried field (of a whole step only) and the new memory of each result;
/// what the sweep reads besides; the sizes of the grids of fields of other
/// grids; of the others that it reads besides, the rings of their rows; the
/// sizes of the grids of results of other grids. Memory
/// is as allocated, extra rows first. From the sizes on the
/// caller knows them: in the end they are the 8-byte slots of a closure
/// (pde-lower-programs).
class TileArguments {
public:
  /// `inputs` and `results` are the sweep's, of a grid of this rank.
  TileArguments(mlir::TypeRange inputs, mlir::TypeRange results, TileAttr tile);

  static constexpr unsigned task = 0, scratch = 1, sizes = 2;
  unsigned firstStep() const { return sizes + rank; }
  unsigned steps() const { return firstStep() + 1; }
  unsigned rows() const { return steps() + 1; }
  unsigned current() const { return rows() + 1; }
  unsigned target() const { return current() + (takesSteps ? states : 0); }
  /// The first input that is neither the pass nor a carried field.
  unsigned firstCapture() const { return takesSteps ? 1 + states : 0; }
  unsigned capture(unsigned input) const {
    return target() + states + input - firstCapture();
  }
  /// Those captures that are fields of other grids, by their inputs' numbers.
  llvm::ArrayRef<unsigned> foreignInputs() const { return foreign; }
  /// The size of such a field's grid along the first axis; others follow.
  unsigned foreignSizes(unsigned input) const;
  /// Those results that are fields of another grid, by their numbers, and the
  /// size of its grid along the first axis.
  llvm::ArrayRef<unsigned> foreignResults() const { return foreignMade; }
  unsigned foreignResultSizes(unsigned result) const;
  /// Those captures that are fields of the sweep's own grid and have rows.
  llvm::ArrayRef<unsigned> ownInputs() const { return own; }
  /// Which bits of a row's place along the first axis tell what is in it: all,
  /// or fewer if rows are the same ones again and again; those of all axes but
  /// the last follow.
  unsigned rings(unsigned input) const;
  mlir::TypeRange types() const { return allTypes; }

private:
  unsigned rank, states, numInputs;
  bool takesSteps;
  llvm::SmallVector<unsigned> foreign, own, foreignMade;
  llvm::SmallVector<mlir::Type> allTypes;
};

} // namespace pdec::kernel

#endif // PDEC_KERNEL_TILEARGUMENTS_H
