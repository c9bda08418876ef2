//===- Program.h - a checked script: a graph without syntax -----*- C++ -*-===//
//
// What checking leaves of a script. Operators, functions and schemes are gone
// (inlined); what remains is a graph of typed nodes over grids, parameters and
// inputs, whose only control flow is the loop. Nodes are shared: a value that
// the script names once is one node, however often it is used. Every later
// failure on a Program is a bug of the compiler.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_PROGRAM_PROGRAM_H
#define PDEC_PROGRAM_PROGRAM_H

#include "compiler/support/Boundary.h"
#include "compiler/support/Coarsening.h"
#include "compiler/support/Source.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace pdec {

struct Node;
struct Grid;
/// Nodes are immutable once made and owned by all that use them.
using NodeRef = std::shared_ptr<const Node>;

//===----------------------------------------------------------------------===//
// Types
//===----------------------------------------------------------------------===//

enum class ElementKind { Bool, Int, Real };

/// A scalar, or a field on a grid. Field elements are Real or Bool.
struct Type {
  ElementKind element = ElementKind::Real;
  /// Null for scalars.
  const Grid *grid = nullptr;
  /// Rows that the field has beyond the grid's cells on each side of each axis:
  /// the field covers [-low, size + high). Only differences at a dirichlet side
  /// have any (their boundary faces), and what starts from them.
  std::vector<int> low, high;

  bool isField() const { return grid != nullptr; }
};

/// Whether a field has rows beyond the cells of its grid.
inline bool hasRows(const Type &type) {
  auto isAny = [](int rows) { return rows != 0; };
  return std::any_of(type.low.begin(), type.low.end(), isAny) ||
         std::any_of(type.high.begin(), type.high.end(), isAny);
}

/// Whether two fields cover the same rows of their grids.
inline bool haveSameRows(const Type &a, const Type &b) {
  return a.low == b.low && a.high == b.high;
}

//===----------------------------------------------------------------------===//
// Grids
//===----------------------------------------------------------------------===//

struct Side {
  BoundaryKind kind = BoundaryKind::Reflecting;
  /// Dirichlet: what the field is at this side; neumann: its slope outwards;
  /// robin: E in a*u + b*du/dn = E. A scalar or a function of the coordinates.
  NodeRef value;
  NodeRef a, b; ///< robin: scalars
};

/// One axis. Cell i lies at first + i*spacing.
struct Axis {
  std::string name;
  Side low, high;
  /// Used when no input gives the size. Of a grid with a parent: 1, where it
  /// has one cell however many that one has; see Grid::isFewer.
  std::optional<int64_t> size;
  /// Scalars; they may depend on parameters and on the grid's size.
  NodeRef first, spacing;
  /// Of a grid with a parent.
  CoarseningKind coarsening = CoarseningKind::Same;
};

struct Grid {
  std::string name;
  int index = 0; ///< position in Program::grids
  std::vector<Axis> axes;
  SourceRange range;
  /// The next finer grid of its hierarchy; grids of the script have none.
  const Grid *parent = nullptr;
  /// Of a parameter array: its cells are the entries, the last index fastest.
  /// Empty: a grid of the script.
  std::vector<int64_t> extents;

  bool isArray() const { return !extents.empty(); }
  /// Whether it is its parent without some of its axes, along which it has one
  /// cell: the grid of what is made of whole lines.
  bool isFewer() const {
    for (size_t axis = 0; axis < axes.size(); ++axis)
      if (isSingle(axis))
        return true;
    return false;
  }
  bool isSingle(size_t axis) const { return parent && axes[axis].size == 1; }
};

struct Rule;
using RuleRef = std::shared_ptr<const Rule>;

/// What lies beyond the sides of a field: the rule of its grid, or its own.
/// Two fields have the same rule if they share this object.
struct Rule {
  const Grid *grid = nullptr;
  struct AxisSides {
    Side low, high;
    const Side &side(bool isHigh) const { return isHigh ? high : low; }
  };
  std::vector<AxisSides> axes;
  /// The rule of which this is the homogeneous part, with all values zero: that
  /// of rates, errors and search directions. Null: this is no such part.
  RuleRef base;
  /// Of an input that is no state: its values have nothing to do with those of
  /// other fields with this rule.
  bool isCoefficient = false;
  /// Dirichlet sides have their value from the first cell beyond on, wherever
  /// the axis ends.
  bool fillsCells = false;

