//===- EvaluateControl.cpp - loops of the plain evaluator -----------------===//

#include "compiler/reference/Evaluator.h"

#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/SaveAndRestore.h"

#include <cmath>

using namespace mlir;
using namespace pdec::pde;

namespace pdec::reference {

std::vector<Known> Evaluator::valuesOf(ValueRange range) {
  std::vector<Known> known;
  for (Value value : range)
    known.push_back(values[value]);
  return known;
}

void Evaluator::bind(ValueRange range, const std::vector<Known> &known) {
  for (auto [value, one] : llvm::zip(range, known))
    values[value] = one;
}

void Evaluator::runPass(Block &body, int64_t pass,
                        const std::vector<Known> &carried) {
  values[body.getArgument(0)].number.integer = pass;
  bind(body.getArguments().drop_front(), carried);
  runBlock(body);
}

void Evaluator::runSteps(StepsOp op) {
  Block &body = op.getBody().front();
  std::vector<Known> carried = valuesOf(op.getInits());
  int64_t count = integer(op.getCount());
  for (int64_t pass = 0; pass < count && result.failure.empty(); ++pass) {
    runPass(body, pass, carried);
    carried = valuesOf(body.getTerminator()->getOperands());
  }
  bind(op.getResults(), carried);
}

/// Whether a loop ends with its pass number `pass`, counted from 1. Rounding
/// may make a measure meet its bound a pass earlier or later, so the numbers
/// that the data bring along decide; that they disagree with the condition is
/// noted.
bool Evaluator::decide(FixpointOp op, int64_t pass, int64_t most,
                       size_t numRun) {
  auto until = cast<UntilOp>(op.getBody().front().getTerminator());
  bool own = integer(until.getDone());
  if (isReplaying)
    return own;
  int loop = op.getLoop();
  result.conditions.push_back(
      {loop, real(until.getValue()), real(until.getBound()), false});
  if (loop >= int(data.passes.runs.size()) ||
      numRun >= data.passes.runs[loop].size())
    return own;
  const auto &runs = data.passes.runs[loop];
  bool isFailed = data.passes.failed == loop && numRun + 1 == runs.size();
  bool told = pass >= runs[numRun] && !isFailed;
  bool isOpen = pass == most && op.getAccept(); // it ends in either case
  result.conditions.back().isDisputed = told != own && !isOpen;
  return told;
}

void Evaluator::runFixpoint(FixpointOp op) {
  Block &body = op.getBody().front();
  auto until = cast<UntilOp>(body.getTerminator());
  std::vector<Known> carried = valuesOf(op.getInits());
  int64_t most = integer(op.getMax());
  bool done = false;
  bool isRun = most >= 1 && !isReplaying;
  size_t numRun = isRun ? runsDone[op.getLoop()]++ : 0;
  for (int64_t pass = 1; pass <= most && !done; ++pass) {
    runPass(body, pass - 1, carried);
    if (!result.failure.empty())
      return;
    carried = valuesOf(until.getValues());
    done = decide(op, pass, most, numRun);
    // What is not a number stays one: no further pass would end the loop.
    if (!done && !op.getAccept() &&
        std::isunordered(real(until.getValue()), real(until.getBound())))
      break;
  }
  if (!done && !op.getAccept())
    result.failure = llvm::formatv("the iteration for '{0}' did not converge "
                                   "in {1} passes",
                                   op.getWhat(), most);
  bind(op.getResults(), carried);
}

/// Keeps all states.
void Evaluator::runReverse(ReverseOp op) {
  Block &replay = op.getReplay().front(), &back = op.getBack().front();
  int64_t count = integer(op.getCount());
  std::vector<std::vector<Known>> states{valuesOf(op.getStates())};
  for (int64_t pass = 0; pass + 1 < count; ++pass) {
    values[replay.getArgument(0)].number.integer = pass;
    values[replay.getArgument(1)].number.integer = 1;
    bind(replay.getArguments().drop_front(2), states.back());
    llvm::SaveAndRestore again(isReplaying, true);
    runBlock(replay);
    if (!result.failure.empty())
      return;
    states.push_back(valuesOf(replay.getTerminator()->getOperands()));
  }
  std::vector<Known> carried = valuesOf(op.getInits());
  for (int64_t pass = count; pass-- > 0 && result.failure.empty();) {
    std::vector<Known> all = states[pass];
    all.insert(all.end(), carried.begin(), carried.end());
    runPass(back, pass, all);
    carried = valuesOf(back.getTerminator()->getOperands());
  }
  bind(op.getResults(), carried);
}

/// False for operations that are no loops.
bool Evaluator::runControl(Operation &op) {
  if (auto steps = dyn_cast<StepsOp>(op))
    runSteps(steps);
  else if (auto fixpoint = dyn_cast<FixpointOp>(op))
    runFixpoint(fixpoint);
  else if (auto reverse = dyn_cast<ReverseOp>(op))
    runReverse(reverse);
  else
    return false;
  return true;
}

} // namespace pdec::reference
