//===- Beyond.h - what an expression is beyond the sides --------*- C++ -*-===//
//
// An operator reads its argument beyond the sides of the grid. What is there
// follows from what the argument is made of:
// * a state (input, evolving or solved field, restriction of one, or what the
//   script declares to be a field) obeys its rule;
// * a rate, which an operator made, obeys the homogeneous part of the rule of
//   what the operator was applied to;
// * numbers and coordinates are what they are there;
// * a function of all these is that function of what they are there.
// A state and multiples of rates are a state again: u + tau*R(u) has the values
// of u. Other functions of states and rates may be a stage of a scheme or a
// quantity of its own, and nothing but the author's mind tells which.
//
// Which of these an expression is does not depend on how it is written: it is
// evaluated with random numbers for the fields that it is made of.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_PROGRAM_BEYOND_H
#define PDEC_PROGRAM_BEYOND_H

#include "compiler/program/Rules.h"

#include <set>

namespace pdec {

struct Continuation {
  enum Kind {
    ByRule,  ///< as a field with `rule`
    ByParts, ///< as a function of the continued parts
    Unclear, ///< a function of states and rates
  };
  Kind kind = ByParts;
  RuleRef rule;
};

class Beyond {
public:
  explicit Beyond(Rules &rules) : rules(&rules) {}
  /// For stateOf alone.
  Beyond() = default;

  /// What a field is where an operator reads it.
  Continuation continuationOf(const NodeRef &field);
  /// Whether a field and all functions of it are continued as those of a field
  /// with the rule. A state by its form alone, u + tau*R(u), is not: functions
  /// of it are functions of states and rates.
  bool isFieldOf(const NodeRef &field, const RuleRef &rule);
  /// The rule of a field that starts from this one. No operator reads a field
  /// with extra rows beyond its sides, but adjoints lead back from it: that
  /// field has their rule. Null if several may be meant.
  RuleRef ruleOfStart(const NodeRef &field);
  /// The rule of the states to which this argument of a right-hand side
  /// belongs; null if it belongs to none.
  RuleRef ruleOfArgument(const NodeRef &field);
  /// The rule of the fields to which the adjoint of an operator leads back from
  /// this one; null if several may be meant.
  RuleRef ruleOfAdjoint(const NodeRef &field);
  /// The state that an expression is, but for rates; null if it is none.
  const Node *stateOf(const NodeRef &field);

private:
  Rules *rules = nullptr;

  /// The fields that a pointwise expression is made of.
  struct Parts {
    std::vector<NodeRef> states, rates, functions;
    /// The rules of the states, and the homogeneous ones of the rates.
    std::vector<RuleRef> ofStates, ofRates;
  };
  Parts partsOf(const NodeRef &field);
  /// Of the rules of states, those that are not coefficients and have values.
  static std::vector<RuleRef> families(const Parts &parts);
  bool equals(const NodeRef &field, const RuleRef &rule);
  bool isDifference(const NodeRef &field);
  RuleRef affineRule(const NodeRef &field, const Parts &parts);
};

} // namespace pdec

#endif // PDEC_PROGRAM_BEYOND_H