  /// Calls visit(node) for all values of the sides.
  template <typename Visit> void forEachValue(const Visit &visit) const {
    for (const AxisSides &axis : axes)
      for (const Side *side : {&axis.low, &axis.high})
        for (const NodeRef &node : {side->value, side->a, side->b})
          if (node)
            visit(node);
  }
};

//===----------------------------------------------------------------------===//
// Operators
//===----------------------------------------------------------------------===//

/// A linear operator: (K u)[i] = scale * sum_m weight_m * u[i + offset_m], u
/// continued by its grid's boundary rule. Taps are sorted by offset, without
/// duplicates. Weights are Real scalars; constants are folded, so that a weight
/// of exactly 1 or -1 is seen as such. A null scale means 1.
struct Stencil {
  struct Tap {
    std::vector<int> offset;
    NodeRef weight;
  };
  std::vector<Tap> taps;
  NodeRef scale;
};

/// An operator between lists of fields whose weights are an array: its last
/// extents are out, in and the taps of each axis of the grid, of which the
/// first is at the offset `first`. All nodes of one application share this
/// object.
struct Channels {
  std::vector<int64_t> extents;
  std::vector<int> first;
  bool isTransposed = false; ///< from `out` fields to `in` fields
  size_t numIndices = 0;     ///< of the array's first extents

  int64_t out() const { return extents[numIndices]; }
  int64_t in() const { return extents[numIndices + 1]; }
  int taps(size_t axis) const { return int(extents[numIndices + 2 + axis]); }
  /// The offset of the last tap along an axis.
  int last(size_t axis) const { return first[axis] + taps(axis) - 1; }
};

//===----------------------------------------------------------------------===//
// Nodes
//===----------------------------------------------------------------------===//

enum class NodeKind {
  // Scalars.
  Constant,  ///< Node::number, or Node::integer when the type is Int or Bool
  Param,     ///< Program::params[index]
  GridSize,  ///< cells of Program::grids[index] along `axis`, an Int
  Epsilon,   ///< the distance of 1 to the next number of the fields' precision
  ToInteger, ///< a Real that is whole, or a Bool, as Int
  LoopIndex, ///< the Int counter of Node::enclosing, from 0
  Reduce,    ///< Node::reduction of fields
  Entry,     ///< of an array, the first argument, at an Int for each extent
  Rate,      ///< Node::rate of what Node::loop makes of a field
  // Scalars or fields.
  Gradient,   ///< of the first argument, a scalar, with respect to the second
  Derivative, ///< of the first with respect to the second along the third
  Pullback,   ///< the transpose of that derivative, of the third
// Pointwise: scalars, or fields with scalars spread over them.
#define PDE_FUNCTION(NAME, NODE, OF_INTEGERS, VALUE, OPERATION, COST, ONNX,    \
                     DERIVATIVE)                                               \
  NODE,
#define PDE_EXTREMUM(NAME, NODE, OPERATION, INTEGER_OPERATION, ONNX) NODE,
#define PDE_OPERATOR(NAME, NODE) NODE,
#include "compiler/support/Functions.def"
  // Fields.
  Input,      ///< Program::inputs[index]
  Spread,     ///< a scalar, the same in all cells of the type's grid
  Coordinate, ///< of Program::grids[index] along `axis`
  CellIndex,  ///< the cell's number along `axis`, from 0, as Real
  Noise,      ///< uniform in [-1, 1); argument: the seed, an Int
  State,      ///< the argument, as a field with the rule Node::rule
  Apply,      ///< Node::stencil applied to the argument, which is continued by
              ///< Node::continuation or, if that is null, part by part
  Adjoint,    ///< the transpose of Node::stencil, with its boundary rule
  Restrict,   ///< Node::stencil with stride two, on the next coarser grid
  Prolong,    ///< the transpose of Restrict, on the next finer grid
  LoopArg,    ///< carried value `index` of Node::enclosing, before a pass
  LoopResult, ///< carried value `index` of Node::loop, after the last pass
  Solution,   ///< the argument, as unknown `index` of Node::equation
  Convolve,   ///< result `index` of Node::channels; arguments: the array, its
              ///< indices, the fields, which have the rows that taps reach
  Along,      ///< the LineKind `index` of the argument along `axis`
};

