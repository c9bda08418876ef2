//===- CarryVectors.cpp - vectors that go on to the next cells ------------===//

#include "compiler/kernel/CarryVectors.h"

#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/PatternMatch.h"

using namespace mlir;

namespace pdec::kernel {

namespace {

/// What a loop reads of one row of a field: `last` is furthest along the row.
struct RowReads {
  VectorRead last;
  std::vector<VectorRead> others;
  int64_t most = 0; ///< cells from the first vector to the last

  void include(VectorRead read) {
    if (read.offset.back() > last.offset.back())
      std::swap(read, last);
    others.push_back(read);
    for (const VectorRead &other : others)
      most = std::max(most, last.offset.back() - other.offset.back());
  }
};

} // namespace

static int64_t lanesOf(const VectorRead &read) {
  return cast<VectorType>(read.load.getType()).getNumElements();
}

/// The reads of a loop's own block by rows, of which there are several.
static std::vector<RowReads> rowsOf(scf::ForOp loop,
                                    ArrayRef<VectorRead> reads) {
  std::vector<RowReads> rows;
  std::map<std::pair<void *, std::vector<int64_t>>, size_t> known;
  for (const VectorRead &read : reads) {
    if (read.load->getBlock() != loop.getBody())
      continue;
    auto [place, isNew] = known.try_emplace(
        {read.field.getAsOpaquePointer(),
         std::vector<int64_t>(read.offset.begin(), read.offset.end() - 1)},
        rows.size());
    if (isNew)
      rows.push_back({read, {}});
    else
      rows[place->second].include(read);
  }
  llvm::erase_if(rows, [](const RowReads &row) {
    return row.others.empty() || row.most > lanesOf(row.last);
  });
  return rows;
}

/// Of what the pass before the loop's first would have loaded of a row, the
/// lanes that the first needs, cell by cell: a vector of cells that have just
/// been written apart from each other would have to wait for these.
static Value loadLastLanes(CodeBuilder &code, const CellContext &context,
                           const Position &place, const RowReads &row) {
  auto type = cast<VectorType>(row.last.load.getType());
  Value vector = code.create<arith::ConstantOp>(
      code.loc, cast<TypedAttr>(code.getZeroAttr(type)));
  CellEmitter emitter(code, context, 1);
  SmallVector<int64_t, 3> offset = row.last.offset;
  offset.back() -= row.most;
  for (int64_t lane = lanesOf(row.last) - row.most; lane < lanesOf(row.last);
       ++lane, ++offset.back())
    vector = code.create<vector::InsertOp>(
        code.loc, emitter.interior(row.last.field, place, offset), vector,
        lane);
  return vector;
}

/// The same, if the loop has a pass: else these cells may lie in no memory.
static Value loadBefore(scf::ForOp loop, const CellContext &context,
                        const Position &place, const RowReads &row) {
  CodeBuilder code(loop);
  Value hasPass = code.compare(CodeBuilder::Order::slt, loop.getLowerBound(),
                               loop.getUpperBound());
  auto choice = code.create<scf::IfOp>(code.loc, row.last.load.getType(),
                                       hasPass, /*withElseRegion=*/true);
  code.setInsertionPointToStart(choice.thenBlock());
  code.create<scf::YieldOp>(code.loc, loadLastLanes(code, context, place, row));
  code.setInsertionPointToStart(choice.elseBlock());
  code.create<scf::YieldOp>(
      code.loc, ValueRange(code.create<arith::ConstantOp>(
                    code.loc, cast<TypedAttr>(
                                  code.getZeroAttr(row.last.load.getType())))));
  return choice.getResult(0);
}

/// The lanes of a vector that lies `distance` cells before the second of two
/// that follow each other.
static Value between(OpBuilder &builder, Value first, Value second,
                     int64_t distance) {
  int64_t width = cast<VectorType>(first.getType()).getNumElements();
  SmallVector<int64_t> lanes;
  for (int64_t lane = 0; lane < width; ++lane)
    lanes.push_back(width - distance + lane);
  return builder.create<vector::ShuffleOp>(second.getLoc(), first, second,
                                           lanes);
}

/// Loads the last vector of a row first, and makes all that the pass reads of
/// it and of the one of the pass before.
static Value loadOnce(scf::ForOp loop, const CellContext &context,
                      Position place, const RowReads &row) {
  auto builder = OpBuilder::atBlockBegin(loop.getBody());
  place.back() = loop.getInductionVar();
  return CellEmitter(builder, context, lanesOf(row.last))
      .interior(row.last.field, place, row.last.offset);
}

static void replaceReads(const RowReads &row, Value before, Value last) {
  OpBuilder builder(last.getContext());
  builder.setInsertionPointAfterValue(last);
  auto replace = [](const VectorRead &read, Value vector) {
    read.load.replaceAllUsesWith(vector);
    read.load.erase();
  };
  int64_t end = row.last.offset.back();
  for (const VectorRead &other : row.others)
    replace(other, between(builder, before, last, end - other.offset.back()));
  replace(row.last, last);
}

void carryVectors(scf::ForOp loop, const CellContext &context,
                  const Position &place, ArrayRef<VectorRead> reads) {
  std::vector<RowReads> rows = rowsOf(loop, reads);
  SmallVector<Value> before, loaded;
  for (const RowReads &row : rows) {
    before.push_back(loadBefore(loop, context, place, row));
    loaded.push_back(loadOnce(loop, context, place, row));
  }
  IRRewriter rewriter(loop.getContext());
  auto carried = cast<scf::ForOp>(*loop.replaceWithAdditionalYields(
      rewriter, before, /*replaceInitOperandUsesInLoop=*/false,
      [&](OpBuilder &, Location, ArrayRef<BlockArgument>) { return loaded; }));
  for (auto [row, first, last] :
       llvm::zip(rows, carried.getRegionIterArgs(), loaded))
    replaceReads(row, first, last);
}

} // namespace pdec::kernel
