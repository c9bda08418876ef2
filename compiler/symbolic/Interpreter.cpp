//===- Interpreter.cpp - runs a lowered program on symbols ----------------===//

#include "compiler/symbolic/Interpreter.h"

#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Math/IR/Math.h"
#include "mlir/Dialect/Vector/IR/VectorOps.h"
#include "mlir/IR/TypeUtilities.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;

namespace pdec::symbolic {

Lane integer(int64_t value) { return {Lane::Integer, value, 0, {}}; }
Lane real(ExprId id) { return {Lane::Real, id, 0, {}}; }

Interpreter::Interpreter(ModuleOp root, const pde::Interface &interface,
                         const Setting &setting, Expressions &expressions)
    : root(root), interface(interface), setting(setting),
      expressions(expressions), elementBytes(interface.isF32 ? 4 : 8),
      outputs(interface.outputs.size()) {
  memory.emplace_back(); // block 0 is null
}

std::vector<std::vector<ExprId>> Interpreter::run() {
  callFunction(root.lookupSymbol<func::FuncOp>("run"), {newBlock()});
  return std::move(outputs);
}

//===----------------------------------------------------------------------===//
// Memory
//===----------------------------------------------------------------------===//

Lane Interpreter::newBlock() {
  memory.emplace_back();
  return {Lane::Address, int64_t(memory.size()) - 1, 0, {}};
}

Lane Interpreter::load(const Lane &address, int64_t offset) {
  Block &block = memory[address.number];
  auto found = block.find(address.offset + offset);
  // Memory that was never written is no symbol that anything could equal.
  if (found == block.end())
    return real(expressions.symbol("uninitialised " +
                                       std::to_string(address.number) + " " +
                                       std::to_string(address.offset + offset),
                                   UnknownLoc::get(root.getContext())));
  return found->second;
}

void Interpreter::store(const Lane &address, int64_t offset, const Lane &lane) {
  memory[address.number][address.offset + offset] = lane;
}

int64_t Interpreter::bytesOf(Type type) {
  if (isa<LLVM::LLVMPointerType>(type))
    return 8;
  return std::max(1u, type.getIntOrFloatBitWidth() / 8);
}

/// Offset of a field of a struct of pointers, i32, i64 and f64.
static int64_t fieldOffset(LLVM::LLVMStructType type, int64_t field,
                           function_ref<int64_t(Type)> bytesOf) {
  int64_t offset = 0;
  for (auto [i, member] : llvm::enumerate(type.getBody())) {
    int64_t bytes = bytesOf(member);
    offset = (offset + bytes - 1) / bytes * bytes;
    if (int64_t(i) == field)
      return offset;
    offset += bytes;
  }
  llvm_unreachable("a field of the struct");
}

bool Interpreter::runMemory(Operation &op, Frame &frame) {
  auto lane = [&](Value value) { return frame[value].front(); };
  auto laneType = [](Type type) { return getElementTypeOrSelf(type); };
  if (isa<LLVM::AllocaOp>(op)) {
    frame[op.getResult(0)] = {newBlock()};
  } else if (isa<LLVM::ZeroOp>(op)) {
    frame[op.getResult(0)] = {{Lane::Address, 0, 0, {}}};
  } else if (auto gep = dyn_cast<LLVM::GEPOp>(op)) {
    Lane address = lane(gep.getBase());
    auto structType = dyn_cast<LLVM::LLVMStructType>(gep.getElemType());
    unsigned position = 0;
    for (auto index : gep.getIndices()) {
      auto constant = dyn_cast<IntegerAttr>(index);
      int64_t value =
          constant ? constant.getInt() : lane(cast<Value>(index)).number;
      if (structType && position == 1)
        address.offset += fieldOffset(structType, value, bytesOf);
      else if (!structType)
        address.offset += value * bytesOf(gep.getElemType());
      ++position;
    }
    frame[op.getResult(0)] = {address};
  } else if (auto loadOp = dyn_cast<LLVM::LoadOp>(op)) {
    Type type = loadOp.getType();
    int64_t bytes = bytesOf(laneType(type)), count = 1;
    if (auto vector = dyn_cast<VectorType>(type))
      count = vector.getNumElements();
    Lanes lanes;
    for (int64_t i = 0; i < count; ++i)
      lanes.push_back(load(lane(loadOp.getAddr()), i * bytes));
    frame[op.getResult(0)] = lanes;
  } else if (auto storeOp = dyn_cast<LLVM::StoreOp>(op)) {
    int64_t bytes = bytesOf(laneType(storeOp.getValue().getType()));
    for (auto [i, value] : llvm::enumerate(frame[storeOp.getValue()]))
      store(lane(storeOp.getAddr()), i * bytes, value);
  } else if (auto masked = dyn_cast<LLVM::MaskedLoadOp>(op)) {
    int64_t bytes = bytesOf(laneType(masked.getType()));
    Lanes lanes = frame[masked.getPassThru().front()];
    for (auto [i, mask] : llvm::enumerate(frame[masked.getMask()]))
      if (mask.number)
        lanes[i] = load(lane(masked.getData()), i * bytes);
    frame[op.getResult(0)] = lanes;
  } else if (auto masked = dyn_cast<LLVM::MaskedStoreOp>(op)) {
    int64_t bytes = bytesOf(laneType(masked.getValue().getType()));
    const Lanes &lanes = frame[masked.getValue()];
    for (auto [i, mask] : llvm::enumerate(frame[masked.getMask()]))
      if (mask.number)
        store(lane(masked.getData()), i * bytes, lanes[i]);
  } else if (auto copy = dyn_cast<LLVM::MemcpyOp>(op)) {
    Lane to = lane(copy.getDst()), from = lane(copy.getSrc());
    int64_t bytes = lane(copy.getLen()).number;
    Block &source = memory[from.number];
    std::vector<std::pair<int64_t, Lane>> cells(
        source.lower_bound(from.offset),
        source.lower_bound(from.offset + bytes));
    for (auto &[offset, value] : cells)
      store(to, offset - from.offset, value);
  } else {
    return false;
  }
  return true;
}

//===----------------------------------------------------------------------===//
// Arithmetic
//===----------------------------------------------------------------------===//

static bool compare(arith::CmpIPredicate predicate, int64_t a, int64_t b) {
  switch (predicate) {
  case arith::CmpIPredicate::eq:
    return a == b;
  case arith::CmpIPredicate::ne:
    return a != b;
  case arith::CmpIPredicate::slt:
    return a < b;
  case arith::CmpIPredicate::sle:
    return a <= b;
  case arith::CmpIPredicate::sgt:
    return a > b;
  case arith::CmpIPredicate::sge:
    return a >= b;
  case arith::CmpIPredicate::ult:
    return uint64_t(a) < uint64_t(b);
  case arith::CmpIPredicate::ule:
    return uint64_t(a) <= uint64_t(b);
  case arith::CmpIPredicate::ugt:
    return uint64_t(a) > uint64_t(b);
  case arith::CmpIPredicate::uge:
    return uint64_t(a) >= uint64_t(b);
  }
  llvm_unreachable("a predicate");
}

Lane Interpreter::runInteger(Operation &op, const std::vector<Lane> &args) {
  int64_t a = args[0].number, b = args.size() > 1 ? args[1].number : 0;
  return integer(
      llvm::TypeSwitch<Operation *, int64_t>(&op)
          .Case<arith::AddIOp>([&](auto) { return a + b; })
          .Case<arith::SubIOp>([&](auto) { return a - b; })
          .Case<arith::MulIOp>([&](auto) { return a * b; })
          .Case<arith::DivUIOp, arith::DivSIOp>([&](auto) { return a / b; })
          .Case<arith::CeilDivUIOp>([&](auto) { return (a + b - 1) / b; })
          .Case<arith::RemSIOp, arith::RemUIOp>([&](auto) { return a % b; })
          .Case<arith::ShRUIOp>([&](auto) { return a >> b; })
          .Case<arith::ShLIOp>([&](auto) { return a << b; })
          .Case<arith::MinSIOp>([&](auto) { return std::min(a, b); })
          .Case<arith::MaxSIOp>([&](auto) { return std::max(a, b); })
          .Case<arith::AndIOp>([&](auto) { return a & b; })
          .Case<arith::OrIOp>([&](auto) { return a | b; })
          .Case<arith::XOrIOp>([&](auto) { return a ^ b; })
          .Case<arith::IndexCastOp>([&](auto) { return a; })
          .Case<arith::CmpIOp>([&](arith::CmpIOp cmp) {
            return int64_t(compare(cmp.getPredicate(), a, b));
          })
          .Case<LLVM::ICmpOp>([&](LLVM::ICmpOp cmp) {
            bool same = a == b && args[0].offset == args[1].offset;
            return int64_t(
                cmp.getPredicate() == LLVM::ICmpPredicate::eq ? same : !same);
          }));
}

/// One lane of an elementwise operation.
Lane Interpreter::runScalar(Operation &op, const std::vector<Lane> &args) {
  Location loc = op.getLoc();
  Type type = getElementTypeOrSelf(op.getResult(0).getType());
  bool isReal = llvm::any_of(
      args, [](const Lane &lane) { return lane.kind == Lane::Real; });
  if (isa<arith::SelectOp>(op) && args[0].kind == Lane::Integer)
    return args[args[0].number ? 1 : 2];
  if (isa<arith::SIToFPOp>(op))
    return real(expressions.round(
        expressions.constant(double(args[0].number), loc), type.isF32(), loc));
  if (!isReal)
    return runInteger(op, args);
  if (isa<arith::TruncFOp>(op))
    return real(expressions.round(args[0].number, true, loc));
  if (isa<arith::ExtFOp>(op))
    return args[0];
  std::string name = op.getName().getStringRef().str();
  if (auto cmp = dyn_cast<arith::CmpFOp>(op))
    name += "." + arith::stringifyCmpFPredicate(cmp.getPredicate()).str();
  std::vector<ExprId> ids;
  for (const Lane &arg : args)
    ids.push_back(arg.kind == Lane::Real
                      ? ExprId(arg.number)
                      : expressions.constant(double(arg.number), loc));
  return real(expressions.make(name, ids, loc));
}

bool Interpreter::runVector(Operation &op, Frame &frame) {
  auto count = [&] {
    return cast<VectorType>(op.getResult(0).getType()).getNumElements();
  };
  if (auto constant = dyn_cast<arith::ConstantOp>(op)) {
    Lanes lanes;
    auto add = [&](Attribute value) {
      if (auto number = dyn_cast<FloatAttr>(value))
        lanes.push_back(
            real(expressions.constant(number.getValueAsDouble(), op.getLoc())));
      else
        lanes.push_back(
            integer(cast<IntegerAttr>(value).getType().isInteger(1)
                        ? cast<IntegerAttr>(value).getValue().getZExtValue()
                        : cast<IntegerAttr>(value).getInt()));
    };
    if (auto dense = dyn_cast<DenseElementsAttr>(constant.getValue()))
      llvm::for_each(dense.getValues<Attribute>(), add);
    else
      add(constant.getValue());
    frame[op.getResult(0)] = lanes;
  } else if (auto broadcast = dyn_cast<vector::BroadcastOp>(op)) {
    Lane lane = frame[broadcast.getSource()].front();
    frame[op.getResult(0)] = Lanes(count(), lane);
  } else if (isa<vector::CreateMaskOp>(op)) {
    int64_t set = frame[op.getOperand(0)].front().number;
    Lanes lanes;
    for (int64_t i = 0; i < count(); ++i)
      lanes.push_back(integer(i < set));
    frame[op.getResult(0)] = lanes;
  } else if (auto insert = dyn_cast<vector::InsertOp>(op)) {
    Lanes lanes = frame[insert.getDest()];
    lanes[insert.getStaticPosition()[0]] = frame[insert.getSource()].front();
    frame[op.getResult(0)] = lanes;
  } else {
    return false;
  }
  return true;
}

//===----------------------------------------------------------------------===//
// Control
//===----------------------------------------------------------------------===//

void Interpreter::callFunction(func::FuncOp function,
                               const std::vector<Lane> &arguments) {
  Frame frame;
  mlir::Block &body = function.getBody().front();
  for (auto [argument, lane] : llvm::zip(body.getArguments(), arguments))
    frame[argument] = {lane};
  runBlock(body, frame);
}

/// Runs a block; what its terminator hands over.
std::vector<Lanes> Interpreter::runBlock(mlir::Block &block, Frame &frame) {
  for (Operation &op : block.without_terminator())
    runOperation(op, frame);
  std::vector<Lanes> results;
  for (Value operand : block.getTerminator()->getOperands())
    results.push_back(frame[operand]);
  return results;
}

void Interpreter::runFor(scf::ForOp loop, Frame &frame) {
  auto number = [&](Value value) { return frame[value].front().number; };
  std::vector<Lanes> carried;
  for (Value init : loop.getInitArgs())
    carried.push_back(frame[init]);
  int64_t end = number(loop.getUpperBound()), step = number(loop.getStep());
  for (int64_t i = number(loop.getLowerBound()); i < end; i += step) {
    frame[loop.getInductionVar()] = {integer(i)};
    for (auto [argument, lanes] : llvm::zip(loop.getRegionIterArgs(), carried))
      frame[argument] = lanes;
    carried = runBlock(*loop.getBody(), frame);
  }
  for (auto [result, lanes] : llvm::zip(loop.getResults(), carried))
    frame[result] = lanes;
}

void Interpreter::runOperation(Operation &op, Frame &frame) {
  if (runMemory(op, frame) || runVector(op, frame))
    return;
  if (auto loop = dyn_cast<scf::ForOp>(op))
    return runFor(loop, frame);
  if (auto choice = dyn_cast<scf::IfOp>(op)) {
    bool taken = frame[choice.getCondition()].front().number;
    mlir::Block *block = taken ? choice.thenBlock() : choice.elseBlock();
    auto results = block ? runBlock(*block, frame) : std::vector<Lanes>();
    for (auto [result, lanes] : llvm::zip(choice.getResults(), results))
      frame[result] = lanes;
    return;
  }
  if (auto constant = dyn_cast<func::ConstantOp>(op)) {
    frame[constant.getResult()] = {
        {Lane::Function, 0, 0,
         root.lookupSymbol<func::FuncOp>(constant.getValue())}};
    return;
  }
  if (auto call = dyn_cast<func::CallOp>(op)) {
    std::vector<Lane> arguments;
    for (Value operand : call.getOperands())
      arguments.push_back(frame[operand].front());
    Lane result = callRuntime(call.getCallee(), arguments, op.getLoc());
    if (call.getNumResults())
      frame[call.getResult(0)] = {result};
    return;
  }
  size_t count = 1;
  if (auto vector = dyn_cast<VectorType>(op.getResult(0).getType()))
    count = vector.getNumElements();
  Lanes results;
  for (size_t i = 0; i < count; ++i) {
    std::vector<Lane> args;
    for (Value operand : op.getOperands()) {
      const Lanes &lanes = frame[operand];
      args.push_back(lanes.size() == 1 ? lanes[0] : lanes[i]);
    }
    results.push_back(runScalar(op, args));
  }
  frame[op.getResult(0)] = results;
}

} // namespace pdec::symbolic
