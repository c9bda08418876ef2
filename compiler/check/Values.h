//===- Values.h - what names stand for while checking -----------*- C++ -*-===//
//
// Numbers and fields are nodes of the program to be. Everything else exists
// while checking only: operators, functions, schemes, axes, grids, lists.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_CHECK_VALUES_H
#define PDEC_CHECK_VALUES_H

#include "compiler/ast/Ast.h"
#include "compiler/check/Builtins.h"
#include "compiler/program/Program.h"

#include <functional>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace pdec {

class Scope;

struct Operator;
using OperatorRef = std::shared_ptr<const Operator>;

/// An operator on the fields of a grid. Linear ones without an adjoint in them
/// are one stencil; others are the expression they were written as. A Stack
/// turns a field into a list, as the gradient does, and a Row a list into a
/// field. Channels turn a list into a list by an array of weights. A Generic
/// one, such as `laplace`, is made for the grid of the field that it meets. An
/// Extremum is not linear: see Extrema.cpp.
struct Operator {
  enum class Kind {
    Pure,
    Adjoint,
    Product,
    Sum,
    Scaled,
    Stack,
    Row,
    Generic,
    Channels,
    Extremum
  };
  Kind kind = Kind::Pure;
  const Grid *grid = nullptr;             ///< null: Generic
  std::shared_ptr<const Stencil> stencil; ///< Pure, Adjoint, Extremum
  bool isMax = false;                     ///< Extremum
  /// Pure, Adjoint, Channels: the rows of the operator's result beyond the
  /// cells; of adjoints those of the argument.
  std::vector<int> low, high;
  OperatorRef first, second;      ///< Scaled: only the first
  NodeRef factor;                 ///< Scaled
  std::vector<OperatorRef> parts; ///< Stack, Row
  int size = 1; ///< of the expression as a tree, to bound the work on it
  /// The same operator on another grid of the hierarchy; null if only this
  /// grid is known to it.
  std::function<OperatorRef(const Grid *)> on;
  std::shared_ptr<const pdec::Channels> channels; ///< Channels
  std::vector<NodeRef> weights; ///< Channels: the array and its indices
};

/// A function, scheme or map with the scope in which it was declared.
struct Closure {
  /// A scheme applied to its arguments gives a step; a step turns its state
  /// into the next one. Arrows are steps, too.
  enum class Kind { Function, Scheme, Step };
  struct Formal {
    std::string name;
    SourceRange range;
    const ast::Expr *initial;
  };

  Kind kind = Kind::Function;
  std::string name; ///< empty for arrows
  std::vector<Formal> formals;
  const ast::Body *body = nullptr;
  const ast::SchemeStatement *scheme = nullptr; ///< Scheme
  Scope *environment = nullptr;
  uint64_t visible = 0;     ///< what of the environment was there
  bool isBroken = false;    ///< its errors have been reported
  bool isHierarchy = false; ///< it may call itself
  /// What the body's `freeze(...)` are, in their order; null: themselves.
  std::shared_ptr<const std::vector<struct Value>> held;
};
using ClosureRef = std::shared_ptr<const Closure>;

/// What makes of a function or operator one between states: it was given to a
/// scheme or a solver, so whatever it is applied to obeys the boundary rule of
/// the fields that evolve or are solved for.
struct Received {
  /// The rules of the arguments, on the finest grid; null: those of the fields
  /// that each argument is made of.
  std::vector<RuleRef> rules;
  /// Only the linear part of it: rules are homogeneous, A(0) is subtracted.
  bool isLinear = false;
};

struct Value {
  enum class Kind {
    Poison, ///< the result of an error that has been reported
    Node,
    Operator,
    Closure,
    Builtin,
    Grid,
    Axis,
    AmbiguousAxis, ///< the name of axes of several grids
    List,
  };

  Kind kind = Kind::Poison;
  NodeRef node;
  OperatorRef op;
  ClosureRef closure;
  Builtin builtin = Builtin::Abs;
  const Grid *grid = nullptr; ///< Grid, Axis
  int axis = 0;
  std::shared_ptr<const std::vector<Value>> list;
  /// Values in a list and its lists in all; some may be the same ones.
  size_t numLeaves = 1;
  std::shared_ptr<const Received> received; ///< Closure, Operator

  Value() = default;
  Value(NodeRef node)
      : kind(node ? Kind::Node : Kind::Poison), node(std::move(node)) {}
  Value(OperatorRef op)
      : kind(op ? Kind::Operator : Kind::Poison), op(std::move(op)) {}
  Value(ClosureRef closure)
      : kind(Kind::Closure), closure(std::move(closure)) {}
  Value(Builtin builtin) : kind(Kind::Builtin), builtin(builtin) {}
  static Value ofGrid(const Grid *grid);
  static Value ofAxis(const Grid *grid, int axis);
  static Value ofList(std::vector<Value> elements);

  bool isPoison() const { return kind == Kind::Poison; }
  bool isOperator() const { return kind == Kind::Operator; }
  bool isList() const { return kind == Kind::List; }
  /// Numbers, conditions and fields; an axis serves as the field of its
  /// coordinates.
  bool isPointwise() const { return kind == Kind::Node || kind == Kind::Axis; }
};

/// A type or value in the words of messages: "a real number", "a field on 'X'".
std::string describe(const Type &type);
std::string describe(const Value &value);
/// "jacobi()" for a function with that name, where what a call of it gives is
/// expected; else empty.
std::string missingCall(const Value &found);

/// "1 argument", "2 arguments".
std::string counted(size_t count, const std::string &word);

//===----------------------------------------------------------------------===//
// Scopes
//===----------------------------------------------------------------------===//

/// What may be done to a name.
enum class Role { Constant, Parameter, Variable, State, Counter, Evolved };

struct Binding {
  Value value;
  Role role = Role::Constant;
  SourceRange range; ///< of the declaration; null for built-in names
  uint64_t order = 0;
};

/// The names of a script, call or block. Each assignment makes a new version
/// of a name, so that a closure goes on to see what it saw when it was made.
class Scope {
public:
  Scope(Scope *parent, uint64_t visible, bool isCall)
      : parent(parent), visible(visible), isCall(isCall) {}

  Scope *const parent;
  const uint64_t visible; ///< of the parent
  const bool isCall;      ///< assignments do not reach beyond it
  bool isPass = false;    ///< of a loop, which is made again and again

  void bind(const std::string &name, Binding binding) {
    names[name].push_back(std::move(binding));
  }
  /// The newest version in this scope that is older than `limit`.
  const Binding *find(const std::string &name, uint64_t limit) const;
  /// The same, here or in the scopes around.
  const Binding *lookup(const std::string &name,
                        uint64_t limit = UINT64_MAX) const;
  /// All names visible here, innermost first.
  void collect(std::vector<std::string> &result) const;

private:
  std::unordered_map<std::string, std::vector<Binding>> names;
};

} // namespace pdec

#endif // PDEC_CHECK_VALUES_H
