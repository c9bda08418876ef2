//===- Idioms.h - what other languages write otherwise ----------*- C++ -*-===//

#ifndef PDEC_PARSE_IDIOMS_H
#define PDEC_PARSE_IDIOMS_H

#include <optional>
#include <string>
#include <vector>

namespace pdec::syntax {

/// Neighbouring texts of a script; empty where there is none.
struct Neighbours {
  std::string earlier, before, found, behind;
};

/// How that is written here, if it is a habit of another language.
std::optional<std::string> adviceOnIdiom(const Neighbours &texts);

/// The same of a word where a statement begins.
std::optional<std::string> adviceOnStatement(const std::string &word);

/// The words that statements begin with, and some of their clauses.
const std::vector<std::string> &statementWords();

} // namespace pdec::syntax

#endif // PDEC_PARSE_IDIOMS_H
