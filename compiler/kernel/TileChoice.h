//===- TileChoice.h - the shape of a sweep's tiles --------------*- C++ -*-===//

#ifndef PDEC_KERNEL_TILECHOICE_H
#define PDEC_KERNEL_TILECHOICE_H

#include "compiler/kernel/SweepPlan.h"
#include "compiler/support/TileShape.h"

namespace pdec::kernel {

/// What tiles may take, and shapes that somebody asked for, by their rank.
struct TileLimits {
  int64_t lineBytes;      ///< a tile of one axis
  int64_t blockBytes;     ///< one of several axes that computes a sweep once
  int64_t wavefrontBytes; ///< one of several axes and steps
  int64_t maxSteps;
  int64_t vectorBytes;
  std::vector<TileShape> shapes;
};

/// Tiles that compute the sweep once.
TileAttr chooseTile(SweepPlan &plan, const TileLimits &limits);

/// Rows of the ring that a stage's scratch memory is where tiles go ahead by so
/// many rows at a time.
int64_t ringOf(const Stage &stage, int64_t piece);

/// Tiles of a whole step of a loop of so many passes that advance several steps
/// at once, or one if that is no slower.
TileAttr chooseSteps(SweepPlan &plan, int64_t passes, const TileLimits &limits);

} // namespace pdec::kernel

#endif // PDEC_KERNEL_TILECHOICE_H
