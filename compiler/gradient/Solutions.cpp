//===- Solutions.cpp - through what solves an equation --------------------===//
//
// b - A(x) = 0, linearised at x: with the change r of b - A(x) where x is held,
// A' z = r has the change z of x, by one solution of that equation. What comes
// back to x goes through the transpose of A' to b - A(x), and from there to all
// that this is made of. How x was found does not matter.
//
//===----------------------------------------------------------------------===//

#include "compiler/gradient/Solutions.h"
#include "compiler/gradient/Forward.h"
#include "compiler/gradient/Loops.h"
#include "compiler/gradient/Requests.h"
#include "compiler/gradient/Reverse.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::gradient {

//===----------------------------------------------------------------------===//
// Regions
//===----------------------------------------------------------------------===//

SmallVector<Value> asVariables(OpBuilder &builder, Location loc,
                               ValueRange values) {
  return llvm::map_to_vector(values, [&](Value value) -> Value {
    return builder.create<VariableOp>(loc, value);
  });
}

Inlined::Inlined(OpBuilder &builder, Region &region, ValueRange arguments)
    : block(builder.getInsertionBlock()), end(builder.getInsertionPoint()) {
  if (end != block->begin())
    before = &*std::prev(end);
  Block &body = region.front();
  IRMapping mapping;
  mapping.map(body.getArguments(), arguments);
  SmallVector<FixpointOp> loops;
  for (Operation &op : body.without_terminator())
    builder.clone(op, mapping)->walk([&](FixpointOp loop) {
      loop.setLoop(-1);
      loops.push_back(loop);
    });
  // The numbers that they had were nobody's.
  for (FixpointOp loop : loops)
    loop.setLoop(nextLoop(loop));
  // As variables: answers take the places of values.
  for (Value value : body.getTerminator()->getOperands())
    made.push_back(builder.create<VariableOp>(region.getLoc(),
                                              mapping.lookupOrDefault(value)));
}

SmallVector<Operation *> Inlined::operations() const {
  SmallVector<Operation *> all;
  Block::iterator first =
      before ? std::next(before->getIterator()) : block->begin();
  for (Operation &op : llvm::make_range(first, end))
    all.push_back(&op);
  return all;
}

SmallVector<Value> Inlined::results() const { return made; }

/// In the order of execution.
Operation *Inlined::firstRequest() const {
  Operation *found = nullptr;
  for (Operation *op : operations()) {
    op->walk<WalkOrder::PreOrder>([&](Operation *inner) {
      if (isa<SolutionOp>(inner))
        return WalkResult::skip();
      if (!isRequest(inner))
        return WalkResult::advance();
      found = inner;
      return WalkResult::interrupt();
    });
    if (found)
      return found;
  }
  return nullptr;
}

std::optional<Obstacle> Inlined::answer() {
  std::optional<Obstacle> obstacle;
  while (Operation *request = firstRequest()) {
    // Once there is one, no other matters.
    if (!obstacle)
      obstacle = gradient::answer(request, /*isAgain=*/false);
    if (!obstacle)
      continue;
    Value instead = isa<DerivativeOp>(request) ? request->getOperand(0)
                                               : request->getOperands().back();
    request->replaceAllUsesWith(ValueRange(instead));
    request->erase();
  }
  return obstacle;
}

//===----------------------------------------------------------------------===//
// Linear equations
//===----------------------------------------------------------------------===//

/// What is zero of the solution: the right side, less what the equation makes
/// of it. The residual of the first equation has the other sign.
void LinearSolution::makeResidual(OpBuilder &builder, Region &region) {
  OpBuilder::InsertionGuard guard(builder);
  Location loc = of.getLoc();
  TypeRange types = of.getResultTypes();
  Block *body = builder.createBlock(&region, {}, types,
                                    SmallVector<Location>(types.size(), loc));
  SmallVector<Value> x = asVariables(builder, loc, of.getResults());
  SmallVector<Value> values = Inlined(builder, of.getResidual(), x).results();
  Fields fields(builder, loc);
  SmallVector<Value> yields;
  for (size_t i = 0; i < x.size(); ++i) {
    Value sum = right[i];
    for (size_t j = 0; j < x.size(); ++j) {
      Value along = body->getArgument(j), part;
      if (isTransposed)
        part = builder.create<PullbackOp>(loc, values[j], along, x[i]);
      else
        part = builder.create<DerivativeOp>(loc, values[i], x[j], along);
      sum = fields.add(sum, part);
    }
    yields.push_back(sum);
  }
  builder.create<GiveOp>(loc, yields);
}

/// The tangent of a linear equation is solved as it was itself, its adjoint as
/// the other one.
void LinearSolution::makeSolver(OpBuilder &builder, Region &region,
                                bool isAdjoint) {
  OpBuilder::InsertionGuard guard(builder);
  Location loc = of.getLoc();
  bool isOfAdjoint = isTransposed != isAdjoint;
  Region &from = isOfAdjoint ? of.getAdjoint() : of.getTangent();
  if (from.empty())
    return;
  size_t count = of.getNumResults();
  SmallVector<Type> types;
  for (unsigned group = 0; group < (isAdjoint ? 2 : 3); ++group)
    llvm::append_range(types, of.getResultTypes());
  Block *body = builder.createBlock(&region, {}, types,
                                    SmallVector<Location>(types.size(), loc));
  SmallVector<Value> arguments = asVariables(builder, loc, of.getResults());
  llvm::append_range(arguments, body->getArguments().slice(count, count));
  if (!isOfAdjoint && isAdjoint)
    for (Type type : of.getResultTypes())
      arguments.push_back(Fields(builder, loc).zero(type));
  else if (!isOfAdjoint)
    llvm::append_range(arguments, body->getArguments().take_back(count));
  Inlined solver(builder, from, arguments);
  builder.create<GiveOp>(loc, solver.results());
}

