//===- Arguments.h - what calls are given -----------------------*- C++ -*-===//

#ifndef PDEC_CHECK_ARGUMENTS_H
#define PDEC_CHECK_ARGUMENTS_H

#include "compiler/check/Values.h"
#include "compiler/program/Reporter.h"

namespace pdec {

/// An evaluated argument.
struct Given {
  std::string name; ///< empty: by position
  Value value;
  SourceRange range;
};

/// The given arguments in the order of the parameters; null values where none
/// is given. False (reported) if they do not fit.
bool match(const std::vector<Given> &given,
           const std::vector<std::string> &formals, size_t required,
           const std::string &callee, SourceRange range,
           std::vector<const Given *> &result, Reporter &reporter);
/// The number that a value is, the same for the whole grid; null (reported) if
/// it is none. `what` names it in errors.
NodeRef numberOf(const Value &value, SourceRange range, const std::string &what,
                 Reporter &reporter);

} // namespace pdec

#endif // PDEC_CHECK_ARGUMENTS_H
