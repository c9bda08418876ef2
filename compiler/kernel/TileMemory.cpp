//===- TileMemory.cpp - where a tile's fields lie -------------------------===//

#include "compiler/kernel/TileBuilder.h"

#include "mlir/Dialect/SCF/IR/SCF.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::kernel {

Type TileBuilder::pointer() {
  return LLVM::LLVMPointerType::get(code.getContext());
}

Value TileBuilder::address(Value base, Value cell) {
  return code.create<LLVM::GEPOp>(
      code.loc, pointer(), sweep.type().getElement(), base, ValueRange(cell));
}

/// A field in memory as allocated, which begins with the rows below cell 0; the
/// base is moved to cell 0, so that rows have negative places and no access
/// adds an offset.
TileBuilder::Place TileBuilder::placeOf(Value memory, FieldType type,
                                        ValueRange gridSizes) {
  Place place{memory, SmallVector<Value>(rank() - 1), {}};
  Value stride, first = code.index(0);
  for (unsigned axis = rank(); axis-- > 0;) {
    if (axis + 1 < rank())
      place.strides[axis] = stride;
    int64_t low = type.lowRows(axis);
    if (low)
      first = code.add(first, stride ? code.mul(stride, low) : code.index(low));
    Value rows = code.add(gridSizes[axis], low + type.highRows(axis));
    stride = stride ? code.mul(rows, stride) : rows;
  }
  if (type.hasExtraRows())
    place.base = address(memory, first);
  return place;
}

/// The field at a place; with `ends`, it ends at the sides of periodic axes.
Value TileBuilder::fieldIn(const Place &place, Type type, ValueRange ends) {
  return code.create<MemoryOp>(code.loc, type, place.base, place.strides, ends,
                               place.rings);
}

TileBuilder::Place TileBuilder::choose(Value condition, const Place &a,
                                       const Place &b) {
  Place place{code.select(condition, a.base, b.base), {}, {}};
  for (auto [one, other] : llvm::zip(a.strides, b.strides))
    place.strides.push_back(code.select(condition, one, other));
  // All bits tell the place where there is no ring.
  auto ringOf = [&](const Place &one, unsigned axis) {
    return axis < one.rings.size() ? one.rings[axis] : code.index(-1);
  };
  for (unsigned i = 0; i < std::max(a.rings.size(), b.rings.size()); ++i)
    place.rings.push_back(code.select(condition, ringOf(a, i), ringOf(b, i)));
  return place;
}

//===----------------------------------------------------------------------===//
// Scratch memory
//===----------------------------------------------------------------------===//

/// Cells of a buffer along an axis. Rows are whole cache lines, but not whole
/// pages, and neither are buffers of one row: they would share cache sets.
int64_t TileBuilder::extent(unsigned axis, Reach around) {
  int64_t cells = tile.getCells()[axis] + around.low + around.high;
  if (axis + 1 < rank())
    return cells;
  int64_t line = 64 / elementBytes, lines = (cells + line - 1) / line;
  if (rank() == 1)
    lines += 17;
  return (lines % 64 == 0 ? lines + 1 : lines) * line;
}

/// Rows of a ring that keeps so many besides those of a piece.
int64_t TileBuilder::ringOf(int64_t rows) {
  return llvm::PowerOf2Ceil(rows + piece);
}

/// Scratch memory for so many fields that are needed this far around each
/// step's box. In a wavefront it is a ring of rows, of which some are still
/// read when those so far `behind` are; or one of as many as `ring` says.
TileBuilder::Buffer TileBuilder::takeBuffer(function_ref<Reach(unsigned)> need,
                                            int64_t fields, int64_t behind,
                                            int64_t ring) {
  Place first{{}, SmallVector<Value>(rank() - 1), {}};
  Value origin = code.index(-scratchCells);
  int64_t stride = 1, ahead = std::max<int64_t>(tile.getSteps() - 1, 0);
  for (unsigned axis = rank(); axis-- > 0;) {
    if (axis + 1 < rank())
      first.strides[axis] = code.index(stride);
    Reach around = need(axis);
    if (axis == 0 && (isWavefront() || ring)) {
      int64_t rows = ring ? ring : ringOf(around.low + around.high + behind);
      first.rings = {code.index(rows - 1)};
      stride *= rows;
      break;
    }
    around.low += ahead * halo[axis].low;
    around.high += ahead * halo[axis].high;
    Value begin = code.add(own.begin[axis], -around.low);
    origin = code.add(origin, code.mul(begin, stride));
    stride *= extent(axis, around);
  }
  scratchCells += stride * fields;
  first.base = address(argument(TileArguments::scratch),
                       code.sub(code.index(0), origin));
  return {first, stride};
}