/// How all cells of a field become a number.
enum class ReductionKind { Sum, Dot, Min, Max, MaxAbs };

/// What is made of the lines of a field along an axis; see pde.along.
enum class LineKind { Sum, Min, Max, Cumulate, CumulateBack, Spread };

/// What of a right-hand side R is asked for; see pde.rate.
enum class RateKind { Norm, Slowest, Fastest };

/// What an evolution notes down of what its loop starts from, and of what each
/// `every`-th of its passes makes: one field, or Real numbers. Either may be
/// another loop's to note down, and is empty.
struct Recording {
  int record = 0; ///< index into Program::records
  NodeRef every;  ///< an Int; below 1 counts as 1
  std::vector<NodeRef> start, after;
};

/// A loop: carried values start as `inits`; each pass turns its arguments into
/// `yields`. Body nodes are those that depend on the loop's arguments or index;
/// all others are computed once, outside.
struct Loop {
  /// An Int, the passes or their limit; negative counts as 0. Null: no loop,
  /// but a function of variables that nothing evaluates; there are no `inits`.
  NodeRef count;
  std::vector<NodeRef> inits, yields;
  std::vector<Type> types;
  /// The script's names for the carried values, for dumps and messages.
  std::vector<std::string> names;
  /// The loop of an `evolve`: its passes are the steps that progress reports.
  bool isEvolution = false;
  /// A fixpoint ends after the pass in which `until` holds; it fails when that
  /// never happens, unless it accepts the last values.
  NodeRef until; ///< a Bool; null: a counted loop
  bool accepts = false;
  /// What `until` compares with what, and its name, for reports.
  NodeRef measure, bound;
  std::string measureName;
  std::vector<Recording> recordings;
  int number = 0;       ///< among the program's fixpoints
  SourceRange reported; ///< the place in the script that reports name
  SourceRange range;

  /// Calls visit(node) for all nodes that the loop refers to.
  template <typename Visit> void forEachOperand(const Visit &visit) const {
    if (count)
      visit(count);
    for (const NodeRef &init : inits)
      visit(init);
    for (const NodeRef &yield : yields)
      visit(yield);
    for (const NodeRef &node : {until, measure, bound})
      if (node)
        visit(node);
    for (const Recording &recording : recordings) {
      visit(recording.every);
      for (const auto *values : {&recording.start, &recording.after})
        for (const NodeRef &node : *values)
          visit(node);
    }
  }
};

/// An equation A(x) = b whose solution has been found: derivatives are those of
/// the equation, not of the way to its solution.
struct Equation {
  /// The unknowns as they were found, and what from, if something of that may
  /// be left in them; else nothing.
  std::vector<NodeRef> found, starts;
  /// Functions of x, none of which is there unless a derivative may ask for it:
  /// b - A(x); of right sides and first approximations, too, the solution of
  /// the equation that is linearised at x; of right sides, that of the
  /// transposed one. Of the latter two either may be missing for a reason.
  std::shared_ptr<const Loop> residual, tangent, adjoint;
  std::string noTangent, noAdjoint;
  SourceRange range;

  /// Calls visit(loop) for all functions that there are.
  template <typename Visit> void forEachFunction(const Visit &visit) const {
    for (const auto &function : {residual, tangent, adjoint})
      if (function)
        visit(*function);
  }
};

