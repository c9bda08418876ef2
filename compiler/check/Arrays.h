//===- Arrays.h - arrays of numbers and their entries -----------*- C++ -*-===//
//
// A parameter array is a field on a grid of its own, of one axis, whose cells
// are the entries in the order of files, the last index fastest. So arithmetic,
// reductions, loops and derivatives know arrays; only what is between an entry
// and its indices is here.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_CHECK_ARRAYS_H
#define PDEC_CHECK_ARRAYS_H

#include "compiler/check/Calls.h"

#include <map>

namespace pdec {

/// The grid of an array.
std::unique_ptr<Grid> arrayGrid(NodeBuilder &nodes, std::string name,
                                std::vector<int64_t> extents,
                                SourceRange range);

/// How many extents of its array an entry has no index for; 0 of other nodes.
size_t numExtentsLeft(const Node &entry);

/// Reads and makes arrays. Owns the nodes of entries at constant indices, each
/// once. Poison and null mean an error that has been reported.
class Arrays {
public:
  Arrays(NodeBuilder &nodes, Reporter &reporter, Names &names, Calls &calls,
         Expressions &expressions)
      : nodes(nodes), reporter(reporter), names(names), calls(calls),
        expressions(expressions) {}

  /// An entry of a list or array, or the list of those that fewer indices
  /// leave.
  Value index(const ast::IndexExpr &expr, Scope &scope) {
    return index(expr, scope, /*keepsPart=*/false);
  }
  /// Weights: an array or what some indices leave of it stays so.
  Value evalWeights(const ast::Expr &expr, Scope &scope);
  /// What is left of an array with `numExtents` extents, as an entry that lacks
  /// their indices; any other array as a list of lists of its entries, and
  /// others as they are.
  Value asWeights(const Value &value, size_t numExtents, SourceRange range);

  /// The grid of a parameter array; null after an error.
  std::unique_ptr<Grid> gridOf(const ast::ParamEntry &entry, Scope &scope);
  /// Its default, a field on that grid: lists, a number, or a function of the
  /// indices.
  NodeRef initial(const ast::ParamEntry &entry, const Grid *grid, Scope &scope);

private:
  using Indices = std::vector<NodeRef>;

  Value index(const ast::IndexExpr &expr, Scope &scope, bool keepsPart);
  NodeRef partOf(const Value &value, size_t numExtents);
  Value listOf(const NodeRef &array, Indices indices, SourceRange range);
  bool isWithin(const NodeRef &index, int64_t extent, SourceRange range);
  NodeRef indexOf(const ast::Expr &expr, Scope &scope);
  Value entriesOf(const NodeRef &array, Indices indices, SourceRange range);
  NodeRef entry(const NodeRef &array, const Indices &indices,
                SourceRange range);
  bool flatten(const ast::Expr &expr, const ast::ParamEntry &entry,
               const Grid *grid, size_t depth, Scope &scope,
               std::vector<double> &values);
  NodeRef listed(const std::vector<double> &values, size_t begin, size_t end,
                 const NodeRef &place, SourceRange range);
  std::vector<Given> indexFields(const Grid *grid, SourceRange range);

  NodeBuilder &nodes;
  Reporter &reporter;
  Names &names;
  Calls &calls;
  Expressions &expressions;
  std::map<std::pair<const Node *, std::vector<int64_t>>, NodeRef> known;
};

} // namespace pdec

#endif // PDEC_CHECK_ARRAYS_H
