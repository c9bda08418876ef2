//===- Rules.h - the boundary rules of fields -------------------*- C++ -*-===//

#ifndef PDEC_PROGRAM_RULES_H
#define PDEC_PROGRAM_RULES_H

#include "compiler/program/NodeBuilder.h"

#include <map>

namespace pdec {

/// The rules that the fields of a program have, each once: fields have the same
/// rule if and only if they have the same object.
class Rules {
public:
  explicit Rules(NodeBuilder &nodes) : nodes(nodes) {}

  /// The rule that a grid gives its fields.
  RuleRef ofGrid(const Grid *grid);
  /// The same rule with all values zero; that of a homogeneous one is itself.
  RuleRef homogeneous(const RuleRef &rule);
  /// The same rule on a coarser grid of the hierarchy.
  RuleRef coarser(const RuleRef &rule, const Grid *coarse);
  /// The rule from which `coarser` made this one; null if it did not.
  RuleRef finer(const RuleRef &rule);
  /// That of coefficients and data: extrapolated at each side, but mirrored at
  /// reflecting and periodic ones, where that is what all fields do.
  RuleRef ofCoefficients(const Grid *grid);

  /// That of fields which are this constant in all cells beyond the sides, but
  /// go round circles.
  RuleRef filledWith(const Grid *grid, double value);
  /// That of fields whose own rows say all: it never acts.
  RuleRef ofRows(const Grid *grid);

private:
  NodeBuilder &nodes;
  std::map<const Grid *, RuleRef> defaults, coefficients, unused;
  std::map<std::pair<const Grid *, double>, RuleRef> filled;
  std::map<RuleRef, RuleRef> zeroed, fines;
  std::map<std::pair<RuleRef, const Grid *>, RuleRef> coarse;
};

/// Whether all sides mirror or turn round, so that a function of fields is
/// continued as the fields themselves.
bool isMirroring(const Rule &rule);
/// Whether no side says what a field is, but at most its slope: then fields
/// that differ by a constant obey the same rule.
bool isClosed(const Rule &rule);
/// Whether two rules have the same kinds at all sides.
bool sameKinds(const Rule &a, const Rule &b);

} // namespace pdec

#endif // PDEC_PROGRAM_RULES_H
