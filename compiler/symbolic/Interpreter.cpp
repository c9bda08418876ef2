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

Interpreter::Interpreter(ModuleOp root, const pde::Interface &interface,
                         const Setting &setting, Expressions &expressions)
    : root(root), interface(interface), setting(setting),
      expressions(expressions), elementBytes(interface.isF32 ? 4 : 8),
      outputs(interface.outputs.size() + interface.records.size()) {
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
          .Case<math::AbsIOp>([&](auto) { return a < 0 ? -a : a; })
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

/// Whether an operation works on conditions.
static bool isLogic(Operation &op) {
  return isa<arith::AndIOp, arith::OrIOp, arith::XOrIOp, arith::SelectOp>(op) &&
         getElementTypeOrSelf(op.getResult(0).getType()).isInteger(1);
}

Lane Interpreter::invert(const Lane &condition, Location loc) {
  if (condition.kind == Lane::Integer)
    return integer(!condition.number);
  return real(expressions.make("not", {ExprId(condition.number)}, false, loc));
}

/// Both or either of two conditions; known ones leave the other, or decide.
Lane Interpreter::combine(bool needsBoth, const Lane &a, const Lane &b,
                          Location loc) {
  for (const Lane *known : {&a, &b})
    if (known->kind == Lane::Integer)
      return bool(known->number) == needsBoth ? (known == &a ? b : a) : *known;
  std::vector<ExprId> ids = {ExprId(a.number), ExprId(b.number)};
  if (ids[0] == ids[1])
    return a;
  std::sort(ids.begin(), ids.end());
  return real(expressions.make(needsBoth ? "and" : "or", ids, false, loc));
}

/// An operation on conditions, said by and, or and not.
Lane Interpreter::runLogic(Operation &op, const std::vector<Lane> &args) {
  Location loc = op.getLoc();
  if (isa<arith::AndIOp, arith::OrIOp>(op))
    return combine(isa<arith::AndIOp>(op), args[0], args[1], loc);
  bool isChoice = isa<arith::SelectOp>(op);
  // a xor b = a ? not b : b.
  Lane yes = isChoice ? args[1] : invert(args[1], loc);
  const Lane &no = args[isChoice ? 2 : 1];
  return combine(false, combine(true, args[0], yes, loc),
                 combine(true, invert(args[0], loc), no, loc), loc);
}

/// A choice by a condition that is known, or between equal numbers.
static const Lane *choose(const std::vector<Lane> &args) {
  if (args[0].kind == Lane::Integer)
    return &args[args[0].number ? 1 : 2];
  if (args[1].kind == Lane::Real || args[2].kind == Lane::Real)
    return nullptr;
  if (args[1].number != args[2].number || args[1].offset != args[2].offset)
    throw Expressions::Unprovable{"an integer depends on the data"};
  return &args[1];
}

/// One lane of an elementwise operation.
Lane Interpreter::runScalar(Operation &op, const std::vector<Lane> &args) {
  Location loc = op.getLoc();
  Type type = getElementTypeOrSelf(op.getResult(0).getType());
  bool isReal = llvm::any_of(
      args, [](const Lane &lane) { return lane.kind == Lane::Real; });
  if (isLogic(op))
    return runLogic(op, args);
  if (isa<arith::SelectOp>(op))
    if (const Lane *chosen = choose(args))
      return *chosen;
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
  if (auto cmp = dyn_cast<arith::CmpFOp>(op)) {
    std::optional<double> a = expressions.constantOf(ids[0]);
    std::optional<double> b = expressions.constantOf(ids[1]);
    if (a && b)
      return integer(arith::applyCmpPredicate(cmp.getPredicate(), APFloat(*a),
                                              APFloat(*b)));
  }
  return real(expressions.make(name, ids, type.isF32(), loc));
}

Lanes Interpreter::lanesOf(arith::ConstantOp constant) {
  Lanes lanes;
  auto add = [&](Attribute value) {
    if (auto number = dyn_cast<FloatAttr>(value))
      lanes.push_back(real(
          expressions.constant(number.getValueAsDouble(), constant.getLoc())));
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
  return lanes;
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
    frame[op.getResult(0)] = lanesOf(constant);
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
  } else if (auto interleave = dyn_cast<vector::InterleaveOp>(op)) {
    Lanes lanes;
    for (auto [one, other] :
         llvm::zip(frame[interleave.getLhs()], frame[interleave.getRhs()]))
      lanes.insert(lanes.end(), {one, other});
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
