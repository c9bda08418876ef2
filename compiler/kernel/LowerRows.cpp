//===- LowerRows.cpp - rows as loops over vectors of cells ----------------===//

#include "compiler/abi/RuntimeAbi.h"
#include "compiler/kernel/CarryVectors.h"
#include "compiler/kernel/CodeBuilder.h"
#include "compiler/kernel/Passes.h"

#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::kernel {

#define GEN_PASS_DEF_LOWERROWS
#include "compiler/kernel/Passes.h.inc"

static StoredField storedIn(MemoryOp memory) {
  return {memory.getBase(), llvm::to_vector<2>(memory.getStrides()),
          llvm::to_vector<3>(memory.getSizes()),
          llvm::to_vector<2>(memory.getRings())};
}

namespace {

/// Constants at the beginning of a function: code that differs in them only can
/// be shared. Equal ones of a row are as many there, or rows that differ in
/// weights only would not be alike where some of their weights are equal.
class Constants {
public:
  explicit Constants(func::FuncOp function) : function(function) {}

  /// Says that the constants of `row` have these values.
  void bring(RowOp row, IRMapping &mapping) {
    llvm::DenseMap<Key, size_t> used;
    for (Operation &op : row.getBody().front())
      if (op.hasTrait<OpTrait::ConstantLike>()) {
        Key key{op.getAttrDictionary(), op.getResult(0).getType()};
        mapping.map(op.getResult(0), get(op, key, used[key]++));
      }
  }

private:
  using Key = std::pair<Attribute, Type>;
  func::FuncOp function;
  llvm::DenseMap<Key, std::vector<Value>> known;

  Value get(Operation &op, const Key &key, size_t number) {
    std::vector<Value> &made = known[key];
    if (made.size() == number)
      made.push_back(OpBuilder::atBlockBegin(&function.getBody().front())
                         .clone(op)
                         ->getResult(0));
    return made[number];
  }
};

/// Vectors as long as a line of a cache nearly always lie in two lines: loads
/// take twice as long as shuffles.
constexpr unsigned cacheLine = 64;

/// Makes the loops of one row.
class RowLowering {
public:
  RowLowering(RowOp row, Constants &constants, unsigned vectorBytes);
  void run();

private:
  RowOp row;
  CodeBuilder code;
  unsigned width;
  bool carries; ///< whether neighbours are shuffled instead of loaded
  CellContext context;
  SmallVector<StoredField> outputs;

  Position placeAt(Value cell) {
    Position place(row.getOuter());
    place.push_back(cell);
    return place;
  }
  ValueRange results() {
    return row.getBody().front().getTerminator()->getOperands();
  }
  Value maskOf(Value count);
  void emitCells(Value cell, unsigned lanes, Value mask);
  void emitInteriorCells(CellEmitter &emitter, const Position &place);
  void emitCellsAnywhere(CellEmitter &emitter, const Position &place);
  void emitWhole(Value begin, Value end);
  void forEachParity(unsigned axis, function_ref<void()> emit);
  void emitInterior(Value begin, Value end);
  void emitEdge(Value begin, Value end);
  bool mayCrossSides();
  void emitAcross(Value begin, Value end);
  void emitSidesTogether();
  void emitSides();
};

} // namespace

RowLowering::RowLowering(RowOp row, Constants &constants, unsigned vectorBytes)
    : row(row), code(row), context(row) {
  for (auto [argument, input] :
       llvm::zip(row.getBody().front().getArguments(), row.getInputs())) {
    if (isa<FieldType>(argument.getType()))
      context.fields[argument] = storedIn(input.getDefiningOp<MemoryOp>());
    else
      context.scalars.map(argument, input);
  }
  constants.bring(row, context.scalars);
  for (Value output : row.getOutputs())
    outputs.push_back(storedIn(output.getDefiningOp<MemoryOp>()));
  width =
      std::max(1u, vectorBytes * 8 / context.element.getIntOrFloatBitWidth());
  carries = width > 1 && vectorBytes >= cacheLine;
}

/// Lanes [0, count) of a vector.
Value RowLowering::maskOf(Value count) {
  Value lanes =
      code.create<arith::IndexCastOp>(code.loc, code.getIndexType(), count);
  return code.create<vector::CreateMaskOp>(
      code.loc, VectorType::get({width}, code.getI1Type()), lanes);
}

/// Computes a cell, or some lanes from it on, and stores it.
void RowLowering::emitCells(Value cell, unsigned lanes, Value mask) {
  CellEmitter emitter(code, context, lanes, mask);
  if (row.getRule() == Rule::Interior)
    emitInteriorCells(emitter, placeAt(cell));
  else
    emitCellsAnywhere(emitter, placeAt(cell));
}