/// One of a buffer's fields.
TileBuilder::Place TileBuilder::at(const Buffer &buffer, Value number) {
  Place place = buffer.first;
  place.base = address(place.base, code.mul(number, buffer.cells));
  return place;
}

//===----------------------------------------------------------------------===//
// Copies of periodic fields
//===----------------------------------------------------------------------===//

/// The cell that a row of a periodic axis is, also beyond the sides.
Value TileBuilder::modulo(Value row, Value size) {
  auto remainder = [&](Value value) -> Value {
    return code.create<arith::RemSIOp>(code.loc, value, size);
  };
  return remainder(code.add(remainder(row), size));
}

/// Copies cells [begin, end) of one row, round by round.
void TileBuilder::copyCells(Value from, Value to, Value begin, Value end) {
  auto copy = [&](Value first, Value behind, Value shift) {
    code.create<LLVM::MemcpyOp>(
        code.loc, address(to, first), address(from, code.sub(first, shift)),
        code.mul(code.sub(behind, first), elementBytes), /*isVolatile=*/false);
  };
  if (!isPeriodic(grid, rank() - 1))
    return copy(begin, end, code.index(0));
  Value size = sizes.back();
  auto startOf = [&](Value cell) { return code.sub(cell, modulo(cell, size)); };
  // A step of this loop is one time around.
  auto loop = code.create<scf::ForOp>(code.loc, startOf(begin), end, size);
  OpBuilder::InsertionGuard guard(code);
  code.setInsertionPointToStart(loop.getBody());
  Value start = loop.getInductionVar();
  copy(code.greatest(begin, start), code.least(end, code.add(start, size)),
       start);
}

/// Copies the rows of a box from this axis on; `from` and `to` are the places
/// along the axes before it.
void TileBuilder::copyRows(const Copy &copy, const Box &box, unsigned axis,
                           Value from, Value to) {
  if (axis + 1 == rank())
    return copyCells(from, to, box.begin[axis], box.end[axis]);
  auto loop = code.create<scf::ForOp>(code.loc, box.begin[axis], box.end[axis],
                                      code.index(1));
  OpBuilder::InsertionGuard guard(code);
  code.setInsertionPointToStart(loop.getBody());
  Value row = loop.getInductionVar();
  Value cell = isPeriodic(grid, axis) ? modulo(row, sizes[axis]) : row;
  auto placeIn = [&](const Place &field, Value row) {
    return axis < field.rings.size() ? code.both(row, field.rings[axis]) : row;
  };
  copyRows(copy, box, axis + 1,
           address(from,
                   code.mul(placeIn(copy.from, cell), copy.from.strides[axis])),
           address(to, code.mul(placeIn(copy.to, row), copy.to.strides[axis])));
}

/// Copies all that a tile's first step, which is the widest, reads of periodic
/// fields.
void TileBuilder::runCopies(const Step &step) {
  for (const Copy &copy : copies)
    copyRows(copy, around(step, copy.rows, copy.type), 0, copy.from.base,
             copy.to.base);
}

/// Brings copies of the periodic fields that do not change from step to step.
void TileBuilder::copyCaptures() {
  for (unsigned i = arguments.firstCapture(); i < sweep.getNumOperands(); ++i) {
    Value capture = sweep.getBody().getArgument(i);
    RowsAttr rows = readsOf(i);
    if (!rows || llvm::is_contained(arguments.foreignInputs(), i))
      continue;
    auto type = cast<FieldType>(capture.getType());
    // The last step of a wavefront is so many rows behind the first.
    int64_t behind = std::max<int64_t>(tile.getSteps() - 1, 0) * halo[0].high;
    Buffer buffer =
        takeBuffer([&](unsigned axis) { return rows.axis(axis); }, 1, behind);
    auto memory = inFunction.lookup(capture).getDefiningOp<MemoryOp>();
    Place from{memory.getBase(), llvm::to_vector<2>(memory.getStrides()),
               llvm::to_vector<2>(memory.getRings())};
    copies.push_back({from, buffer.first, type, rows});
    inFunction.map(capture, fieldIn(buffer.first, type));
  }
}

} // namespace pdec::kernel
