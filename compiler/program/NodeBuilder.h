//===- NodeBuilder.h - typed nodes, constants folded ------------*- C++ -*-===//

#ifndef PDEC_PROGRAM_NODEBUILDER_H
#define PDEC_PROGRAM_NODEBUILDER_H

#include "compiler/program/Program.h"
#include "compiler/program/Reporter.h"

#include <unordered_map>

namespace pdec {

/// Makes nodes whose operands are known to fit together: it converts integers
/// to real numbers, finds the result's type, and folds constants in the same
/// IEEE operations that a compiled program would use. It also watches over the
/// size of the program. Null operands give null results.
class NodeBuilder {
public:
  explicit NodeBuilder(Reporter &reporter) : reporter(reporter) {}

  static constexpr int maxNodes = 50000, maxDepth = 2000;

  NodeRef real(double value, SourceRange range = {});
  NodeRef integer(int64_t value, SourceRange range = {});
  NodeRef boolean(bool value, SourceRange range = {});
  /// What cells hold of their places along an axis of a grid.
  NodeRef coordinate(const Grid *grid, int axis, SourceRange range);
  NodeRef cellIndex(const Grid *grid, int axis, SourceRange range);
  /// The cells of a grid along an axis.
  NodeRef gridSize(const Grid &grid, int axis, SourceRange range);

  /// A node that is not pointwise, with all but its owner's work done.
  NodeRef make(Node node);

  /// Pointwise nodes. Null after an error in the arithmetic of constants.
  NodeRef unary(NodeKind kind, NodeRef a, SourceRange range);
  NodeRef binary(NodeKind kind, NodeRef a, NodeRef b, SourceRange range);
  NodeRef select(NodeRef condition, NodeRef a, NodeRef b, SourceRange range);

  NodeRef toReal(NodeRef a);
  /// The integer that a real number is known to be, whatever parameters are;
  /// null if it is not. 1 for a condition that holds, 0 for one that does not.
  NodeRef toInteger(const NodeRef &a);
  /// An integer as real, a scalar as field: what `type` asks for.
  NodeRef convert(NodeRef a, const Type &type);
  /// A number as a field of this shape.
  NodeRef likeField(const Type &shape, NodeRef number);
  /// The same function of coordinates, sizes and parameters on another grid;
  /// null if it depends on anything else.
  NodeRef onGrid(const NodeRef &node, const Grid *grid);
  /// The same on other rows of its grid, where fields of these serve as well.
  NodeRef onRows(const NodeRef &node, const Type &rows);

  /// Too many nodes, or too deep a chain: reported; results are meaningless.
  bool isExhausted() const { return exhausted; }

private:
  NodeRef axisField(NodeKind kind, const Grid *grid, int axis,
                    SourceRange range);
  NodeRef constantLike(ElementKind element, double number, int64_t integer,
                       SourceRange range);
  NodeRef power(NodeRef a, NodeRef b, SourceRange range);
  NodeRef compare(NodeKind kind, NodeRef a, NodeRef b, SourceRange range);
  NodeRef logical(NodeKind kind, NodeRef a, NodeRef b, SourceRange range);
  NodeRef foldInt(NodeKind kind, int64_t a, int64_t b, SourceRange range);
  NodeRef pointwise(NodeKind kind, ElementKind element,
                    std::vector<NodeRef> args, SourceRange range);
  int depthOf(const NodeRef &node) const;

  Reporter &reporter;
  std::unordered_map<const Node *, int> depths;
  /// Keeps each node, so that no address in `depths` is used twice.
  std::vector<NodeRef> all;
  bool exhausted = false;
};

/// The type of fields on the cells of a grid.
Type cellsOf(const Grid *grid);
bool isConstant(const NodeRef &node);
/// The value of a constant number.
double constantValue(const NodeRef &node);
/// Whether two scalars are the same expression.
bool sameScalar(const NodeRef &a, const NodeRef &b);
/// Whether a field is zero in all cells because of how it is made: of zeros by
/// operators and arithmetic that keep zeros.
bool isZeroField(const NodeRef &node);
/// The rows that two fields share; one of the types may be a scalar's.
Type intersect(const Type &a, const Type &b);

} // namespace pdec

#endif // PDEC_PROGRAM_NODEBUILDER_H