struct Node {
  NodeKind kind;
  Type type;
  /// Where the script says it; for inlined code the place in the function's or
  /// scheme's body, which may lie in a library file.
  SourceRange range;
  std::vector<NodeRef> args;
  double number = 0;
  int64_t integer = 0;
  int index = 0;
  int axis = 0;
  ReductionKind reduction = ReductionKind::Sum;
  RateKind rate = RateKind::Norm;
  std::shared_ptr<const Stencil> stencil;
  /// Of a field that is not a function of others, cell by cell: what lies
  /// beyond its own sides.
  RuleRef rule;
  /// Apply, Adjoint: what lies beyond the sides of the operator's argument.
  RuleRef continuation;
  std::shared_ptr<const Loop> loop; ///< LoopResult, Rate
  /// Solution. Its functions are no operands: they read nothing for the value.
  std::shared_ptr<const Equation> equation;
  /// LoopArg and LoopIndex: they do not own their loop, whose yields reach
  /// them.
  const Loop *enclosing = nullptr;
  std::shared_ptr<const Channels> channels; ///< Convolve

  /// Calls visit(node) for all nodes that this one refers to.
  template <typename Visit> void forEachOperand(const Visit &visit) const {
    for (const NodeRef &arg : args)
      visit(arg);
    if (stencil) {
      if (stencil->scale)
        visit(stencil->scale);
      for (const Stencil::Tap &tap : stencil->taps)
        visit(tap.weight);
    }
    // The values of a grid are known anywhere; those of a field may not be.
    if (kind == NodeKind::State)
      rule->forEachValue(visit);
    if (continuation)
      continuation->forEachValue(visit);
    if (loop)
      loop->forEachOperand(visit);
  }
};

/// Whether a node computes one cell from the same cell of its arguments.
inline bool isPointwise(const Node &node) {
  switch (node.kind) {
#define PDE_FUNCTION(NAME, NODE, OF_INTEGERS, VALUE, OPERATION, COST, ONNX,    \
                     DERIVATIVE)                                               \
  case NodeKind::NODE:
#define PDE_EXTREMUM(NAME, NODE, OPERATION, INTEGER_OPERATION, ONNX)           \
  case NodeKind::NODE:
#define PDE_OPERATOR(NAME, NODE) case NodeKind::NODE:
#include "compiler/support/Functions.def"
    return true;
  default:
    return false;
  }
}

//===----------------------------------------------------------------------===//
// The program
//===----------------------------------------------------------------------===//

struct Param {
  std::string name;
  bool isInt = false;
  double real = 0;
  int64_t integer = 0;
  /// The legal interval, from the script's `where`.
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool lowOpen = false, highOpen = false;
  bool isTrainable = false;
  SourceRange range;
};

struct Input {
  std::string name;
  Type type;       ///< a Real field, with rows on faces if it lives there
  RuleRef rule;    ///< null after an error
  NodeRef initial; ///< a Real field or scalar; null: the data must be given
  /// Of a parameter array: what its entries may be.
  std::optional<Param> entries;
  SourceRange range;
};

struct Output {
  std::string name;
  NodeRef value; ///< a Real field or number
  SourceRange range;
};

struct Record {
  std::string name;
  NodeRef evolved; ///< a result of the loop whose recordings name it
  SourceRange range;
};

/// What `train` asks for.
struct Training {
  /// A trainable parameter: of Program::params, or an array of
  /// Program::inputs.
  struct Weight {
    bool isArray = false;
    int index = 0;
  };
  std::vector<Weight> weights;
  int64_t epochs = 1, batch = 1;
  int numStates = 0; ///< arrays that the optimiser carries beside the weights
};

struct Program {
  std::string name; ///< of the script, made a C identifier
  std::vector<std::unique_ptr<Grid>> grids;
  std::vector<Param> params;
  std::vector<Input> inputs;
  std::vector<Output> outputs;
  std::vector<Record> records;
  std::optional<Training> training;
  /// Loops of one pass that end the run where their condition does not hold.
  std::vector<NodeRef> requirements;
};

/// What the measure of such a loop begins with; the rest is what to tell.
constexpr const char *requirementPrefix = "require ";

/// The program as text, one node a line in order of use: for --emit program.
std::string printProgram(const Program &program);

} // namespace pdec

#endif // PDEC_PROGRAM_PROGRAM_H
