//===- Names.h - scopes, declarations, unknown names ------------*- C++ -*-===//

#ifndef PDEC_CHECK_NAMES_H
#define PDEC_CHECK_NAMES_H

#include "compiler/check/NameRecorder.h"
#include "compiler/check/Scoped.h"
#include "compiler/check/Values.h"
#include "compiler/program/Reporter.h"

#include <deque>

namespace pdec {

/// Owns the scopes of a script, and the order in which names were declared.
class Names {
public:
  explicit Names(Reporter &reporter) : reporter(reporter) {}

  /// Asked for names that no scope has: what the script declares further down.
  /// True: the name is known now.
  std::function<bool(const std::string &)> declareLate;
  /// Where the script declares a name, if it does at all.
  std::function<SourceRange(const std::string &)> findDeclaration;
  /// Told of all declarations and uses, for editors; null: nobody asks.
  NameRecorder *recorder = nullptr;

  Scope *newScope(Scope *parent);
  /// A scope that goes on to see what can be seen now.
  Scope *newSnapshot(Scope *parent);
  /// For the arguments of a call.
  Scope *newScope(const Closure &called);
  /// Declares a name that is new in its scope; reports it if it is not.
  void declare(Scope &scope, const ast::Identifier &name, Value value,
               Role role);
  /// Declares a name, or a new version of it.
  void rebind(Scope &scope, const std::string &name, Value value, Role role,
              SourceRange range);

  /// Whether no name stands twice in a list; reports the first that does.
  bool areDistinct(const std::vector<ast::Identifier> &names);

  Value valueOf(const ast::NameExpr &expr, const Scope &scope);
  const Grid *findGrid(const ast::Identifier &name, const Scope &scope);
  void reportUnknown(const Scope &scope, const std::string &name,
                     SourceRange range,
                     const std::vector<std::string> &locals = {});

  /// Declares a function, or a hierarchy, which knows itself.
  void declareFunction(const ast::FunStatement &fun, Scope &scope);
  Value closureOf(const ast::SchemeStatement &scheme, Scope &scope);
  Value closureOf(const ast::ArrowExpr &arrow, Scope &scope);
  /// What an expression makes of one name in it.
  Value closureOf(const ast::Identifier &formal, const ast::Body &body,
                  Scope &scope);
  /// What a scheme is when it has its arguments.
  Value stepOf(const Closure &scheme, Scope &arguments);

  /// Axes of several grids are those of this one, and so are fields whose grid
  /// is not said: in the default of an input, and in values at its sides.
  Scoped<const Grid *> meaning(const Grid *grid) { return {meant, grid}; }
  const Grid *meantGrid() const { return meant; }

private:
  /// Whether a scope is none of the outer ones.
  bool isInner(const Scope &scope) const;
  /// Reports the unknown names in a body that may never be evaluated.
  bool checkNames(const Closure &closure);

  Reporter &reporter;
  /// What is built in, the library and the script have the first ones.
  static constexpr size_t numOuterScopes = 3;
  std::deque<Scope> scopes;
  uint64_t clock = 1;
  std::string defining; ///< the function whose body is being checked
  const Grid *meant = nullptr;
};

} // namespace pdec

#endif // PDEC_CHECK_NAMES_H
