//===- Gradients.h - derivatives --------------------------------*- C++ -*-===//

#ifndef PDEC_CHECK_GRADIENTS_H
#define PDEC_CHECK_GRADIENTS_H

#include "compiler/check/Arguments.h"
#include "compiler/check/Arithmetic.h"
#include "compiler/program/Rules.h"

namespace pdec {

/// Calls of gradient(J, m), the derivative of the number J with respect to a
/// field or a number that it is made of, and of derivative(e, m, v), that of
/// any value in a direction. Has no data of its own.
class Gradients {
public:
  Gradients(NodeBuilder &nodes, Reporter &reporter, Rules &rules,
            Arithmetic &arithmetic)
      : nodes(nodes), reporter(reporter), rules(rules), arithmetic(arithmetic) {
  }

  /// Of a variable, or of each entry of a list of them.
  Value by(const NodeRef &objective, const Given &variable, SourceRange range);
  /// Of a list there is one derivative for each entry.
  Value gradient(const std::vector<const Given *> &given, SourceRange range);
  /// Of a list that of each entry; by a list, in a direction for each entry.
  Value derivative(const std::vector<const Given *> &given, SourceRange range);

private:
  Value along(const Given &value, const NodeRef &variable,
              const NodeRef &direction, SourceRange range);
  Value alongAll(const Given &value, const Given &variables,
                 const Given &directions, SourceRange range);
  NodeRef variableOf(const Given &given);
  bool isVariable(const NodeRef &node, const Given &variable);

  NodeBuilder &nodes;
  Reporter &reporter;
  Rules &rules;
  Arithmetic &arithmetic;
};

} // namespace pdec

#endif // PDEC_CHECK_GRADIENTS_H
