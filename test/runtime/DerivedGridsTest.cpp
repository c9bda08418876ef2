//===- DerivedGridsTest.cpp - sizes of grid hierarchies -------------------===//

#include "runtime/execution/DerivedGrids.h"
#include "runtime/execution/Settings.h"
#include "runtime/system/Text.h"

#include <gtest/gtest.h>

using namespace pdert;

namespace {

/// A list of 1-D grids; the first has no parent.
struct Hierarchy {
  explicit Hierarchy(int64_t least = 1) { add(-1, PDE_SAME, least); }

  int32_t add(int32_t parent, int32_t coarsening, int64_t least = 1) {
    grids.push_back({grids.empty() ? "X" : "coarse",
                     1,
                     {"x", nullptr, nullptr},
                     {},
                     {least, 1, 1},
                     parent,
                     {coarsening, 0, 0}});
    return static_cast<int32_t>(grids.size()) - 1;
  }

  /// `count` grids, each coarser than the one before.
  int32_t addChain(int count, int32_t coarsening, int64_t least = 1) {
    int32_t last = 0;
    for (int i = 0; i < count; ++i)
      last = add(last, coarsening, least);
    return last;
  }

  /// The sizes of all grids, or the sentence that refuses.
  std::string sizes(int64_t size) const {
    pde_program program = {};
    program.num_grids = static_cast<int32_t>(grids.size());
    program.grids = grids.data();
    std::vector<int64_t> all(grids.size() * PDE_MAX_RANK, 77);
    all[0] = size;
    try {
      completeSizes(program, all);
    } catch (const Failure &failure) {
      return failure.message;
    }
    std::string text;
    for (size_t grid = 0; grid < grids.size(); ++grid) {
      text += (grid ? " " : "") + std::to_string(all[grid * PDE_MAX_RANK]);
      EXPECT_EQ(all[grid * PDE_MAX_RANK + 1], 1);
    }
    return text;
  }

  std::vector<pde_grid> grids;
};

} // namespace

TEST(DerivedGrids, FollowFromTheirParents) {
  Hierarchy vertices, cells, mixed;
  vertices.addChain(4, PDE_VERTEX);
  EXPECT_EQ(vertices.sizes(95), "95 47 23 11 5");
  EXPECT_EQ(vertices.sizes(31), "31 15 7 3 1");
  cells.addChain(4, PDE_CELL);
  EXPECT_EQ(cells.sizes(96), "96 48 24 12 6");
  mixed.add(mixed.add(mixed.add(0, PDE_SAME), PDE_CELL), PDE_VERTEX);
  EXPECT_EQ(mixed.sizes(14), "14 14 7 3");
}

TEST(DerivedGrids, TellTheNearestSizes) {
  Hierarchy vertices, cells, mixed;
  vertices.addChain(4, PDE_VERTEX);
  EXPECT_EQ(vertices.sizes(100),
            "grid X has 100 cells along x, but its hierarchy of 5 levels needs "
            "16*k - 1: the nearest are 95 and 111");
  EXPECT_EQ(vertices.sizes(15),
            "grid X has 15 cells along x, but its hierarchy of 5 levels needs "
            "16*k - 1, at least 31");
  EXPECT_EQ(vertices.sizes(1), "grid X has 1 cell along x, but its hierarchy "
                               "of 5 levels needs 16*k - 1, at least 31");
  cells.addChain(4, PDE_CELL);
  EXPECT_EQ(cells.sizes(100),
            "grid X has 100 cells along x, but its hierarchy of 5 levels needs "
            "16*k: the nearest are 96 and 112");
  mixed.add(mixed.add(0, PDE_CELL), PDE_VERTEX);
  EXPECT_EQ(mixed.sizes(100),
            "grid X has 100 cells along x, but its hierarchy of 3 levels needs "
            "4*k + 2: the nearest are 98 and 102");
}

TEST(DerivedGrids, TellTheNearestSizesNearTheEnd) {
  Hierarchy cells;
  cells.addChain(4, PDE_CELL);
  EXPECT_EQ(cells.sizes(INT64_MAX),
            "grid X has 9223372036854775807 cells along x, but its hierarchy "
            "of 5 levels needs 16*k: the nearest is 9223372036854775792");
}

TEST(DerivedGrids, AreLargeEnough) {
  Hierarchy wide, same;
  wide.addChain(2, PDE_CELL, 5);
  EXPECT_EQ(wide.sizes(20), "20 10 5");
  EXPECT_EQ(wide.sizes(16),
            "grid X has 16 cells along x, but its hierarchy of 3 levels needs "
            "4*k, at least 20");
  same.addChain(1, PDE_SAME, 5);
  EXPECT_EQ(same.sizes(4), "grid X has 4 cells along x, but its hierarchy of 2 "
                           "levels needs at least 5");
}

TEST(DerivedGrids, MayHangOnOneGridInSeveralChains) {
  Hierarchy hierarchy;
  hierarchy.addChain(1, PDE_CELL);
  hierarchy.addChain(3, PDE_CELL);
  EXPECT_EQ(hierarchy.sizes(24), "24 12 12 6 3");
  EXPECT_EQ(hierarchy.sizes(20),
            "grid X has 20 cells along x, but its hierarchy of 4 levels needs "
            "8*k: the nearest are 16 and 24");
  hierarchy.addChain(1, PDE_VERTEX);
  EXPECT_EQ(hierarchy.sizes(24), "grid X has 24 cells along x, but no size "
                                 "near that suits all its hierarchies");
}
