//===- ParamChecker.h - parameters, their types and bounds ------*- C++ -*-===//

#ifndef PDEC_CHECK_PARAMCHECKER_H
#define PDEC_CHECK_PARAMCHECKER_H

#include "compiler/check/Arrays.h"
#include "compiler/program/Rules.h"

#include <map>

namespace pdec {

/// Declares parameters. Owns which ones the script has, and which of them are
/// declared already.
class ParamChecker {
public:
  ParamChecker(NodeBuilder &nodes, Reporter &reporter, Rules &rules,
               Arrays &arrays, Expressions &expressions, Program &program,
               Scope &global)
      : nodes(nodes), reporter(reporter), rules(rules), arrays(arrays),
        expressions(expressions), program(program), global(global) {}

  /// Notes that the script has a parameter, before any is declared; false
  /// (reported) if there is one of this name.
  bool add(const ast::ParamEntry &entry, bool isTrainable);
  /// Declares a parameter that something above it names; false if there is no
  /// such parameter left.
  bool declareLate(const std::string &name);
  /// The statement itself.
  void check(const ast::ParamEntry &entry);

private:
  struct LateParam {
    const ast::ParamEntry *entry;
    int index; ///< in Program::params; of an array, once it is declared, in
               ///< Program::inputs
    bool isTrainable;
    enum { Waiting, Busy, Done } state = Waiting;
  };
  void declare(LateParam &late);
  NodeRef number(const LateParam &late);
  NodeRef array(const LateParam &late);
  bool paramType(const ast::ParamEntry &entry, const NodeRef &initial,
                 Param &param);
  void where(const ast::ParamEntry &entry, Param &param);
  void whereChain(const ast::CompareExpr &chain, Param &param);
  void bound(const ast::CompareExpr &chain, size_t link, bool isLeft,
             Param &param);

  NodeBuilder &nodes;
  Reporter &reporter;
  Rules &rules;
  Arrays &arrays;
  Expressions &expressions;
  Program &program;
  Scope &global;
  std::map<std::string, LateParam> params;
};

/// What may stand behind the colon of a parameter.
const std::vector<std::string> &paramTypes();

} // namespace pdec

#endif // PDEC_CHECK_PARAMCHECKER_H
