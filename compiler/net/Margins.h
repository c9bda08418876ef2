//===- Margins.h - what surrounds convolutions of a scheme ------*- C++ -*-===//
//
// The margins with which the dictionary says transposes and transfers. Both
// directions read them: a network is made with these, and what has these is
// known for a transpose or a transfer.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_NET_MARGINS_H
#define PDEC_NET_MARGINS_H

#include "compiler/net/NetDialect.h"
#include "compiler/pde/PdeChannels.h"

namespace pdec::net {

/// What is padded before a transposed convolution, and what is folded after it.
struct TransposeMargins {
  MarginAttr before, after;
};

/// Of an adjoint along one axis: its taps reach from `first` to `last`, its
/// argument and its result have so many rows beyond the cells.
TransposeMargins adjointMargins(pde::SidesAttr sides, int64_t first,
                                int64_t last, pde::Reach argument,
                                pde::Reach result);

/// What is padded before an operator between lists, and what is cut off after
/// its transpose: circles only.
struct ChannelMargins {
  llvm::SmallVector<mlir::Attribute> before, after;
  bool isAny = false;
};
ChannelMargins channelMargins(pde::GridOp grid, const pde::ChannelShape &shape,
                              bool isBack);

/// One axis of a transfer. Of n coarse cells, cell i lies at stride*i of the
/// finer grid's stride*n + rest cells.
struct TransferAxis {
  int64_t first, last; ///< offsets of the taps
  int64_t stride, rest;
  bool isPeriodic;

  Continuation kind() const {
    return isPeriodic ? Continuation::Periodic : Continuation::Dirichlet;
  }
  /// How far the taps of the last coarse cell reach beyond the finer grid.
  int64_t beyondLast() const { return last - stride - rest + 1; }
};

llvm::SmallVector<TransferAxis> transferAxes(pde::GridOp coarse,
                                             pde::StencilOp stencil);
mlir::DenseI64ArrayAttr stridesOf(mlir::MLIRContext *context,
                                  llvm::ArrayRef<TransferAxis> axes);

MarginAttr restrictMargin(mlir::MLIRContext *context, const TransferAxis &axis);
TransposeMargins prolongMargins(mlir::MLIRContext *context,
                                const TransferAxis &axis);

} // namespace pdec::net

#endif // PDEC_NET_MARGINS_H
