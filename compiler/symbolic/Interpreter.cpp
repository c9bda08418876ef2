//===- Interpreter.cpp - arithmetic on symbols ----------------------------===//

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

/// The sizes of all grids: those of derived ones follow from their parents'.
static std::vector<int64_t> allSizes(const pde::Interface &interface,
                                     std::vector<int64_t> sizes) {
  for (auto [i, grid] : llvm::enumerate(interface.grids)) {
    if (grid.parent < 0)
      continue;
    for (auto [axis, one] : llvm::enumerate(grid.axes)) {
      int64_t fine = sizes[grid.parent * maxRank + axis];
      bool isSame = one.coarsening == pde::Coarsening::Same;
      bool isCell = one.coarsening == pde::Coarsening::Cell;
      sizes[i * maxRank + axis] =
          isSame ? fine : (isCell ? fine : fine - 1) / 2;
    }
  }
  return sizes;
}

Interpreter::Interpreter(ModuleOp root, const pde::Interface &interface,
                         const Setting &setting, Expressions &expressions)
    : root(root), interface(interface),
      sizes(allSizes(interface, setting.sizes)), setting(setting),
      expressions(expressions), elementBytes(interface.isF32 ? 4 : 8),
      outputs(interface.outputs.size()) {
  memory.emplace_back(); // block 0 is null
}

