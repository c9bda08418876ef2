//===- Shell.cpp - what users see of a program, and owners of fields ------===//

#include "compiler/shell/Shell.h"

#include "compiler/pde/Interface.h"

#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/IR/Matchers.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::shell {

/// Numbers operations by their names, in order.
template <typename Range>
static llvm::StringMap<int> numbersOf(Range operations) {
  llvm::StringMap<int> numbers;
  for (auto op : operations)
    numbers.try_emplace(op.getName(), numbers.size());
  return numbers;
}

Shell::Shell(ModuleOp module, Operation *program)
    : Way(module.getContext()), module(module), program(program) {
  Block &body = program->getRegion(0).front();
  for (auto grid : module.getOps<GridOp>())
    grids.try_emplace(grid.getSymName(), grids.size());
  params = numbersOf(body.getOps<ParamOp>());
  inputs = numbersOf(body.getOps<InputOpInterface>());
  outputs = numbersOf(body.getOps<OutputOpInterface>());
  // In the order in which the interface meets them.
  program->walk<WalkOrder::PreOrder>([&](RecordOp record) {
    records.try_emplace(record.getName(), records.size());
  });
}

//===----------------------------------------------------------------------===//
// Owners
//===----------------------------------------------------------------------===//

/// True if nothing after `op` in its block reads the field, which is computed
/// in the same block and has its memory still.
bool Shell::isLastUse(Operation *op, Value field) {
  if (field.getParentBlock() != op->getBlock() || disowned.count(field))
    return false;
  return llvm::all_of(field.getUsers(), [&](Operation *user) {
    Operation *inBlock = op->getBlock()->findAncestorOpInBlock(*user);
    return inBlock == op || inBlock->isBeforeInBlock(op);
  });
}

bool Shell::mayTakeOver(Operation *loop, Value init) {
  bool isRead = llvm::any_of(init.getUsers(), [&](Operation *user) {
    return loop->isProperAncestor(user);
  });
  return !isRead && llvm::count(loop->getOperands(), init) == 1 &&
         isLastUse(loop, init);
}

void Shell::letGo(Location loc, Value field) {
  release(loc, field);
  disown(field);
}

/// Fields that the code of `op` reads.
void Shell::addReads(Operation &op, llvm::SetVector<Value> &fields) {
  op.walk([&](Operation *inner) {
    for (Value operand : inner->getOperands()) {
      if (isField(operand))
        fields.insert(operand);
      Operation *made = operand.getDefiningOp();
      if (made && isDeferred(*made))
        addReads(*made, fields);
    }
  });
}

/// Releases what `op` was the last to read, and what nothing reads at all.
void Shell::releaseAfter(Operation &op) {
  llvm::SetVector<Value> fields;
  addReads(op, fields);
  for (Value result : op.getResults())
    if (isField(result))
      fields.insert(result);
  for (Value field : fields)
    if (mapping.contains(field) && isLastUse(&op, field))
      letGo(op.getLoc(), field);
}

//===----------------------------------------------------------------------===//
// What users see
//===----------------------------------------------------------------------===//

Value Shell::readSize(Location loc, StringRef grid, unsigned axis) {
  return call(loc, "pde_get_size",
              {context, small(loc, grids.lookup(grid)), small(loc, axis)});
}

Value Shell::lowerParam(ParamOp op) {
  Location loc = op.getLoc();
  bool isReal = op.getValue().getType().isF64();
  return call(loc, isReal ? "pde_get_real" : "pde_get_int",
              {context, small(loc, params.lookup(op.getName()))});
}

void Shell::lowerAxis(AxisOp op) {
  Location loc = op.getLoc();
  call(loc, "pde_set_axis",
       {context, small(loc, grids.lookup(op.getGrid())),
        small(loc, op.getAxis()), mapping.lookup(op.getFirst()),
        mapping.lookup(op.getSpacing())});
}

Value Shell::lowerInput(InputOpInterface op) {
  Location loc = op.getLoc();
  Value port = small(loc, inputs.lookup(op.getName()));
  Value data = call(loc, "pde_read_input", {context, port});
  if (!op.hasDefault())
    return takeInput(op, data);
  Value isMissing = builder.create<LLVM::ICmpOp>(loc, LLVM::ICmpPredicate::eq,
                                                 data, null(loc));
  auto choice = builder.create<scf::IfOp>(loc, pointer(), isMissing, true);
  OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToStart(choice.elseBlock());
  builder.create<scf::YieldOp>(loc, takeInput(op, data));
  builder.setInsertionPointToStart(choice.thenBlock());
  Value made = makeDefault(op);
  withData(loc, made, [&](Value computed) {
    call(loc, "pde_note_input", {context, port, computed});
  });
  builder.create<scf::YieldOp>(loc, made);
  return choice.getResult(0);
}

void Shell::lowerOutput(OutputOpInterface op) {
  Location loc = op.getLoc();
  Value port = small(loc, outputs.lookup(op.getName()));
  Value value = mapping.lookup(op->getOperand(0));
  if (!isField(op->getOperand(0))) {
    call(loc, "pde_write_number", {context, port, value});
    return;
  }
  withData(loc, value, [&](Value data) {
    call(loc, "pde_write_output", {context, port, data});
  });
}