/// The solution as one of the linear equation.
SolutionOp LinearSolution::declare(OpBuilder &builder) {
  StringAttr noTangent = of.getNoTangentAttr();
  StringAttr noAdjoint = of.getNoAdjointAttr();
  if (isTransposed)
    std::swap(noTangent, noAdjoint);
  auto made =
      builder.create<SolutionOp>(of.getLoc(), of.getResultTypes(), found,
                                 ValueRange(), noTangent, noAdjoint);
  makeResidual(builder, made.getResidual());
  makeSolver(builder, made.getTangent(), /*isAdjoint=*/false);
  makeSolver(builder, made.getAdjoint(), /*isAdjoint=*/true);
  return made;
}

std::optional<Obstacle> LinearSolution::make(OpBuilder &builder, bool isAgain) {
  Location loc = of.getLoc();
  Region &region = isTransposed ? of.getAdjoint() : of.getTangent();
  std::optional<StringRef> reason =
      isTransposed ? of.getNoAdjoint() : of.getNoTangent();
  std::string equation = isTransposed ? "the adjoint equation of this one"
                                      : "this equation, linearised,";
  if (region.empty())
    return Obstacle{loc, loc, equation + " is not solved: " + reason->str()};
  SmallVector<Value> arguments = asVariables(builder, loc, of.getResults());
  llvm::append_range(arguments, right);
  llvm::append_range(arguments, first);
  Inlined solver(builder, region, arguments);
  if (auto obstacle = solver.answer())
    return obstacle;
  found = solver.results();
  if (isAgain)
    found = llvm::to_vector_of<Value>(declare(builder).getResults());
  return std::nullopt;
}

//===----------------------------------------------------------------------===//
// Derivatives
//===----------------------------------------------------------------------===//

namespace {

/// The residual of an equation where the unknowns are held: as variables, they
/// have nothing to do with what varies.
struct HeldResidual {
  HeldResidual(OpBuilder &builder, SolutionOp op, const Activity &activity);

  std::optional<Obstacle> obstacle;
  SmallVector<Operation *> operations;
  SmallVector<Value> values;
  Activity varied;
};

} // namespace

HeldResidual::HeldResidual(OpBuilder &builder, SolutionOp op,
                           const Activity &activity)
    : varied(activity) {
  Inlined residual(builder, op.getResidual(),
                   asVariables(builder, op.getLoc(), op.getResults()));
  obstacle = residual.answer();
  operations = residual.operations();
  values = residual.results();
  for (Operation *one : operations)
    varied.follow(*one);
}

bool Reverse::goBackSolution(SolutionOp op) {
  Location loc = op.getLoc();
  if (llvm::none_of(op.getResults(),
                    [&](Value result) { return cotangent(result); }))
    return true;
  LinearSolution solution(op, /*isTransposed=*/true);
  for (Value result : op.getResults())
    solution.right.push_back(cotangentOrZero(result, loc));
  if (auto obstacle = solution.make(builder, isAgain))
    return refuse(op, obstacle->reason);
  HeldResidual residual(builder, op, activity);
  if (residual.obstacle)
    return refuse(op, residual.obstacle->reason);
  Reverse reverse(builder, residual.varied, isAgain);
  for (auto [value, share] : llvm::zip(residual.values, solution.found))
    reverse.add(value, share);
  for (Operation *one : llvm::reverse(residual.operations))
    if (!reverse.goBack(*one))
      return fail(reverse);
  for (auto [of, share] : reverse.all())
    if (!llvm::is_contained(residual.operations, of.getDefiningOp()))
      add(of, share);
  return true;
}

bool Forward::goAlongSolution(SolutionOp op) {
  Location loc = op.getLoc();
  HeldResidual residual(builder, op, activity);
  if (residual.obstacle)
    return refuse(op, residual.obstacle->reason);
  Forward forward(builder, residual.varied, isAgain);
  forward.addAll(*this);
  for (Operation *one : residual.operations)
    if (!forward.goAlong(*one))
      return fail(forward);
  LinearSolution solution(op, /*isTransposed=*/false);
  for (Value value : residual.values)
    solution.right.push_back(forward.tangentOrZero(value, loc));
  for (auto [i, result] : llvm::enumerate(op.getResults()))
    solution.first.push_back(op.getStarts().empty()
                                 ? fields(loc).zero(result.getType())
                                 : tangentOrZero(op.getStarts()[i], loc));
  if (auto obstacle = solution.make(builder, isAgain))
    return refuse(op, obstacle->reason);
  for (auto [result, tangent] : llvm::zip(op.getResults(), solution.found))
    add(result, tangent);
  return true;
}

} // namespace pdec::gradient