std::vector<std::vector<ExprId>> Interpreter::run() {
  callFunction(root.lookupSymbol<func::FuncOp>("run"), {newBlock()});
  return std::move(outputs);
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

static int64_t floorDivide(int64_t a, int64_t b) {
  int64_t quotient = a / b;
  return quotient - (a % b != 0 && (a < 0) != (b < 0));
}

Lane Interpreter::runInteger(Operation &op, const std::vector<Lane> &args) {
  int64_t a = args[0].number, b = args.size() > 1 ? args[1].number : 0;
  return integer(
      llvm::TypeSwitch<Operation *, int64_t>(&op)
          .Case<arith::AddIOp>([&](auto) { return a + b; })
          .Case<arith::SubIOp>([&](auto) { return a - b; })
          .Case<arith::MulIOp>([&](auto) { return a * b; })
          .Case<arith::DivUIOp, arith::DivSIOp>([&](auto) { return a / b; })
          .Case<arith::CeilDivUIOp, arith::CeilDivSIOp>(
              [&](auto) { return -floorDivide(-a, b); })
          .Case<arith::FloorDivSIOp>([&](auto) { return floorDivide(a, b); })
          .Case<arith::RemSIOp, arith::RemUIOp>([&](auto) { return a % b; })
          .Case<arith::ShRUIOp, arith::ShRSIOp>([&](auto) { return a >> b; })
          .Case<arith::ShLIOp>([&](auto) { return a << b; })
          .Case<arith::MinSIOp, arith::MinUIOp>(
              [&](auto) { return std::min(a, b); })
          .Case<arith::MaxSIOp, arith::MaxUIOp>(
              [&](auto) { return std::max(a, b); })
          .Case<arith::AndIOp>([&](auto) { return a & b; })
          .Case<arith::OrIOp>([&](auto) { return a | b; })
          .Case<arith::XOrIOp>([&](auto) { return a ^ b; })
          .Case<arith::IndexCastOp, arith::IndexCastUIOp, arith::ExtSIOp,
                arith::ExtUIOp, arith::TruncIOp>([&](auto) { return a; })
          .Case<arith::CmpIOp>([&](arith::CmpIOp cmp) {
            return int64_t(compare(cmp.getPredicate(), a, b));
          })
          .Case<LLVM::ICmpOp>([&](LLVM::ICmpOp cmp) {
            bool same = a == b && args[0].offset == args[1].offset;
            return int64_t(
                cmp.getPredicate() == LLVM::ICmpPredicate::eq ? same : !same);
          }));
}

/// Conditions of which one is an expression: what a known one leaves of them.
std::optional<Lane> Interpreter::runLogic(Operation &op,
                                          const std::vector<Lane> &args) {
  if (!isa<arith::AndIOp, arith::OrIOp, arith::XOrIOp>(op))
    return std::nullopt;
  auto make = [&](const char *name, std::vector<ExprId> ids) {
    return real(expressions.make(name, std::move(ids), op.getLoc()));
  };
  bool isXor = isa<arith::XOrIOp>(op), isAnd = isa<arith::AndIOp>(op);
  for (unsigned i : {0, 1}) {
    if (args[i].kind != Lane::Integer)
      continue;
    const Lane &other = args[1 - i];
    bool known = args[i].number & 1;
    if (isXor)
      return known ? make("not", {ExprId(other.number)}) : other;
    return known == isAnd ? other : integer(known);
  }
  std::vector<ExprId> ids = {ExprId(args[0].number), ExprId(args[1].number)};
  if (ids[0] == ids[1] && !isXor)
    return args[0];
  std::sort(ids.begin(), ids.end());
  return make(isXor ? "xor" : isAnd ? "and" : "or", ids);
}

/// A choice by a condition that is known, or between equal numbers.
static const Lane *choose(const std::vector<Lane> &args) {
  if (args[0].kind == Lane::Integer)
    return &args[args[0].number ? 1 : 2];
  if (args[1].kind == Lane::Real || args[2].kind == Lane::Real)
    return nullptr;
  if (args[1].number != args[2].number || args[1].offset != args[2].offset)
    llvm::report_fatal_error("a number or address that depends on data");
  return &args[1];
}

/// One lane of an elementwise operation.
Lane Interpreter::runScalar(Operation &op, const std::vector<Lane> &args) {
  Location loc = op.getLoc();
  Type type = getElementTypeOrSelf(op.getResult(0).getType());
  bool isReal = llvm::any_of(
      args, [](const Lane &lane) { return lane.kind == Lane::Real; });
  if (isa<arith::SelectOp>(op))
    if (const Lane *chosen = choose(args))
      return *chosen;
  if (isa<arith::SIToFPOp>(op))
    return real(expressions.round(
        expressions.constant(double(args[0].number), loc), type.isF32(), loc));
  if (!isReal)
    return runInteger(op, args);
  if (auto condition = runLogic(op, args))
    return *condition;
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

/// Vector operations on vectors of one axis.
bool Interpreter::runVector(Operation &op, Frame &frame) {
  auto count = [&] {
    return cast<VectorType>(op.getResult(0).getType()).getNumElements();
  };
  auto position = [&](auto access) {
    auto dynamic = access.getDynamicPosition();
    return dynamic.empty() ? access.getStaticPosition()[0]
                           : frame[dynamic[0]].front().number;
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
  } else if (auto splat = dyn_cast<vector::SplatOp>(op)) {
    Lane lane = frame[splat.getInput()].front();
    frame[op.getResult(0)] = Lanes(count(), lane);
  } else if (auto shuffle = dyn_cast<vector::ShuffleOp>(op)) {
    Lanes all = frame[shuffle.getV1()], lanes;
    const Lanes &more = frame[shuffle.getV2()];
    all.insert(all.end(), more.begin(), more.end());
    for (auto position : shuffle.getMask().getAsRange<IntegerAttr>())
      lanes.push_back(all[position.getInt()]);
    frame[op.getResult(0)] = lanes;
  } else if (auto extract = dyn_cast<vector::ExtractOp>(op)) {
    Lane lane = frame[extract.getVector()][position(extract)];
    frame[op.getResult(0)] = {lane};
  } else if (auto insert = dyn_cast<vector::InsertOp>(op)) {
    Lanes lanes = frame[insert.getDest()];
    lanes[position(insert)] = frame[insert.getSource()].front();
    frame[op.getResult(0)] = lanes;
  } else {
    return false;
  }
  return true;
}

/// An elementwise operation, lane by lane; anything else has its own function.
void Interpreter::runOperation(Operation &op, Frame &frame) {
  if (runMemory(op, frame) || runVector(op, frame) || runControl(op, frame))
    return;
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
