//===- NameRecorder.h - notes what names stand for --------------*- C++ -*-===//
//
// Told by those who declare and look up names. A name is the place that
// declares it; bodies that are inlined several times give it a value each time,
// of which the last stays.
//
//===----------------------------------------------------------------------===//

#ifndef PDEC_CHECK_NAMERECORDER_H
#define PDEC_CHECK_NAMERECORDER_H

#include "compiler/check/NameTable.h"
#include "compiler/check/Values.h"
#include "compiler/program/Beyond.h"

#include <map>
#include <set>
#include <tuple>

namespace pdec {

class NameRecorder {
public:
  explicit NameRecorder(NameTable &table) : table(table) {}

  /// A name and what it stands for, which may be known only later.
  void declare(const std::string &name, SourceRange range, const Value &value,
               Role role, bool isInner);
  /// A name that is declared once more and stays the same, as that of a field
  /// that evolves again.
  void declareAgain(const ast::Identifier &name, SourceRange first);
  /// The name is used in a place; `declared` is that of its declaration.
  void use(SourceRange place, const std::string &name, SourceRange declared);
  /// The names of arguments are those of parameters.
  void useFormals(const ast::CallExpr &call, const Value &callee);
  /// X.x
  void useAxis(const ast::Identifier &axis, const Grid &grid);
  /// An inner name is not known behind this offset.
  void end(SourceRange declared, const std::string &name, uint32_t offset);

  /// Says of all names what they stand for, in the words of messages.
  void describe(const Program &program, Beyond &beyond);

private:
  /// The names of axes are declared where that of their grid is.
  using Key = std::tuple<const SourceFile *, uint32_t, std::string>;
  Key keyOf(SourceRange range, const std::string &name) const;
  size_t indexOf(SourceRange range, const std::string &name);

  NameTable &table;
  std::vector<Value> values; ///< of the declared names
  std::map<Key, size_t> indices;
  std::map<Key, SourceRange> firsts; ///< of those declared again
  std::set<std::pair<const SourceFile *, uint32_t>> used;
};

} // namespace pdec

#endif // PDEC_CHECK_NAMERECORDER_H
