//===- States.h - fields that obey a rule -----------------------*- C++ -*-===//

#ifndef PDEC_CHECK_STATES_H
#define PDEC_CHECK_STATES_H

#include "compiler/check/Arithmetic.h"
#include "compiler/check/Scoped.h"

namespace pdec {

/// Makes states of fields. Owns what the rules of arguments depend on besides
/// these: the step and the linear parts of functions that are evaluated.
class States {
public:
  States(NodeBuilder &nodes, Rules &rules, Beyond &beyond,
         Arithmetic &arithmetic)
      : nodes(nodes), rules(rules), beyond(beyond), arithmetic(arithmetic) {}

  /// The field as a state with a rule; itself if that makes no difference.
  NodeRef asState(const NodeRef &field, RuleRef rule, SourceRange range);
  /// The same as a field of its own, on which derivatives may depend, though
  /// it makes no other difference.
  NodeRef declared(const NodeRef &field, RuleRef rule, SourceRange range);
  /// A value each of whose fields is a state, with the rule that `ruleOf` finds
  /// for it.
  Value asStates(const Value &value, SourceRange range,
                 const std::function<RuleRef(const NodeRef &)> &ruleOf);
  /// The same with the rules of what the fields are made of: a variable.
  Value asVariable(const Value &value, SourceRange range);
  /// Zeros in place of all fields, as states with the same rules.
  Value zerosLike(const Value &value, SourceRange range);
  /// The rule of the state that an argument is, if the function is known to be
  /// one of fields with the rule `given`. On coarser grids, where correction
  /// schemes solve for errors, what has zero values keeps them.
  RuleRef ruleOfArgument(const NodeRef &field, const RuleRef &given);

  /// States made of numbers alone have the rule of the field whose step is
  /// being evaluated.
  Scoped<RuleRef> inStepOf(RuleRef rule) { return {stepRule, std::move(rule)}; }
  /// What is evaluated is no part of a linear part.
  Scoped<int> inWholePart() { return {linearDepth, 0}; }
  /// Of linear parts, all rules are homogeneous.
  Scoped<int> inLinearPart() { return {linearDepth, linearDepth + 1}; }

private:
  NodeBuilder &nodes;
  Rules &rules;
  Beyond &beyond;
  Arithmetic &arithmetic;
  RuleRef stepRule;
  int linearDepth = 0;
};

} // namespace pdec

#endif // PDEC_CHECK_STATES_H
