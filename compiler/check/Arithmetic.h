//===- Arithmetic.h - numbers, fields and lists of them ---------*- C++ -*-===//

#ifndef PDEC_CHECK_ARITHMETIC_H
#define PDEC_CHECK_ARITHMETIC_H

#include "compiler/check/Hierarchy.h"
#include "compiler/check/Operators.h"

namespace pdec {

/// What scripts do with numbers and fields, and entry by entry with systems of
/// fields and vector fields. Has no data of its own.
class Arithmetic {
public:
  Arithmetic(NodeBuilder &nodes, Reporter &reporter, OperatorAlgebra &operators,
             Hierarchy &grids)
      : nodes(nodes), reporter(reporter), operators(operators), grids(grids) {}

  /// The value as a number or field; null (reported) if it is neither.
  NodeRef asPointwise(const Value &value, SourceRange range);
  /// The value as a field on the cells of `grid`; null after an error.
  NodeRef asField(const Value &value, const Grid *grid, SourceRange range,
                  const std::string &what);
  /// The numbers and fields in a value; false (reported) if it has others.
  bool flatten(const Value &value, SourceRange range,
               std::vector<NodeRef> &leaves);
  Value binary(NodeKind kind, const Value &a, const Value &b,
               SourceRange range);
  /// What a function of numbers and fields makes of lists of them, entry by
  /// entry; what is no list goes with each entry.
  using Function = std::function<Value(const std::vector<Value> &)>;
  Value entryByEntry(const std::vector<Value> &arguments, SourceRange range,
                     const Function &function);
  Value inner(const Value &a, const Value &b, SourceRange range);
  Value apply(const OperatorRef &op, const Value &value, SourceRange range);

private:
  NodeRef asField(const Value &value, SourceRange range);
  Value applyChannels(const Operator &op, const Value &value,
                      SourceRange range);
  NodeBuilder &nodes;
  Reporter &reporter;
  OperatorAlgebra &operators;
  Hierarchy &grids;
};

/// A value like `shape` with other numbers and fields, in the same order.
Value rebuild(const Value &shape, const std::vector<NodeRef> &leaves,
              size_t &next);
/// Whether a value consists of fields that are zero by their making.
bool isZero(const Value &value);

} // namespace pdec

#endif // PDEC_CHECK_ARITHMETIC_H