void Shell::lowerRecord(RecordOp op) {
  Location loc = op.getLoc();
  Value record = small(loc, records.lookup(op.getName()));
  Value step = mapping.lookup(op.getStep());
  for (auto [column, value] : llvm::enumerate(op.getValues()))
    if (isField(value))
      withData(loc, mapping.lookup(value), [&](Value data) {
        call(loc, "pde_record_field", {context, record, step, data});
      });
    else
      call(loc, "pde_record_number",
           {context, record, step, small(loc, column), mapping.lookup(value)});
}

void Shell::lowerStepLength(StepLengthOp op) {
  Location loc = op.getLoc();
  call(loc, "pde_note_step_length",
       {context, small(loc, lineIn(*op, program)),
        mapping.lookup(op.getMultiple())});
}

//===----------------------------------------------------------------------===//
// Numbers
//===----------------------------------------------------------------------===//

/// The character that pde_integer knows an operation by, or 0.
static char integerKind(Operation &op) {
  if (op.getNumResults() != 1 || !op.getResult(0).getType().isInteger(64))
    return 0;
  return isa<arith::AddIOp>(op)   ? '+'
         : isa<arith::SubIOp>(op) ? '-'
         : isa<arith::MulIOp>(op) ? '*'
                                  : 0;
}

/// A whole number as an integer, made by the runtime, which ends the run where
/// it is none that can be counted to.
Value Shell::lowerWhole(arith::FPToSIOp op) {
  Location loc = op.getLoc();
  return call(loc, "pde_whole",
              {context, small(loc, lineIn(*op, program)),
               mapping.lookupOrDefault(op.getIn())});
}

/// Where in memory an entry of an array lies, whose indices the run checks.
Value Shell::placeOf(Operation &op, ValueRange indices,
                     ArrayRef<int64_t> extents) {
  Location loc = op.getLoc();
  Value place;
  for (auto [given, extent] : llvm::zip(indices, extents)) {
    Value index = mapping.lookupOrDefault(given);
    if (!matchPattern(index, m_Constant()))
      index = call(loc, "pde_check_index",
                   {context, small(loc, lineIn(op, program)),
                    this->index(loc, extent), index});
    if (place)
      index = builder.create<arith::AddIOp>(
          loc,
          builder.create<arith::MulIOp>(loc, place, this->index(loc, extent)),
          index);
    place = index;
  }
  return place;
}

Value Shell::blockOf(Operation &op, ValueRange indices,
                     ArrayRef<int64_t> extents, int64_t count) {
  Location loc = op.getLoc();
  Value number = placeOf(op, indices, extents.take_front(indices.size()));
  if (!number)
    return index(loc, 0);
  return builder.create<arith::MulIOp>(loc, number, index(loc, count));
}

/// Lowers an operation on numbers: itself, but sums and products of integers of
/// the program itself are made by the runtime, which ends the run with the
/// script's line where 64 bits do not do.
void Shell::lowerScalar(Operation &op) {
  if (auto whole = dyn_cast<arith::FPToSIOp>(op)) {
    mapping.map(whole.getResult(), lowerWhole(whole));
    return;
  }
  // What steps compute may be deep in a loop over cells, where no run can end.
  char kind = op.getParentOp() == program ? integerKind(op) : 0;
  if (!kind) {
    builder.clone(op, mapping);
    return;
  }
  Location loc = op.getLoc();
  mapping.map(op.getResult(0),
              call(loc, "pde_integer",
                   {context, small(loc, kind), small(loc, lineIn(op, program)),
                    mapping.lookupOrDefault(op.getOperand(0)),
                    mapping.lookupOrDefault(op.getOperand(1))}));
}

//===----------------------------------------------------------------------===//
// The program
//===----------------------------------------------------------------------===//

void Shell::lower(Operation &op) {
  if (lowerComputation(op))
    return;
  llvm::TypeSwitch<Operation *>(&op)
      .Case([&](ParamOp param) {
        mapping.map(param.getValue(), lowerParam(param));
      })
      .Case([&](SizeOp size) {
        mapping.map(size.getSize(),
                    readSize(size.getLoc(), size.getGrid(), size.getAxis()));
      })
      .Case([&](AxisOp axis) { lowerAxis(axis); })
      .Case([&](InputOpInterface input) {
        mapping.map(input->getResult(0), lowerInput(input));
      })
      .Case([&](OutputOpInterface output) { lowerOutput(output); })
      .Case([&](RecordOp record) { lowerRecord(record); })
      .Case([&](StepLengthOp length) { lowerStepLength(length); })
      .Case([&](CountedLoopOpInterface loop) { lowerCounted(loop); })
      .Case([&](ConditionalLoopOpInterface loop) { lowerConditional(loop); })
      .Case([&](ReversalOpInterface reversal) { lowerReversal(reversal); })
      .Default([&](Operation *scalar) { lowerScalar(*scalar); });
}

/// Lowers a block without its end, which is its parent's.
void Shell::lowerBlock(Block &block) {
  for (Operation &op : block) {
    if (op.hasTrait<OpTrait::IsTerminator>() || isDeferred(op))
      continue;
    lower(op);
    releaseAfter(op);
  }
}

void Shell::run() {
  Location loc = program->getLoc();
  abi::declareRuntime(module);
  builder.setInsertionPoint(program);
  auto run = builder.create<func::FuncOp>(
      loc, "run", FunctionType::get(builder.getContext(), {pointer()}, {}));
  Block *entry = run.addEntryBlock();
  context = entry->getArgument(0);
  builder.setInsertionPointToEnd(entry);
  lowerBlock(program->getRegion(0).front());
  builder.create<func::ReturnOp>(loc);
}

} // namespace pdec::shell
