//===- Arguments.cpp - what calls are given -------------------------------===//

#include "compiler/check/Arguments.h"

#include "compiler/support/Suggest.h"

#include <algorithm>

using namespace pdec;

bool pdec::match(const std::vector<Given> &given,
                 const std::vector<std::string> &formals, size_t required,
                 const std::string &callee, SourceRange range,
                 std::vector<const Given *> &result, Reporter &reporter) {
  result.assign(formals.size(), nullptr);
  for (size_t i = 0; i < given.size(); ++i) {
    size_t place = i;
    if (!given[i].name.empty())
      place = std::find(formals.begin(), formals.end(), given[i].name) -
              formals.begin();
    if (place < formals.size()) {
      if (result[place]) {
        reporter.error(Error::RepeatedArgument, given[i].range, formals[place])
            .note(result[place]->range, "it is given here first");
        return false;
      }
      result[place] = &given[i];
      continue;
    }
    if (given[i].name.empty()) {
      reporter.error(Error::TooManyArguments, given[i].range, callee,
                     counted(formals.size(), "argument"),
                     std::to_string(given.size()) +
                         (given.size() == 1 ? " is" : " are"));
      return false;
    }
    Diagnostic &error = reporter.error(Error::UnknownArgument, given[i].range,
                                       callee, given[i].name);
    std::string nearest = nearestName(given[i].name, formals);
    std::string all;
    for (const std::string &formal : formals)
      all += (all.empty() ? "" : ", ") + formal;
    if (!nearest.empty())
      error.help("did you mean '" + nearest + "'?", {given[i].range, nearest});
    else if (!all.empty())
      error.help("its parameters are: " + all);
    return false;
  }
  for (size_t i = 0; i < required; ++i) {
    if (result[i])
      continue;
    reporter.error(Error::MissingArgument, range, callee, formals[i]);
    return false;
  }
  return true;
}

NodeRef pdec::numberOf(const Value &value, SourceRange range,
                       const std::string &what, Reporter &reporter) {
  if (value.isPoison())
    return nullptr;
  if (value.kind == Value::Kind::Node && !value.node->type.isField() &&
      value.node->type.element != ElementKind::Bool)
    return value.node;
  reporter.error(Error::ScalarNeeded, range, what, describe(value));
  return nullptr;
}
