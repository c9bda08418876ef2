//===- ApplyChannels.cpp - operators between lists of fields --------------===//
//
// K continues its fields beyond the sides, each by its own rule, and sums over
// all of them; K' sums over the fields that it is given and leads what lies
// beyond the sides back. What continues and leads back are the identity and its
// adjoint, on the rows that the taps reach; the sums know no rules.
//
//===----------------------------------------------------------------------===//

#include "compiler/check/Operators.h"
#include "compiler/support/Rows.h"

using namespace pdec;

OperatorRef OperatorAlgebra::channels(const Grid *grid,
                                      std::shared_ptr<const Channels> channels,
                                      std::vector<NodeRef> weights) {
  auto result = std::make_shared<Operator>();
  result->kind = Operator::Kind::Channels;
  result->grid = grid;
  for (size_t i = 0; i < grid->axes.size(); ++i) {
    const Axis &axis = grid->axes[i];
    int first = channels->first[i], last = channels->last(i);
    bool isLow = axis.low.kind == BoundaryKind::Dirichlet;
    bool isHigh = axis.high.kind == BoundaryKind::Dirichlet;
    result->low.push_back(isLow ? int(rowsAtValue(first, last)) : 0);
    result->high.push_back(isHigh ? int(rowsAtValue(-last, -first)) : 0);
  }
  result->channels = std::move(channels);
  result->weights = std::move(weights);
  return result;
}

/// The identity on all rows that the taps of `a` reach; none lie beyond
/// circles.
OperatorRef OperatorAlgebra::continuing(const Operator &a, SourceRange range) {
  auto result = std::make_shared<Operator>(*identity(a.grid, range));
  for (size_t i = 0; i < a.grid->axes.size(); ++i) {
    if (a.grid->axes[i].low.kind == BoundaryKind::Periodic)
      continue;
    result->low[i] = a.low[i] - a.channels->first[i];
    result->high[i] = a.high[i] + a.channels->last(i);
  }
  return result;
}

std::vector<NodeRef> OperatorAlgebra::applyChannels(
    const Operator &a, const std::vector<NodeRef> &fields, SourceRange range) {
  OperatorRef around = continuing(a, range);
  bool isBack = a.channels->isTransposed;
  std::vector<NodeRef> read;
  RuleRef rule;
  for (const NodeRef &field : fields) {
    NodeRef whole = isBack ? field : applyPure(*around, field, range);
    if (!whole)
      return {};
    if (isBack && (field->type.low != a.low || field->type.high != a.high)) {
      reporter.error(Error::AdjointRows, range)
          .note(field->range, "the field comes from here")
          .help("apply the adjoint to what its operator gives: K'(Phi(K(u)))");
      return {};
    }
    RuleRef own = isBack ? beyond.ruleOfAdjoint(field) : whole->rule;
    if (!own || (rule && !sameKinds(*own, *rule))) {
      reporter.error(Error::AdjointUnclear, range)
          .note(field->range, "the field comes from here");
      return {};
    }
    rule = rule ? rule : own;
    read.push_back(std::move(whole));
  }
  Node node;
  node.kind = NodeKind::Convolve;
  node.type = cellsOf(a.grid);
  node.type.low = isBack ? around->low : a.low;
  node.type.high = isBack ? around->high : a.high;
  node.range = range;
  node.args = a.weights;
  node.args.insert(node.args.end(), read.begin(), read.end());
  node.rule = rules.homogeneous(rule);
  node.channels = std::make_shared<Channels>(*a.channels);
  std::vector<NodeRef> made;
  int64_t count = isBack ? a.channels->in() : a.channels->out();
  for (node.index = 0; node.index < count && !nodes.isExhausted();
       ++node.index) {
    NodeRef sum = nodes.make(node);
    made.push_back(isBack ? applyAdjoint(*around, sum, range) : sum);
    if (!made.back())
      return {};
  }
  return made;
}
