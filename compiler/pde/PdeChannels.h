//===- PdeChannels.h - operators between lists of fields --------*- C++ -*-===//

#ifndef PDEC_PDE_PDECHANNELS_H
#define PDEC_PDE_PDECHANNELS_H

#include "compiler/pde/PdeDialect.h"

#define GET_OP_CLASSES
#include "compiler/pde/PdeChannels.h.inc"

namespace pdec::pde {

/// What an operation between lists says of its block of an array: out, in, and
/// the taps of each axis from `first` on.
struct ChannelShape {
  ChannelShape(llvm::ArrayRef<int64_t> extents, llvm::ArrayRef<int64_t> first)
      : first(first), taps(extents.take_back(first.size())),
        block(extents.take_back(first.size() + 2)) {}

  int64_t out() const { return block[0]; }
  int64_t in() const { return block[1]; }
  /// The offset of the last tap along an axis.
  int64_t last(unsigned axis) const { return first[axis] + taps[axis] - 1; }
  /// Entries of the block.
  int64_t count() const;

  llvm::ArrayRef<int64_t> first, taps, block;
};

/// Checks that `outs` and `ins` are as many as a block of the array says, each
/// of one type, and that its taps lie around the cell. For fields and tensors.
llvm::LogicalResult checkChannels(mlir::Operation *op, mlir::ValueRange indices,
                                  llvm::ArrayRef<int64_t> extents,
                                  llvm::ArrayRef<int64_t> first,
                                  mlir::ValueRange outs, mlir::ValueRange ins,
                                  unsigned rank);

/// The fields of both sides of such an operation: those with the rows of the
/// result of K, and those that K reads.
mlir::ValueRange outsOf(ConvolveOp op);
mlir::ValueRange insOf(ConvolveOp op);

} // namespace pdec::pde

#endif // PDEC_PDE_PDECHANNELS_H
