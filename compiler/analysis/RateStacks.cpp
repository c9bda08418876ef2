//===- RateStacks.cpp - rates with operators of arrays --------------------===//
//
// Stencils whose weights are an array, and operators between lists of fields:
// which of them are K'GK, and how strong G is.
//
//===----------------------------------------------------------------------===//

#include "compiler/analysis/RateFormula.h"

#include "compiler/pde/PdeChannels.h"

#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace pdec::pde;

namespace pdec::analysis {

/// Of -R, whatever the sign of the factor is.
std::optional<Stack::Strength>
RateFormula::stackStrength(const Flux &flux, ExpressionRef factor) {
  auto gain = strengthOf(flux, factor);
  auto strength =
      gain ? signedStrength(factor, *gain, flux.place) : std::nullopt;
  if (!strength)
    return std::nullopt;
  return Stack::Strength{factor, std::max(-strength->low(), 0.0),
                         std::max(strength->high(), 0.0)};
}

/// As a part of one that is like it, where that has no such part yet.
void RateFormula::addToStacks(Stack made, int64_t place,
                              Stack::Strength strength) {
  auto found = llvm::find_if(stacks, [&](const Stack &stack) {
    return stack.isLike(made) && !stack.strengths[place].factor;
  });
  if (found == stacks.end()) {
    stacks.push_back(std::move(made));
    found = std::prev(stacks.end());
  }
  found->strengths[place] = strength;
}

//===----------------------------------------------------------------------===//
// Lists
//===----------------------------------------------------------------------===//

/// Whether it leaves cells as they are, and only goes on beyond sides.
static bool isIdentity(const Operator &linear) {
  return linear.offsets.size() == 1 &&
         llvm::all_of(linear.offsets[0], [](int64_t at) { return at == 0; }) &&
         linear.weights[0].isCertainly(1) && linear.scale.isCertainly(1);
}

static const Atom *atomOf(StepReader &reader, ExpressionRef expression) {
  return expression->kind == ExpressionKind::Atom
             ? &reader.atom(expression->atom)
             : nullptr;
}

/// Keeps a result of K' until all are known; false, if it is none.
bool RateFormula::addSum(unsigned level, unsigned number,
                         ExpressionRef factor) {
  const Atom *atom = &reader.atom(number);
  const Operator *sides = nullptr;
  if (atom->kind == Atom::Adjoined && isIdentity(*atom->linear)) {
    sides = &*atom->linear;
    if (atom->argument->kind != ExpressionKind::Atom)
      return false;
    number = atom->argument->atom;
    atom = &reader.atom(number);
  }
  if (atom->kind != Atom::Summed || !cast<ConvolveOp>(atom->op).getTransposed())
    return false;
  std::string key = atom->block;
  for (ExpressionRef argument : atom->arguments)
    key += '/' + std::to_string(argument->id);
  lists[key].push_back({number, level, factor, sides});
  return true;
}

bool RateFormula::addLists() {
  return llvm::all_of(lists,
                      [&](const auto &list) { return addList(list.second); });
}

/// Whether K is applied to all fields, in the order in which they change.
bool RateFormula::readsFields(const Atom &sums, const Operator *sides) {
  for (auto [i, argument] : llvm::enumerate(sums.arguments)) {
    const Atom *field = atomOf(reader, argument);
    if (field && field->kind == Atom::Applied && isIdentity(*field->linear)) {
      affine |= field->hasValues;
      bool isSame =
          sides && llvm::all_of(llvm::zip(field->linear->axes, sides->axes),
                                [](const auto &both) {
                                  const auto &[a, b] = both;
                                  return a.low.rule == b.low.rule &&
                                         a.high.rule == b.high.rule;
                                });
      if (!isSame)
        return false;
      field = atomOf(reader, field->argument);
    } else if (sides) {
      return false;
    }
    if (!field || field->kind != Atom::Carried || field->index != i)
      return false;
  }
  return sums.arguments.size() == reader.levels().size();
}

std::optional<Stack> RateFormula::stackOf(const Atom &sums,
                                          const Operator *sides) {
  auto op = cast<ConvolveOp>(sums.op);
  Stack made;
  made.array = op.getWeights();
  made.indices = sums.indices;
  made.extents = op.getExtents().vec();
  made.first = op.getFirst().vec();
  made.isMirrored.assign(made.rank(), false);
  made.strengths.resize(made.extents[made.indices.size()]);
  bool areNumbers = llvm::all_of(sums.indices, [&](ExpressionRef index) {
    return index->isConstant() || numbers.isNumber(index);
  });
  if (areNumbers && (!sides || made.setSides(*sides)))
    return made;
  form.obstruct("no bound of this operator is known at such sides", sums.op);
  return std::nullopt;
}

/// Sets the strength of G in a result of K.
bool RateFormula::addResult(const Added &back, unsigned result, Stack &stack) {
  const Atom &sums = reader.atom(back.atom);
  ExpressionRef function = sums.arguments[result];
  const Sum *sum = form.sumOf(function);
  if (!sum)
    return false;
  affine |= sum->constant != nullptr;
  if (sum->terms.empty())
    return true;
  auto [number, gain] = *sum->terms.begin();
  const Atom &inner = reader.atom(number);
  bool isResult = sum->terms.size() == 1 && inner.kind == Atom::Summed &&
                  !cast<ConvolveOp>(inner.op).getTransposed() &&
                  inner.block == sums.block && inner.index == result;
  if (!isResult || !readsFields(inner, back.sides)) {
    form.obstruct("the adjoint is not that of the operator in its argument, "
                  "applied to all fields that change",
                  sums.op);
    return false;
  }
  auto strength =
      stackStrength({gain, function, std::nullopt, sums.op}, back.factor);
  if (strength)
    stack.strengths[result] = *strength;
  return strength.has_value();
}

bool RateFormula::addList(const std::vector<Added> &all) {
  const Atom &sums = reader.atom(all.front().atom);
  auto isPlace = [&](const Added &added) {
    return reader.atom(added.atom).index == added.level &&
           added.factor == all.front().factor;
  };
  if (all.size() != reader.levels().size() ||
      all.size() != cast<ConvolveOp>(sums.op).getNumResults() ||
      !llvm::all_of(all, isPlace)) {
    form.obstruct("what the adjoint gives is not added to the fields that its "
                  "operator reads, each with the same factor",
                  sums.op);
    return false;
  }
  auto stack = stackOf(sums, all.front().sides);
  if (!stack)
    return false;
  for (unsigned result = 0; result < sums.arguments.size(); ++result)
    if (!addResult(all.front(), result, *stack))
      return false;
  stacks.push_back(std::move(*stack));
  return true;
}

} // namespace pdec::analysis