void RowLowering::emitCellsAnywhere(CellEmitter &emitter,
                                    const Position &place) {
  for (auto [value, output] : llvm::zip(results(), outputs))
    emitter.store(emitter.anywhere(value, place), output, place);
}

/// The same in the interior, of all rows that are computed at once: all of them
/// before the first is stored.
void RowLowering::emitInteriorCells(CellEmitter &emitter,
                                    const Position &place) {
  SmallVector<Value> made;
  SmallVector<Position> places;
  for (int64_t i = 0; i < int64_t(row.getRows()); ++i) {
    SmallVector<int64_t, 3> offset(place.size(), 0);
    places.push_back(place);
    if (i > 0) {
      unsigned axis = place.size() - 2;
      offset[axis] = i;
      places.back()[axis] = code.add(place[axis], i);
    }
    for (Value value : results())
      made.push_back(emitter.interior(value, place, offset));
  }
  for (auto [i, value] : llvm::enumerate(made))
    emitter.store(value, outputs[i % outputs.size()],
                  places[i / outputs.size()]);
}

/// Makes the code that is `emit`'s for even and for odd places of the row, from
/// this axis on, along axes for which it differs.
void RowLowering::forEachParity(unsigned axis, function_ref<void()> emit) {
  if (axis == row.getOuter().size() || width == 1)
    return emit();
  auto differs = [&](ProlongOp op) {
    return isHalved(gridOf(row, op.getField().getType()), axis);
  };
  auto transfers = row.getBody().getOps<ProlongOp>();
  if (llvm::none_of(transfers, differs))
    return forEachParity(axis + 1, emit);
  Value place = row.getOuter()[axis];
  // Around the circle; sizes that are halved are even but for those of others'
  // modules.
  if (row.getRule() != Rule::Interior && isPeriodic(context.grid, axis)) {
    Value size = context.sizes[axis];
    auto rest = [&](Value value) -> Value {
      return code.create<arith::RemSIOp>(code.loc, value, size);
    };
    place = rest(code.add(rest(place), size));
  }
  Value isOdd = code.compare(CodeBuilder::Order::ne,
                             code.both(place, code.index(1)), code.index(0));
  auto choice = code.create<scf::IfOp>(code.loc, isOdd, /*withElse=*/true);
  OpBuilder::InsertionGuard guard(code);
  for (bool odd : {true, false}) {
    Block *branch = odd ? choice.thenBlock() : choice.elseBlock();
    code.setInsertionPointToStart(branch);
    context.isOdd[axis] = odd;
    forEachParity(axis + 1, emit);
  }
}

void RowLowering::emitWhole(Value begin, Value end) {
  auto loop = code.create<scf::ForOp>(code.loc, begin, end, code.index(width));
  code.setInsertionPointToStart(loop.getBody());
  CellEmitter emitter(code, context, width);
  emitInteriorCells(emitter, placeAt(loop.getInductionVar()));
  code.setInsertionPointAfter(loop);
  if (carries)
    carryVectors(loop, context, placeAt(begin), emitter.vectorReads());
}

/// Whole vectors, then the rest under a mask.
void RowLowering::emitInterior(Value begin, Value end) {
  Value count = code.sub(end, begin);
  Value whole = code.create<arith::DivUIOp>(code.loc, count, code.index(width));
  Value middle = code.add(begin, code.mul(whole, code.index(width)));
  emitWhole(begin, middle);
  if (width == 1)
    return;
  Value left = code.sub(end, middle);
  Value isAny = code.compare(CodeBuilder::Order::sgt, left, code.index(0));
  auto masked = code.create<scf::IfOp>(code.loc, isAny, /*withElse=*/false);
  code.setInsertionPointToStart(masked.thenBlock());
  emitCells(middle, width, maskOf(left));
}

/// There are few such rows: all vectors are under a mask.
void RowLowering::emitEdge(Value begin, Value end) {
  auto loop = code.create<scf::ForOp>(code.loc, begin, end, code.index(width));
  code.setInsertionPointToStart(loop.getBody());
  Value cell = loop.getInductionVar(), mask;
  if (width > 1)
    mask = maskOf(code.least(code.sub(end, cell), code.index(width)));
  emitCells(cell, width, mask);
}

