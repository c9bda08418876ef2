//===- NameTable.h - what the names of a script stand for -------*- C++ -*-===//
//
// Where names are declared and used, and what they are in words: what editors
// show. The checker fills the table on its way, so that names mean there what
// they mean in the program; names of the library and those that are built in
// are part of it.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_CHECK_NAMETABLE_H
#define PDEC_CHECK_NAMETABLE_H

#include "compiler/support/Source.h"

#include <string>
#include <vector>

namespace pdec {

enum class NameKind {
  Unknown, ///< never evaluated, or after an error
  Number,
  Condition,
  Field,
  Operator,
  Function,
  Scheme,
  Map, ///< a step, or a function without a name
  Grid,
  Axis,
  List,
};

/// What is a name, and of what it is one.
struct DeclaredName {
  struct Formal {
    std::string name;
    std::string initial; ///< as the script writes it; empty: must be given
    SourceRange range;   ///< null: of a built-in function
  };

  std::string name;
  SourceRange range; ///< of the name; null: built in
  NameKind kind = NameKind::Unknown;
  std::string text; ///< "a field on 'X'"; empty: unknown
  /// More to know of it, one sentence each.
  std::vector<std::string> details;
  bool isCallable = false;
  std::vector<Formal> formals;
  bool isParam = false;    ///< declared by `param`
  bool isFormal = false;   ///< a parameter of a function or scheme
  bool isVariable = false; ///< declared by `var`, or a state
  bool isInner = false;    ///< of a function, scheme, block or loop
  uint32_t end = 0;        ///< where an inner name ends; 0: not known
};

struct NameUse {
  SourceRange range;
  size_t declared = 0; ///< index into NameTable::declared
};

struct NameTable {
  std::vector<DeclaredName> declared; ///< in the order of their declaration
  std::vector<NameUse> uses;          ///< each place once
};

} // namespace pdec

#endif // PDEC_CHECK_NAMETABLE_H
