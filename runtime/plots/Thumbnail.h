//===- Thumbnail.h - a small image of a field -------------------*- C++ -*-===//

#ifndef PDE_RUNTIME_THUMBNAIL_H
#define PDE_RUNTIME_THUMBNAIL_H

#include "runtime/execution/Context.h"

#include <vector>

namespace pdert {

/// A 2-D field, or the middle slice along the first axis of a 3-D one, with few
/// pixels: each is the mean of `cells[0]` x `cells[1]` cells, fewer at the far
/// ends.
struct Thumbnail {
  int64_t rows = 0, columns = 0;
  int64_t cells[2] = {1, 1};
  int64_t slice = 0;          ///< the cell of the first axis in 3-D
  std::vector<double> pixels; ///< row-major; empty when there is no picture
};

/// The image as a diagram has it: the first of its two axes to the right, the
/// second upwards.
Thumbnail turnUpwards(const Thumbnail &thumbnail);

/// `data` has the program's type, finite values, and 2 or 3 axes.
Thumbnail makeThumbnail(pde_context &ctx, const void *data,
                        const int64_t *sizes, int rank);

} // namespace pdert

#endif // PDE_RUNTIME_THUMBNAIL_H