/// Whether the row is of maps and of what comes from a coarser grid, whose
/// cells beyond its sides are zero: no lane has a rule of its own.
bool RowLowering::mayCrossSides() {
  unsigned last = row.getOuter().size();
  auto isOpen = [&](GridOp grid) { return !isPeriodic(grid, last); };
  return width > 1 && isOpen(context.grid) &&
         llvm::all_of(
             row.getBody().getOps<FieldOpInterface>(),
             [&](FieldOpInterface op) {
               auto prolong = dyn_cast<ProlongOp>(op.getOperation());
               return isa<MapOp>(op) ||
                      (prolong &&
                       isOpen(gridOf(row, prolong.getField().getType())));
             });
}

/// Cells [begin, end), in vectors that start at even cells.
void RowLowering::emitAcross(Value begin, Value end) {
  auto loop = code.create<scf::ForOp>(
      code.loc, code.both(begin, code.index(-2)), end, code.index(width));
  OpBuilder::InsertionGuard guard(code);
  code.setInsertionPointToStart(loop.getBody());
  Value cell = loop.getInductionVar();
  Value before = maskOf(code.greatest(code.sub(begin, cell), code.index(0)));
  Value upTo = maskOf(code.least(code.sub(end, cell), code.index(width)));
  CellEmitter emitter(code, context, width,
                      code.create<arith::XOrIOp>(code.loc, before, upTo),
                      /*crossesSides=*/true);
  emitCellsAnywhere(emitter, placeAt(cell));
}

/// The cells of one or two ranges in vectors, by the same code.
void RowLowering::emitSidesTogether() {
  auto ranges =
      code.create<scf::ForOp>(code.loc, code.index(0),
                              code.index(row.getBegin().size()), code.index(1));
  OpBuilder::InsertionGuard guard(code);
  code.setInsertionPointToStart(ranges.getBody());
  Value isFirst = code.compare(CodeBuilder::Order::eq, ranges.getInductionVar(),
                               code.index(0));
  emitAcross(
      code.select(isFirst, row.getBegin().front(), row.getBegin().back()),
      code.select(isFirst, row.getEnd().front(), row.getEnd().back()));
}

/// The cells of one or two ranges, one by one, in one loop.
void RowLowering::emitSides() {
  Value first = row.getBegin().front(), second = row.getBegin().back();
  Value before = code.sub(row.getEnd().front(), first), count = before;
  bool hasTwo = row.getBegin().size() == 2;
  if (hasTwo)
    count = code.add(before, code.sub(row.getEnd().back(), second));
  auto loop =
      code.create<scf::ForOp>(code.loc, code.index(0), count, code.index(1));
  code.setInsertionPointToStart(loop.getBody());
  Value i = loop.getInductionVar(), cell = code.add(first, i);
  if (hasTwo)
    cell = code.select(code.compare(CodeBuilder::Order::slt, i, before), cell,
                       code.add(second, code.sub(i, before)));
  emitCells(cell, 1, {});
}

void RowLowering::run() {
  Value begin = row.getBegin().front(), end = row.getEnd().front();
  switch (row.getRule()) {
  case Rule::Interior:
    forEachParity(0, [&] { emitInterior(begin, end); });
    break;
  case Rule::Edge:
    forEachParity(0, [&] { emitEdge(begin, end); });
    break;
  case Rule::Sides:
    if (mayCrossSides())
      forEachParity(0, [&] { emitSidesTogether(); });
    else
      emitSides();
    break;
  }
  row.erase();
}

/// The first field of a row that is none in memory, or null.
static Value unknownField(RowOp row) {
  for (Value operand : row->getOperands())
    if (isa<FieldType>(operand.getType()) && !operand.getDefiningOp<MemoryOp>())
      return operand;
  return {};
}

namespace {
struct LowerRowsPass : impl::LowerRowsBase<LowerRowsPass> {
  using LowerRowsBase::LowerRowsBase;

  void runOnOperation() override {
    // Noise is the runtime's.
    abi::declareRuntime(getOperation());
    for (auto function : getOperation().getOps<func::FuncOp>()) {
      std::vector<RowOp> rows;
      std::vector<MemoryOp> memory;
      function.walk([&](RowOp row) { rows.push_back(row); });
      function.walk([&](MemoryOp field) { memory.push_back(field); });
      if (rows.empty())
        continue;
      for (RowOp row : rows)
        if (unknownField(row)) {
          row.emitOpError("has a field of which no kernel.memory tells where "
                          "it lies");
          return signalPassFailure();
        }
      Constants constants(function);
      for (RowOp row : rows)
        RowLowering(row, constants, vectorBytes).run();
      for (MemoryOp field : memory)
        if (field.use_empty())
          field.erase();
    }
    abi::removeUnusedDeclarations(getOperation());
  }
};
} // namespace

} // namespace pdec::kernel
